"""The flow of ``hybrid salvage``: from the log of an apply to the import entries that let the next one go on.

An object is taken in only where Terraform said that it exists, or where a command found exactly one. Whose it is, is
not asked: the plan of the import shows what would change in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from estate.derived.stack_plan import environment_of
from estate.model.refactoring import ImportEntry, Refactoring
from estate.reading.estate_loader import load_estate
from estate.reading.paths import first_few, shown
from estate.reading.problems import InvalidInput
from operations.artifacts.stack_json import addresses, read_stack, stack_folder
from operations.files.trial import load_with
from operations.files.writing import write_files
from operations.files.yaml_text import read_exactly, scalar
from operations.imports.import_ids import Ask, IdUnknown, ImportIds
from operations.refactoring.entries import refactoring_file, with_entries
from operations.salvage.log import Log, read_log


@dataclass(frozen=True)
class Unknown:
    """An object whose id is not known.

    Attributes:
        address: where it belongs.
        why: why not, without a final period.
        command: what finds it, "" when nothing does.
        exists: whether Terraform said that it exists; else it was begun, and may not be there.
        twice: whether the next apply makes a second one, where it is there.
    """

    address: str
    why: str
    command: str
    exists: bool
    twice: bool


@dataclass(frozen=True)
class Salvaged:
    """What came of it.

    Attributes:
        entries: new entries.
        unknown: what they leave out.
        other_errors: number of errors that are about something else.
    """

    entries: tuple[ImportEntry, ...]
    unknown: tuple[Unknown, ...]
    other_errors: int


def salvage(
    folder: Path, name: str, text: str, outdir: Path, ask: Ask | None = None, *, write: bool = False
) -> Salvaged:
    """Make import entries for what exists outside of the state.

    Args:
        folder: the folder of the environment files.
        name: the stack.
        text: the log of the apply that failed.
        outdir: the folder that synthesis wrote to.
        ask: runs the commands that find ids; they are told when absent.
        write: whether to write the entries, rather than to say which they are.

    Raises:
        InvalidInput: the files are wrong, the stack is not synthesized, or the log is of another one.
    """
    there = load_estate(folder, [environment_of(name)]).refactoring(name)
    stack_folder(outdir, name)
    stack = read_stack(outdir, name)
    log = read_log(text)
    _refuse_another_stack_s(log, frozenset(addresses(stack)), name)
    found = list(_found(log, ImportIds(stack, ask), there))
    entries = tuple(one for one in found if isinstance(one, ImportEntry))
    if entries:
        path = refactoring_file(folder, name)
        before = read_exactly(path) if path.exists() else ""
        lines = [f"- {{to: {entry.to}, id: {scalar(entry.id)}}}" for entry in entries]
        after = with_entries(path, before, "import", lines)
        load_with(folder, {str(path.relative_to(folder)): after})
        if write:
            write_files([(path, after)], folder)
    return Salvaged(entries, tuple(one for one in found if isinstance(one, Unknown)), log.other_errors)


def _refuse_another_stack_s(log: Log, known: frozenset[str], name: str) -> None:
    foreign = [address for address in (*log.existing, *log.begun) if address not in known]
    if foreign:
        message = (
            f"speaks of {first_few(foreign, 3)}, which {name} does not have as it is synthesized now; give the log of this stack, "
            "and synthesize what was applied"
        )
        raise InvalidInput.of_file("log", message)


def _found(log: Log, ids: ImportIds, there: Refactoring) -> Iterator[ImportEntry | Unknown]:
    written = {entry.to for entry in there.import_}
    for address in sorted({*log.existing, *log.begun} - written):
        exists = address in log.existing
        if not exists and not ids.is_looked_up(address):
            # Its name is its id: should it be there, the next apply says so, and makes no second one.
            continue
        try:
            yield ImportEntry(to=address, id=ids.of(address))
        except IdUnknown as unknown:
            # What was begun and is not there was never made.
            if exists or not unknown.is_absent:
                yield Unknown(
                    address, str(unknown), unknown.command, exists, not exists and ids.is_made_twice(address)
                )


def log_text(path: Path, standard_input: Iterable[str]) -> str:
    """Text of a log; `-` is standard input, whose lines are given.

    Raises:
        InvalidInput: it is no text.
    """
    try:
        return "".join(standard_input) if str(path) == "-" else path.read_text("utf-8")
    except UnicodeDecodeError:
        raise InvalidInput.of_file(shown(path), "is no text in UTF-8; give what the apply printed") from None
