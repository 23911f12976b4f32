"""The flow of ``hybrid synth``: load, check, build in a staging folder, check again, publish."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from environments.estate_loader import load_estate
from environments.model.estate import Estate
from environments.model.refactoring import Refactoring
from environments.problems import InvalidInput, Problem
from operations.settle.spent import spent_entries
from operations.settle.state import local_state
from operations.synth.locks import lay_lock
from operations.synth.losses import loss
from operations.synth.publish import publish
from operations.synth.stack_json import StackJson, addresses, protected_addresses, read_stack
from operations.synth.stateful import (
    entries_out_of_step,
    lost_addresses,
    read_record,
    record_path,
    write_record,
)


@dataclass(frozen=True)
class StackReport:
    """What became of one environment.

    Attributes:
        name: the environment, and the stack.
        path: the stack's folder, where Terraform runs.
        resources: number of managed resources.
        providers: names of the declared providers.
        stateful: number of recorded stateful addresses.
        notes: what a person should know, in whole sentences.
    """

    name: str
    path: Path
    resources: int
    providers: tuple[str, ...]
    stateful: int
    notes: tuple[str, ...] = field(default=())


def synth(folder: Path, names: Sequence[str], outdir: Path) -> tuple[Estate, list[StackReport]]:
    """Synthesize the named environments, all when none is named, into ``outdir``.

    All environment files are checked, also those that are not named: rules cross them. Nothing is
    written before everything has passed.

    Args:
        folder: the folder of the environment files.
        names: environments to synthesize.
        outdir: the folder to write to; other stacks in it are left as they are.

    Raises:
        InvalidInput: the files, the stateful addresses or the refactoring entries are wrong.
        OSError: the output cannot be written.
    """
    estate = load_estate(folder, names)
    chosen = [name for name in estate.environments if not names or name in names]
    outdir.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{outdir.name}.new-", dir=outdir.parent))
    try:
        _build(estate, chosen, staging)
        stacks = {name: read_stack(staging, name) for name in chosen}
        _refuse_losses(estate, folder, stacks)
        # The records first: output without its record could be applied and then lost by an edit.
        recorded = {name: _renew_record(estate, folder, name, stack) for name, stack in stacks.items()}
        publish(staging, outdir, frozenset(estate.environments))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return estate, [
        _report(estate, folder, outdir, name, stack, recorded[name]) for name, stack in stacks.items()
    ]


def _build(estate: Estate, names: Sequence[str], staging: Path) -> None:
    # Loads the bindings in use, so only once the files are known to be right.
    from main import synthesize

    try:
        synthesize(estate, names, staging)
    except ValueError as error:
        raise InvalidInput([Problem("environments", 0, 0, "", str(error))]) from error


def _refuse_losses(estate: Estate, folder: Path, stacks: dict[str, StackJson]) -> None:
    problems: list[Problem] = []
    for name, stack in stacks.items():
        refactoring = estate.refactoring(name)
        if estate.environments[name].deletion_protection:
            recorded = read_record(record_path(folder, name))
            problems += lost_addresses(name, recorded, stack, refactoring)
        problems += entries_out_of_step(name, folder, stack, refactoring)
    if problems:
        raise InvalidInput(problems)


def _renew_record(estate: Estate, folder: Path, name: str, stack: StackJson) -> str | None:
    """Record what is new; an environment that may be thrown away records nothing."""
    path = record_path(folder, name)
    recorded, protected = read_record(path), frozenset(protected_addresses(stack))
    renewed = recorded | protected if estate.environments[name].deletion_protection else protected
    if renewed == recorded:
        return None
    write_record(path, renewed)
    gone, new = len(recorded - renewed), len(renewed - recorded)
    what = f"{new} stateful addresses recorded in" if new else f"deletion_protection is off: {gone} left"
    return f"{what} {path}; commit it"


def _report(
    estate: Estate, folder: Path, outdir: Path, name: str, stack: StackJson, recorded: str | None
) -> StackReport:
    notes = (
        recorded,
        lay_lock(folder, outdir, name),
        _spent_note(estate, name),
        *_destroyed_notes(estate.refactoring(name)),
    )
    return StackReport(
        name=name,
        path=outdir / "stacks" / name,
        resources=sum(1 for _ in addresses(stack)),
        providers=tuple(sorted(stack.get("provider", {}))),
        stateful=len(read_record(record_path(folder, name))),
        notes=tuple(note for note in notes if note),
    )


def _destroyed_notes(refactoring: Refactoring) -> Iterator[str]:
    for entry in refactoring.removed:
        if entry.destroy:
            yield f"an apply destroys {entry.from_}{loss(entry.from_)}"


def _spent_note(estate: Estate, name: str) -> str | None:
    entries = estate.refactoring(name)
    if not estate.environments[name].state.local:
        # A remote state is not asked: synthesis needs neither network nor credentials.
        some = entries.import_ or entries.moved or entries.removed
        return f"refactoring entries stand; `hybrid settle {name}` takes out what is spent" if some else None
    try:
        spent = spent_entries(entries, local_state(name))
    except InvalidInput as error:
        # A hint only: an apply may be writing the state at this moment.
        return f"whether refactoring entries are spent cannot be said: {error}"
    count = "1 refactoring entry is" if len(spent) == 1 else f"{len(spent)} refactoring entries are"
    return f"{count} spent; run `hybrid settle {name}`" if spent else None
