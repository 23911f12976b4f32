"""The record of what an environment may not lose, and the check that it loses none of it by an edit.

``prevent_destroy`` stands in the block that it protects: when a YAML key is deleted or mistyped, the
block and its protection go together and Terraform destroys without a word. So the addresses of all
stateful resources are recorded in ``environments/stateful/<environment>.txt``. The record grows by
itself; a line leaves it only through ``hybrid settle``, once a moved or removed entry has been applied.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from estate.model.refactoring import Refactoring
from estate.model.stack_plan import attach_stack, environment_of, vsphere_stack
from estate.reading.problems import Problem
from operations.synth.files import write_text
from operations.synth.losses import loss
from operations.synth.stack_json import StackJson, addresses, protected_addresses

_HEADER = """\
# Addresses of what holds data or identity; synth refuses to lose one without an entry in
# environments/refactoring/. Written by synth, shortened by `hybrid settle`; commit it.
"""


def record_path(folder: Path, environment: str) -> Path:
    """The record's file, below the folder of the environment files."""
    return folder / "stateful" / f"{environment}.txt"


def read_record(path: Path) -> frozenset[str]:
    """The recorded addresses, none when there is no record yet."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return frozenset()
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def write_record(path: Path, recorded: frozenset[str]) -> None:
    """Write the record, sorted, as a whole."""
    write_text(path, _HEADER + "".join(f"{address}\n" for address in sorted(recorded)))


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
        yield Problem(
            f"environments/{environment_of(name)}.yaml",
            0,
            0,
            "",
            f"{address} holds data or identity and would be destroyed, because its key is gone from the "
            f"file{loss(address)}; "
            f"put the key back, or write in environments/refactoring/{name}.yaml: {renamed}"
            f"to let it go, removed: [{{from: {address}, destroy: false, reason: ...}}]",
        )


def entries_out_of_step(
    name: str, folder: Path, stack: StackJson, refactoring: Refactoring
) -> Iterator[Problem]:
    """Say which entry Terraform would refuse: its target is missing or what it lets go still stands."""
    file = str(folder / "refactoring" / f"{name}.yaml")
    present = frozenset(addresses(stack))
    targets = [
        *((f"import[{i}].to", entry.to) for i, entry in enumerate(refactoring.import_)),
        *((f"moved[{i}].to", entry.to) for i, entry in enumerate(refactoring.moved)),
    ]
    for path, address in targets:
        if address not in present:
            yield Problem(
                file,
                0,
                0,
                path,
                f"{address} is not a resource of {name}; name one, or take the entry out",
            )
    sources = [
        *((f"moved[{i}].from", entry.from_) for i, entry in enumerate(refactoring.moved)),
        *((f"removed[{i}].from", entry.from_) for i, entry in enumerate(refactoring.removed)),
    ]
    for path, address in sources:
        if address in present:
            yield Problem(
                file,
                0,
                0,
                path,
                f"{address} is still a resource of {name}; take it out of the environment file, "
                "or take the entry out",
            )


def lost_companion(environment: str, name: str, folder: Path, refactoring: Refactoring) -> Iterator[Problem]:
    """Say that a companion stack is gone whose state may still hold something."""
    section, remedy = {
        vsphere_stack(environment): ("vmware.vsphere is", "vmware: {vsphere: {server: ...}}"),
        attach_stack(environment): ("aws.eks_clusters are", "the clusters without attach"),
    }[name]
    recorded = read_record(record_path(folder, name))
    entries = len(refactoring.import_) + len(refactoring.moved) + len(refactoring.removed)
    if recorded or entries:
        what = f"{len(recorded)} recorded addresses" if recorded else f"{entries} refactoring entries"
        yield Problem(
            f"environments/{environment}.yaml",
            0,
            0,
            "",
            f"stack {name} has {what}, and {section} gone from the file; leave {remedy} until its state is empty, "
            f"with a removed entry for each address in environments/refactoring/{name}.yaml",
        )
