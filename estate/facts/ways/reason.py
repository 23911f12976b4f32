"""Why a packet has to get through, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Seen(StrEnum):
    """How the source was read."""

    EXCERPT = "excerpt"
    """Its beginning or a part of it; no page was at hand as a whole."""
    NOT_AGAIN = "not read again"
    """Known from earlier versions of the page; hold it against the page before relying on it."""
    FILE = "file"
    """The environment's file asks for it."""


@dataclass(frozen=True)
class Reason:
    """Why something has to get through.

    Attributes:
        why: what for, after "which it takes to", without a final period.
        ports: what is spoken, such as tcp:443; empty where the file says it.
        source: the page that says so, or the key of the environment's file that asks for it.
        says: what the page says, in one sentence.
        seen: how the source was read.
        read: the day on which it was, ISO 8601; of what was not read again, the day on which that was said.
    """

    why: str
    ports: tuple[str, ...]
    source: str
    says: str
    seen: Seen
    read: str = "2026-11-30"

    @property
    def how(self) -> str:
        """How and when the source was read, in words."""
        return {
            Seen.EXCERPT: f"an excerpt, read {self.read}",
            Seen.NOT_AGAIN: "not read again",
            Seen.FILE: "the environment's file",
        }[self.seen]
