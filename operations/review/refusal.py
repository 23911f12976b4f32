"""What stands in the place of a review that was refused, so that the comment of another commit does not stay.

It names what was refused and not why: a message may hold what was found, and the log of the job has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from estate.reading.problems import InvalidInput
from operations.files.writing import write_file
from operations.review.formats import Format
from operations.review.markdown import MARKER
from operations.texts.markdown import code

_MOST: Final = 50
_LONGEST: Final = 200
"""Of what is named, and characters of each; the log has them all."""


@contextmanager
def refusal_written(format_: Format, output: Path | None) -> Iterator[None]:
    """Write a comment that names what was refused, where one would have been written; the refusal goes on."""
    try:
        yield
    except InvalidInput as error:
        if format_ is Format.MARKDOWN and output is not None:
            write_file(output, _text(error))
        raise


def _text(error: InvalidInput) -> str:
    places = list(dict.fromkeys(str(problem.file) for problem in error.problems))
    lines = [
        MARKER,
        "## May not merge: nothing was reviewed",
        "",
        "This commit was refused before its plans were looked at; the log of the job `review` says why. Refused were:",
        "",
        *(f"- {code(place[:_LONGEST])}" for place in places[:_MOST]),
    ]
    return "\n".join(lines) + "\n"
