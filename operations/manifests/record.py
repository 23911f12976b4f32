"""The record of what no cluster may lose by an edit: namespaces, and what else takes workloads along.

Annotations keep appliers from pruning such an object; what a set of applications reads is recorded where a directory that it
finds no more takes along what runs there, because nothing else would tell of another prefix or URL. The record, `environments/stateful/clusters/<environment>.txt`, keeps it
from leaving the tree unseen: it grows when the tree is written, and a line leaves it only by a `released` entry of
`environments/refactoring/<environment>.yaml`. An environment without deletion_protection keeps none. Left out: the object in
the cluster, which stays until a person deletes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from estate.derived.clusters.contents import clusters
from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from estate.reading.paths import shown
from estate.reading.problems import Problem
from manifests.cluster import cluster
from manifests.kept import READS, kept_addresses, sets_by_reading
from operations.artifacts.stateful import clusters_record_path, read_record
from operations.files.writing import Change
from operations.refactoring.entries import refactoring_file
from operations.texts.difference import difference

_HEADER = """\
# What of the clusters no edit may take away, because workloads go with it; hybrid manifests refuses to lose one without a
# released entry in environments/refactoring/. Written by hybrid manifests --write; commit it.
"""


@dataclass(frozen=True)
class Record:
    """What is recorded of an environment's clusters.

    Attributes:
        path: its file.
        entries: the file with the entries that release.
        recorded: what is in it.
        kept: what the tree keeps now.
        read: what its sets of applications read now, whether or not anything goes with a directory.
        released: what entries let go.
        is_kept: whether the environment keeps one.
    """

    path: Path
    entries: Path
    recorded: frozenset[str]
    kept: frozenset[str]
    read: frozenset[str]
    released: Sequence[str]
    is_kept: bool

    @property
    def text(self) -> str | None:
        """What has to stand in the file; None where there need not be one."""
        lines = sorted(self.kept) if self.is_kept else []
        return _HEADER + "".join(f"{one}\n" for one in lines) if lines or self.path.exists() else None

    def problems(self) -> Iterator[Problem]:
        """Say what would be lost, and which entry lets go what is there."""
        for one in sorted(self.recorded - self.kept - self.read) if self.is_kept else ():
            if READS in one and one.partition(READS)[0] not in self.kept:
                continue  # The set itself is lost, which is said.
            if one not in self.released and one.partition("/")[0] not in self.released:
                yield Problem.of_file(shown(self.path), self._lost(one))
        for position, one in enumerate(self.released):
            if one in self.kept or any(kept.startswith(f"{one}/") for kept in self.kept):
                message = f"{one} is still asked for; take the entry out, or what asks for it"
                yield Problem.of_file(shown(self.entries), message, f"released[{position}].object")

    def _lost(self, one: str) -> str:
        if READS in one:
            named, _, read = one.partition(READS)
            return (
                f"{named} no longer reads {read}, and Argo CD deletes what runs of it, workloads with their data; put it back, "
                "or switch prune off in a change before this one; where it is meant, let it go in "
                f'{shown(self.entries)}: released: [{{object: "{one}", reason: ...}}]'
            )
        return (
            f"{one} is in the cluster with all that runs by it, and the files ask for it no more; put it back, or let it go in "
            f"{shown(self.entries)}: released: [{{object: {one}, reason: ...}}]; it stays in the cluster until somebody "
            "deletes it"
        )


def records(estate: Estate, names: Sequence[str], folder: Path) -> Iterator[Record]:
    """The record of each environment; of an estate without a tree, too, which keeps nothing any more."""
    for name in names:
        path = clusters_record_path(folder, name)
        kept, read = _kept(estate, name)
        yield Record(
            path=path,
            entries=refactoring_file(folder, name),
            recorded=read_record(path),
            kept=kept,
            read=read,
            released=[entry.object for entry in estate.refactoring(name).released],
            is_kept=estate.environments[name].deletion_protection,
        )


def losses(estate: Estate, names: Sequence[str], folder: Path) -> list[Problem]:
    """What may not be written: what nobody released, and entries that release what is there or stand elsewhere."""
    found = [problem for record in records(estate, names, folder) for problem in record.problems()]
    for name, plan in stack_plans(estate).items():
        if plan.environment in names and name != plan.environment and estate.refactoring(name).released:
            message = f"is for the stack alone; clusters' objects are released in refactoring/{plan.environment}.yaml"
            found.append(Problem.of_file(shown(refactoring_file(folder, name)), message, "released"))
    return found


def record_changes(estate: Estate, names: Sequence[str], folder: Path) -> list[Change]:
    """The records as they have to be."""
    found = records(estate, names, folder)
    return [(one.path, one.text) for one in found if one.text is not None]


def record_findings(estate: Estate, names: Sequence[str], folder: Path) -> Iterator[str]:
    """Say what would be lost, and which record is not what the files say."""
    yield from map(str, losses(estate, names, folder))
    for path, content in record_changes(estate, names, folder):
        text = str(content)
        if not path.exists():
            yield f"{shown(path)}: is missing; hybrid manifests --write makes it"
        elif differs := difference(path.read_bytes(), text.encode("utf-8"), shown(path)):
            yield f"{shown(path)}: is not what the files say; hybrid manifests --write renews it\n{differs}"


def _kept(estate: Estate, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What is recorded, and what is read besides."""
    if estate.organization.gitops is None:
        return frozenset(), frozenset()
    kept: set[str] = set()
    read: dict[str, bool] = {}
    for one in clusters(estate, [name]):
        for objects in cluster(one).values():
            kept |= kept_addresses(one.key, objects)
            read |= sets_by_reading(one.key, objects)
    return frozenset(kept | {line for line, deletes in read.items() if deletes}), frozenset(read)
