"""What ``hybrid policy`` finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from estate.reading.problems import Problem
from operations.policy.stacks import Place


class Level(StrEnum):
    """How bad a broken rule is; each fails."""

    HIGH = "high"
    MEDIUM = "medium"


@dataclass(frozen=True)
class Finding:
    """One broken rule.

    Attributes:
        rule: the rule's id.
        level: how bad it is.
        message: what is wrong and what to do, in one line.
        at: where it stands: in a stack, or in a file that a person wrote.
    """

    rule: str
    level: Level
    message: str
    at: Place | Problem

    @property
    def where(self) -> str:
        """The place in words."""
        if isinstance(self.at, Place):
            return f"{self.at.stack} {self.at.address}"
        line = f":{self.at.line}:{self.at.column}" if self.at.line else ""
        return f"{self.at.file}{line} {self.at.path}".rstrip()

    @property
    def order(self) -> tuple[int, str, str]:
        """What to sort by: the worst first."""
        return [*Level].index(self.level), self.where, self.rule


def from_problem(rule: str, problem: Problem) -> Finding:
    """A finding in a file that a person wrote."""
    return Finding(rule, Level.HIGH, problem.message, problem)
