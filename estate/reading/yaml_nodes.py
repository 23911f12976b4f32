"""What reading a YAML file yields before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from estate.model.rules import Path
from estate.reading.problems import Problem
from estate.reading.yaml_scalars import Surprise

MAX_PROBLEMS = 200
"""Nobody reads more about one file; whatever has more was not written by a person."""


@dataclass(slots=True)
class Node:
    """A value of the file; line and column are 1-based and those of its key where it has one."""

    data: Any
    line: int
    column: int
    key: tuple[int, int] | None
    written: str
    children: dict[str | int, Node] = field(default_factory=dict)


@dataclass
class Tree:
    """What a file holds.

    Attributes:
        root: the top-level mapping; None when the file is not YAML to its end or holds no mapping.
        problems: everything refused.
        refused: paths whose content is unknown, because it was written in a way that is refused.
        surprises: the scalars that YAML readers disagree about, by path.
    """

    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    refused: set[Path] = field(default_factory=set)
    surprises: dict[Path, Surprise] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether the file holds nothing, or only comments; never when anything in it is refused.

        A parser that stops before the first key has seen nothing either, which says nothing of the file.
        """
        return self.root is None and not self.problems


def too_many_problems(display: str) -> Problem:
    """Say that the rest of what is wrong with a file is left out."""
    message = f"has more than {MAX_PROBLEMS} problems, the rest is left out; is this the right file?"
    return Problem.of_file(display, message)
