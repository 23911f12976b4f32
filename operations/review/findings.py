"""What a review says of a change: how bad, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PLAN = "plan"
"""Stands for an address where a finding is about the plan as a whole."""


class Level(StrEnum):
    """How much a change can hurt, from least to most."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """The greater, the worse."""
        return list(Level).index(self)


@dataclass(frozen=True)
class Finding:
    """One reason to look at a change.

    Attributes:
        rule: id of the rule that found it; acknowledgements may name it.
        level: how bad it is.
        address: resource that it is about, or :data:`PLAN`.
        reason: what will happen and why it matters.
        advice: what to do about it.
    """

    rule: str
    level: Level
    address: str
    reason: str
    advice: str


def worst(levels: list[Level]) -> Level:
    """The highest of several levels; info when there is none."""
    return max(levels, key=lambda level: level.rank, default=Level.INFO)
