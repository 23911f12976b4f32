"""What a pull request brings that decides how it is judged; it counts once a code owner approved that very commit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from operations.allowances.acknowledgements import Acknowledgement, load_acknowledgements
from operations.heads.approvals import Approvals
from operations.heads.head import Head

OWN_ACKNOWLEDGEMENT = "own-acknowledgement"

E = TypeVar("E")


@dataclass(frozen=True)
class Brought:
    """One thing; where nobody approved it, it stops the pull request.

    Attributes:
        finding: id of what was found.
        reason: what it is, and where it stands.
        awaited: whose approval is missing, "" when it is there.
        by: who approved it, "" when nobody did.
    """

    finding: str
    reason: str
    awaited: str
    by: str

    @property
    def said(self) -> str:
        """The same in a line: who approved, or when it counts."""
        return f"{self.reason}; {f'approved by {self.by}' if self.by else f'counts once {self.awaited} has approved this commit'}"


def added(head: Sequence[E], base: Sequence[E], allows: Callable[[E, E], bool]) -> Iterator[int]:
    """Where entries stand in the head that say more than any of the base.

    Args:
        head: what the head says.
        base: what the base says.
        allows: whether an entry of the base lets pass all that one of the head does.
    """
    for position, entry in enumerate(head):
        if not any(allows(one, entry) for one in base):
            yield position


def counting_acknowledgements(
    folder: Path, file: Path, head: Head, approvals: Approvals
) -> tuple[tuple[Acknowledgement, ...], tuple[Brought, ...]]:
    """The acknowledgements of a head that count, and what is to be said of those that it brings.

    What the head takes out counts no more: it will not be there when the head is merged.

    Args:
        folder: the base's environment files.
        file: where the acknowledgements stand, below that folder in both.
        head: the head.
        approvals: who owns, and who approved.

    Raises:
        InvalidInput: a file cannot be read or is wrong.
    """
    before, after = (load_acknowledgements(at / file, may_be_absent=True) for at in (folder, head.folder))
    new = set(added(after, before, _allows))
    path = f"{head.place}/{file.as_posix()}"
    approval = approvals.of(path)
    brought = tuple(
        Brought(
            OWN_ACKNOWLEDGEMENT,
            f"{path} lets {_what(after[i])} pass for {after[i].word}",
            approval.awaited,
            approval.by,
        )
        for i in sorted(new)
    )
    return tuple(word for i, word in enumerate(after) if approval.by or i not in new), brought


def _allows(base: Acknowledgement, head: Acknowledgement) -> bool:
    return (
        base.address == head.address
        and base.who == head.who
        and base.environment in {None, head.environment}
        and base.finding in {None, head.finding}
        and base.expires >= head.expires
    )


def _what(word: Acknowledgement) -> str:
    of = f" of {word.environment}" if word.environment else ""
    return f"{word.finding or 'whatever is found'} at {word.address}{of}"
