"""Which refactoring entries have done their work: those that a state has taken, and those of what is recorded no more."""

from __future__ import annotations

from dataclasses import dataclass

from estate.model.refactoring import Refactoring


@dataclass(frozen=True)
class SpentEntry:
    """An entry with nothing left to do.

    Attributes:
        block: import, moved, removed or released.
        position: position in the block's list, from 0.
        leaves: the address that may leave the record of stateful addresses; None for an import, and for what is released, which
            left its record before.
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


def spent_releases(refactoring: Refactoring, recorded: frozenset[str]) -> list[SpentEntry]:
    """The entries by which `hybrid manifests --write` has let everything go that they name.

    Left out: whether somebody has deleted it in the cluster, which no file tells.

    Args:
        refactoring: the entries of an environment.
        recorded: what its clusters may not lose.
    """
    return [
        SpentEntry("released", position, None)
        for position, entry in enumerate(refactoring.released)
        if not any(one == entry.object or one.startswith(f"{entry.object}/") for one in recorded)
    ]
