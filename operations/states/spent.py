"""Which refactoring entries a state has taken already."""

from __future__ import annotations

from dataclasses import dataclass

from estate.model.refactoring import Refactoring


@dataclass(frozen=True)
class SpentEntry:
    """An entry with nothing left to do.

    Attributes:
        block: import, moved or removed.
        position: position in the block's list, from 0.
        leaves: the address that may leave the record of stateful addresses; None for an import.
    """

    block: str
    position: int
    leaves: str | None


def spent_entries(refactoring: Refactoring, state: frozenset[str] | None) -> list[SpentEntry]:
    """The entries that ``state`` has taken; none when there is no state yet, where all are still to come."""
    if state is None:
        return []
    return [
        *(
            SpentEntry("import", position, None)
            for position, entry in enumerate(refactoring.import_)
            if entry.to in state
        ),
        *(
            SpentEntry("moved", position, entry.from_)
            for position, entry in enumerate(refactoring.moved)
            if entry.from_ not in state and entry.to in state
        ),
        *(
            SpentEntry("removed", position, entry.from_)
            for position, entry in enumerate(refactoring.removed)
            if entry.from_ not in state
        ),
    ]
