"""The AWSCluster and the AWSNodePools of the command line.

People have them as files with `---` between documents, as the output `cluster_example` was, and as lists that
`kubectl get awsclusters,awsnodepools --output=yaml` prints. All fields that Google documents:

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/reference/awscluster
https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/reference/awsnodepools
(excerpts, 2026-11-30)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from estate.reading.paths import quoted, shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import Source, parse, text_of
from operations.adopt.gkectl.document import Document, Field

_API: Final = "multicloud.cluster.gke.io/v1"
_CLUSTER, _POOL = "AWSCluster", "AWSNodePool"
_MARK: Final = re.compile(r"(?:---|\.\.\.)(?=[ \t\r]|$)")
_CONTENT: Final = re.compile(r"[ \t\r]*[^ \t\r#]")
_NAME: Final = re.compile(r"[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?")
_MOST: Final = 200
"""Documents of a file: a hundred clusters would be more than anybody has."""
_OTHERS: Final = {
    "AWSManagementService": "; that is the service's own document, which hybrid adopt management-service reads"
}
_HOW: Final = (
    "`kubectl get awsclusters,awsnodepools --output=yaml`, asked of the management service, prints both"
)


@dataclass(frozen=True)
class Documents:
    """One cluster and what belongs to it.

    Attributes:
        cluster: its AWSCluster.
        pools: its AWSNodePools, in the order of the command line.
        notes: what a person should know of the others.
    """

    cluster: Document
    pools: tuple[Document, ...]
    notes: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Document, ...]:
        """The cluster's document first."""
        return self.cluster, *self.pools

    def raise_problems(self, *others: Problem) -> None:
        """Raise what has been reported so far, and what else there is.

        Raises:
            InvalidInput: something has.
        """
        problems = [*others, *(problem for document in self.all for problem in document.problems)]
        if problems:
            raise InvalidInput(problems)


def name_of(document: Document) -> str:
    """What the object is called."""
    return document.text("metadata", "name").value or ""


def read_documents(paths: Sequence[Path]) -> Documents:
    """Read the files.

    Raises:
        InvalidInput: one cannot be read, holds something else, or they hold no cluster, or several.
    """
    reading = _Reading()
    for path in paths:
        reading.take(path)
    if reading.problems:
        raise InvalidInput(reading.problems)
    return reading.one_cluster()


@dataclass
class _Reading:
    problems: list[Problem] = field(default_factory=list)
    _found: list[Document] = field(default_factory=list)
    _first: str = ""

    def take(self, path: Path) -> None:
        name = shown(path)
        self._first = self._first or name
        text, problem = text_of(path, name)
        if problem:
            self.problems.append(problem)
            return
        before = len(self._found) + len(self.problems)
        for number, one in enumerate(_texts(text)):
            if number == _MOST:
                message = f"holds more than {_MOST} documents; give those of one cluster"
                self.problems.append(Problem.of_file(name, message))
                break
            source, problems = parse(name, one, is_ours=False)
            self.problems += problems
            for document in _resources(source, one) if source and not problems else ():
                self._keep(document)
        if before == len(self._found) + len(self.problems):
            self.problems.append(Problem.of_file(name, f"holds no document; {_HOW}"))

    def one_cluster(self) -> Documents:
        clusters = [one for one in self._found if one.text("kind").value == _CLUSTER]
        pools = [one for one in self._found if one not in clusters]
        names = ", ".join(map(name_of, clusters))
        if not clusters:
            raise InvalidInput.of_file(self._first, f"holds no AWSCluster, nor do the other files; {_HOW}")
        if len(clusters) > 1:
            message = (
                f"is one of {len(clusters)} clusters, {names}; move one at a time: `kubectl get awscluster NAME "
                "--output=yaml`, and its pools"
            )
            raise InvalidInput([clusters[1].word(("metadata", "name"), message)])
        own = tuple(one for one in pools if _owner(one) == names)
        others = [f"{name_of(one)} of {_owner(one)}" for one in pools if one not in own]
        if not own:
            message = f"has no AWSNodePool in the files, which say how large it is; {_HOW}"
            raise InvalidInput([clusters[0].word(("metadata", "name"), message)])
        said = f"node pools of other clusters are not moved now: {', '.join(others)}"
        return Documents(clusters[0], own, (said,) if others else ())

    def _keep(self, document: Document) -> None:
        kind, version = document.text("kind"), document.text("apiVersion")
        if kind.value not in {_CLUSTER, _POOL}:
            got = quoted(kind.value) if kind.value else "nothing"
            kind.problem(f"must be AWSCluster or AWSNodePool, got {got}{_OTHERS.get(kind.value or '', '')}")
        elif version.use() != _API:
            version.problem(f"must be {_API}, got {quoted(version.value) if version.value else 'nothing'}")
        else:
            kind.use()
            wanted = [("metadata", "name"), *([("spec", "clusterName")] if kind.value == _POOL else [])]
            for path in wanted:
                _check_name(document.text(*path))
            self._refuse_second(document)
        self.problems += document.problems
        self._found.append(document)

    def _refuse_second(self, document: Document) -> None:
        whose = (document.text("kind").value, name_of(document), _owner(document))
        for other in self._found:
            if (other.text("kind").value, name_of(other), _owner(other)) == whose:
                message = f"is {quoted(whose[1])} a second time, as in {other.name}; give each document once"
                document.problem(("metadata", "name"), message)
                return


def _check_name(name: Field[str]) -> None:
    """Report what is no name of Kubernetes: it becomes a word of commands."""
    if name.use() is None:
        name.problem("is missing; say it as the management service does")
    elif not _NAME.fullmatch(name.value or ""):
        name.problem(
            f"must be lower-case letters, digits, dots and hyphens, a letter or digit at each end, got {quoted(name.value or '')}"
        )


def _owner(document: Document) -> str | None:
    return document.text("spec", "clusterName").value


def _texts(text: str) -> Iterator[str]:
    """Each document of a file, behind so many empty lines that its own keep their numbers."""
    start = 0
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), "---"]):
        if not _MARK.match(line):
            lines.append(line)
            continue
        if any(map(_CONTENT.match, lines)):
            yield "\n" * start + "\n".join(lines)
        start, lines = number, [line[3:].rjust(len(line))]


def _resources(source: Source, text: str) -> Iterator[Document]:
    """The document itself, or each item of a list of kubectl's."""
    if not str(source.data.get("kind")).endswith("List"):
        yield Document(source, text)
        return
    held = source.root.children.get("items")
    for node in held.children.values() if held else ():
        data = node.data if isinstance(node.data, dict) else {}
        yield Document(replace(source, data=data, root=node), text)
