"""The moved entries of a rename, in the refactoring files of the stacks that have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from environments.model.refactoring import Refactoring
from environments.paths import shown
from environments.problems import InvalidInput, Problem
from environments.yaml_source import examine
from operations.adopt.gkectl.splice import insert
from operations.edit.yaml_text import read_exactly, replace_value

_HEADER = "# yaml-language-server: $schema=../schema/refactoring.json\n"


def refactoring_file(folder: Path, stack: str) -> Path:
    """The file of a stack's entries."""
    return folder / "refactoring" / f"{stack}.yaml"


def with_moves(folder: Path, stack: str, there: Refactoring, moves: Mapping[str, str]) -> str:
    """The text of a stack's refactoring file with an entry for every address that changes.

    An object that is still to be imported is imported to its new address.

    Raises:
        InvalidInput: an entry stands there that no state has taken yet, or may not have.
    """
    path = refactoring_file(folder, stack)
    problems = list(_in_the_way(there, moves, shown(path)))
    if problems:
        raise InvalidInput(problems)
    text = read_exactly(path) if path.exists() else _HEADER
    for position, entry in enumerate(there.import_):
        if entry.to in moves:
            text = replace_value(text, ("import", position, "to"), moves[entry.to])
    lines = [f"- {{from: {one}, to: {other}}}" for one, other in moves.items()]
    try:
        return _inserted(path, text, lines)
    except ValueError as error:
        raise InvalidInput([Problem(shown(path), 0, 0, "moved", str(error))]) from None


def _inserted(path: Path, text: str, lines: list[str]) -> str:
    source, _ = examine(path, shown(path), may_be_empty=True) if path.exists() else (None, [])
    if source and "moved" in source.data:
        return insert(text, ("moved",), lines)
    return insert(text, (), ["moved:", *(f"  {line}" for line in lines)])


def _in_the_way(there: Refactoring, moves: Mapping[str, str], file: str) -> Iterator[Problem]:
    addresses = {*moves, *moves.values()}
    for position, moved in enumerate(there.moved):
        if moved.to in addresses or moved.from_ in addresses:
            yield _unsettled(file, f"moved[{position}]", moved.to if moved.to in addresses else moved.from_)
    for position, removed in enumerate(there.removed):
        if removed.from_ in addresses:
            yield _unsettled(file, f"removed[{position}]", removed.from_)


def _unsettled(file: str, path: str, address: str) -> Problem:
    message = (
        f"is about {address} already; apply it and run hybrid settle, or take the change back, before it is renamed "
        "again"
    )
    return Problem(file, 0, 0, path, message)
