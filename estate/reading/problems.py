"""What is wrong with the input, as data: where it stands, what was found, what to do.

Every reader of a file a person wrote reports :class:`Problem` objects and raises all of them
together in one :class:`InvalidInput`; printing them is the command line's job.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that a person has to change.

    Attributes:
        file: the file as the person names it, relative to the project where it lies inside it.
        line: 1-based line, 0 when the whole file is meant.
        column: 1-based column, 0 when the whole file or line is meant.
        path: dotted path of the value (``aws.kms_keys.secrets.deletion_window_days``), empty
            when the whole file is meant.
        message: what is wrong, what is allowed and what to do, in one line without a final
            period. Never carries a secret.
    """

    file: str
    line: int
    column: int
    path: str
    message: str

    @classmethod
    def of_file(cls, file: FilePath | str, message: str, path: str = "") -> Problem:
        """A problem of a file, an option or a command as a whole, or of something in it that stands in no line."""
        return cls(str(file), 0, 0, path, message)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.path}: {self.message}" if self.path else f"{where}: {self.message}"


class InvalidInput(Exception):  # noqa: N818 - reads as the sentence it is
    """The input cannot be used; nothing has been written.

    Attributes:
        problems: all problems found, ordered by file, line and column, without repeats.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def of_file(cls, file: FilePath | str, message: str, path: str = "") -> InvalidInput:
        """The refusal for one problem of a file, an option or a command; see :meth:`Problem.of_file`."""
        return cls([Problem.of_file(file, message, path)])
