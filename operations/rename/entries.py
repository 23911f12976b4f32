"""What follows a moved address: the moved entry of its stack, and waivers of what is found at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from estate.model.refactoring import Refactoring
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.allowances.policy_files import FOLDER, WAIVERS, read_policy_files
from operations.files.yaml_text import read_exactly
from operations.files.yaml_values import replace_value
from operations.refactoring.entries import refactoring_file, with_entries
from operations.schema_line import schema_line


def with_moves(folder: Path, stack: str, there: Refactoring, moves: Mapping[str, str]) -> str:
    """The text of a stack's refactoring file with an entry for every address that changes.

    An object that is still to be imported is imported to its new address. Entries that stand there just so are those
    of a rename that was stopped before it changed the environment's file, and stay.

    Raises:
        InvalidInput: an entry stands there that no state has taken yet, or may not have.
    """
    path = refactoring_file(folder, stack)
    problems = list(_in_the_way(there, moves, shown(path)))
    if problems:
        raise InvalidInput(problems)
    text = read_exactly(path) if path.exists() else schema_line(path, "refactoring.json")
    for position, entry in enumerate(there.import_):
        if entry.to in moves:
            text = replace_value(text, ("import", position, "to"), moves[entry.to])
    written = {entry.from_ for entry in there.moved}
    lines = [f"- {{from: {one}, to: {other}}}" for one, other in moves.items() if one not in written]
    return with_entries(path, text, "moved", lines) if lines else text


def with_waivers(folder: Path, moves: Mapping[str, Mapping[str, str]]) -> dict[Path, str]:
    """The text of the file of waivers with the new addresses; nothing when none of them moves.

    Raises:
        InvalidInput: the file is wrong, or an address is written over several lines.
    """
    path = folder / FOLDER / WAIVERS
    waivers = read_policy_files(folder).waivers.waivers
    moved = {
        position: moves[one.stack][one.resource]
        for position, one in enumerate(waivers)
        if one.resource in moves.get(one.stack, {})
    }
    text = read_exactly(path) if moved else ""
    try:
        for position, address in moved.items():
            text = replace_value(text, ("waivers", position, "resource"), address)
    except ValueError as error:
        raise InvalidInput.of_file(shown(path), str(error), "waivers") from None
    return {path: text} if moved else {}


def _in_the_way(there: Refactoring, moves: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Entries that are not settled, told by the first of them: a cluster has dozens."""
    addresses = {*moves, *moves.values()}
    moved = {position: one for position, one in enumerate(there.moved) if moves.get(one.from_) != one.to}
    found = [
        *(
            (f"moved[{position}]", one.to if one.to in addresses else one.from_)
            for position, one in moved.items()
            if one.to in addresses or one.from_ in addresses
        ),
        *(
            (f"removed[{position}]", removed.from_)
            for position, removed in enumerate(there.removed)
            if removed.from_ in addresses
        ),
    ]
    for path, address in found[:1]:
        others = f" (and {len(found) - 1} more of its entries about others)" if len(found) > 1 else ""
        message = (
            f"is about {address} already{others}; apply and run hybrid settle, or take the change back, before it is "
            "renamed again"
        )
        yield Problem.of_file(file, message, path)
