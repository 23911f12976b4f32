"""A value that stands in a file where one of the user's own has to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Placeholder:
    """One of them.

    Attributes:
        file: the file as a person names it.
        line: 1-based line.
        column: 1-based column.
        path: dotted path of the value; empty where only a comment marks the line.
        message: what it is and what to do, in one line without a final period.
    """

    file: str
    line: int
    column: int
    path: str
    message: str
