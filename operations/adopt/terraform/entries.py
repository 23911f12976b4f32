"""The entries that take objects in: imports, and what stays of them as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from estate.model.refactoring import ImportEntry, KeptEntry, Refactoring
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.gkectl.target import Target
from operations.adopt.terraform.foreseeing import Fate, Foreseen
from operations.adopt.told import Change
from operations.files.yaml_text import read_exactly, scalar
from operations.refactoring.entries import refactoring_file, with_entries

IMPORTED: Final = frozenset({Fate.UNCHANGED, Fate.IN_PLACE, Fate.UNKNOWN})
"""What an import takes in."""


def entries(target: Target, foreseen: Mapping[str, Sequence[Foreseen]]) -> list[Change]:
    """The refactoring files with the entries; an entry that stands there already is left alone.

    Args:
        target: the environment.
        foreseen: what becomes of every resource, by stack.

    Raises:
        InvalidInput: a file takes one of the addresses for something else.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    for stack, some in foreseen.items():
        imports = [ImportEntry(to=one.address, id=one.import_id) for one in some if one.fate in IMPORTED]
        kept = [
            KeptEntry(at=one.address, attributes=one.kept)
            for one in some
            if one.kept and one.fate in IMPORTED | {Fate.MOVED}
        ]
        path, there = refactoring_file(target.folder, stack), target.estate.refactoring(stack)
        problems += _in_the_way(there, imports, kept, shown(path))
        before = after = read_exactly(path) if path.exists() else ""
        blocks = {
            "import": [
                f"- {{to: {one.to}, id: {scalar(one.id)}}}" for one in imports if one not in there.import_
            ],
            "kept": [
                f"- {{at: {one.at}, attributes: [{', '.join(map(scalar, one.attributes))}]}}" for one in kept
            ],
        }
        for block, lines in blocks.items() if not problems else ():
            after = with_entries(path, after, block, lines) if lines else after
        if after != before:
            changes.append(Change(path, before, after))
    if problems:
        raise InvalidInput(problems)
    return changes


def _in_the_way(
    there: Refactoring, imports: Sequence[ImportEntry], kept: Sequence[KeptEntry], file: str
) -> Iterator[Problem]:
    taken = {entry.to for entry in there.import_ if entry not in imports}
    taken |= {entry.from_ for entry in there.moved} | {entry.from_ for entry in there.removed}
    for entry in imports:
        if entry.to in taken:
            message = (
                f"holds an entry for {entry.to} already, which is to take {entry.id} in; take that entry out, "
                "`hybrid settle` does when it is spent"
            )
            yield Problem.of_file(file, message)
    for position, one in enumerate(there.kept):
        for more in kept:
            if more.at == one.at:
                message = (
                    f"must keep {', '.join(more.attributes)} too, which another value would replace; add it"
                )
                yield Problem.of_file(file, message, f"kept[{position}].attributes")
