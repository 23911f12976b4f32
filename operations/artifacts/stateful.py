"""The record of what an environment may not lose, and the check that it loses none of it by an edit.

``prevent_destroy`` stands in the block that it protects: when a YAML key is deleted or mistyped, the
block and its protection go together and Terraform destroys without a word. So the addresses of all
stateful resources are recorded in ``environments/stateful/<environment>.txt``. The record grows by
itself; a line leaves it only through ``hybrid settle``, once a moved or removed entry has been applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from estate.derived.stack_plan import attach_stack, bootstrap_stack, environment_of, vsphere_stack
from estate.model.refactoring import SAID_AND_KEPT, Refactoring
from estate.reading.problems import Problem
from operations.artifacts.stack_json import StackJson, addresses, protected_addresses
from operations.cards.losses import loss
from operations.refactoring.entries import refactoring_file

_HEADER = """\
# Addresses of what holds data or identity; synth refuses to lose one without an entry in
# environments/refactoring/. Written by synth, shortened by `hybrid settle`; commit it.
"""


def record_path(folder: Path, environment: str) -> Path:
    """The record's file, below the folder of the environment files."""
    return folder / "stateful" / f"{environment}.txt"


def clusters_record_path(folder: Path, environment: str) -> Path:
    """The record of what no cluster of an environment may lose, which `hybrid manifests` writes."""
    return folder / "stateful" / "clusters" / f"{environment}.txt"


def read_record(path: Path) -> frozenset[str]:
    """The recorded addresses, none when there is no record yet."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return frozenset()
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def record_text(recorded: frozenset[str]) -> str:
    """The text of a record, sorted."""
    return _HEADER + "".join(f"{address}\n" for address in sorted(recorded))


def lost_addresses(
    name: str, recorded: frozenset[str], stack: StackJson, refactoring: Refactoring
) -> Iterator[Problem]:
    """Say which recorded address is neither in the stack nor accounted for by an entry."""
    present = frozenset(addresses(stack))
    accounted = {entry.from_ for entry in refactoring.moved} | {entry.from_ for entry in refactoring.removed}
    new = sorted(frozenset(protected_addresses(stack)) - recorded - {entry.to for entry in refactoring.moved})
    for address in sorted(recorded - present - accounted):
        type_ = address.split(".")[0]
        same_type = [candidate for candidate in new if candidate.split(".")[0] == type_]
        renamed = (
            f"if it was renamed, moved: [{{from: {address}, to: {same_type[0]}}}]; " if same_type else ""
        )
        yield Problem.of_file(
            f"environments/{environment_of(name)}.yaml",
            f"{address} holds data or identity and would be destroyed, because its key is gone from the "
            f"file{loss(address)}; "
            f"put the key back, or write in environments/refactoring/{name}.yaml: {renamed}"
            f"to let it go, removed: [{{from: {address}, destroy: false, reason: ...}}]; "
            f"if it was never applied, hybrid settle {name} --drafts --write forgets it",
        )


def entries_out_of_step(
    name: str, folder: Path, stack: StackJson, refactoring: Refactoring
) -> Iterator[Problem]:
    """Say which entry Terraform would refuse: its target is missing or what it lets go still stands."""
    file = str(refactoring_file(folder, name))
    present = frozenset(addresses(stack))
    for path, message in [
        *_imports_out_of_step(name, present, refactoring),
        *_moves_out_of_step(name, present, refactoring),
        *_removals_out_of_step(name, present, refactoring),
        *_kept_out_of_step(name, stack, refactoring),
    ]:
        yield Problem.of_file(file, message, path)


def _imports_out_of_step(
    name: str, present: frozenset[str], refactoring: Refactoring
) -> Iterator[tuple[str, str]]:
    for i, entry in enumerate(refactoring.import_):
        if entry.to not in present:
            yield (
                f"import[{i}].to",
                f"{_missing(entry.to, name)}; where hybrid adopt wrote it and was stopped, run that again",
            )


def _moves_out_of_step(
    name: str, present: frozenset[str], refactoring: Refactoring
) -> Iterator[tuple[str, str]]:
    for i, entry in enumerate(refactoring.moved):
        if entry.from_ in present and entry.to not in present:
            yield (
                f"moved[{i}]",
                f"{entry.from_} is still a resource of {name}, and {entry.to} is none; change the environment file, or "
                "take the entry out; where hybrid rename wrote it and was stopped, run that again",
            )
        elif entry.to not in present:
            yield f"moved[{i}].to", _missing(entry.to, name)
        elif entry.from_ in present:
            yield f"moved[{i}].from", _still_there(entry.from_, name)


def _removals_out_of_step(
    name: str, present: frozenset[str], refactoring: Refactoring
) -> Iterator[tuple[str, str]]:
    for i, entry in enumerate(refactoring.removed):
        if entry.from_ in present:
            yield f"removed[{i}].from", _still_there(entry.from_, name)


def _kept_out_of_step(name: str, stack: StackJson, refactoring: Refactoring) -> Iterator[tuple[str, str]]:
    """An attribute that the files set is not kept: what they say of it would be ignored for ever."""
    present = frozenset(addresses(stack))
    for i, entry in enumerate(refactoring.kept):
        if entry.at not in present:
            yield f"kept[{i}].at", _missing(entry.at, name)
            continue
        type_, _, resource = entry.at.partition(".")
        for n, attribute in enumerate(entry.attributes):
            if attribute not in SAID_AND_KEPT and _says(stack["resource"][type_][resource], attribute):
                yield (
                    f"kept[{i}].attributes[{n}]",
                    f"{attribute} is what these files set of {entry.at}, and would be ignored; take it out of the entry",
                )


def _says(body: Any, attribute: str) -> bool:
    for key in attribute.split("[0]."):
        body = body[0] if isinstance(body, list) and body else body
        body = body.get(key) if isinstance(body, dict) else None
    return body is not None


def _missing(address: str, name: str) -> str:
    return f"{address} is not a resource of {name}; name one, or take the entry out"


def _still_there(address: str, name: str) -> str:
    return (
        f"{address} is still a resource of {name}; take it out of the environment file, or take the entry out"
    )


def lost_companion(environment: str, name: str, folder: Path, refactoring: Refactoring) -> Iterator[Problem]:
    """Say that a companion stack is gone whose state may still hold something."""
    section, remedy = {
        vsphere_stack(environment): ("vmware.vsphere is", "vmware: {vsphere: {server: ...}}"),
        attach_stack(environment): (
            "aws.eks_clusters and fleet.attached_clusters are",
            "the clusters, those of EKS without attach and those of others with leaves: true,",
        ),
        bootstrap_stack(environment): ("bootstrap is", "the section"),
    }[name]
    recorded = read_record(record_path(folder, name))
    entries = len(refactoring.import_) + len(refactoring.moved) + len(refactoring.removed)
    if recorded or entries:
        what = f"{len(recorded)} recorded addresses" if recorded else f"{entries} refactoring entries"
        yield Problem.of_file(
            f"environments/{environment}.yaml",
            f"stack {name} has {what}, and {section} gone from the file; leave {remedy} until its state is empty, "
            f"with a removed entry for each address in environments/refactoring/{name}.yaml",
        )
