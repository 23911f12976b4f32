"""How a table is laid out in a given width: in columns where they can be read, in records where not.

A word is never broken unless it alone is longer than a line; names, addresses and paths are words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

Row = Sequence[str]

_READABLE = 24
"""Characters that a column of prose needs at least, lest it become a list of words."""

_INDENT = "  "


def column_widths(headers: Row, rows: Sequence[Row], room: int, gap: int) -> list[int] | None:
    """Widths of the columns, wide enough for their longest words; None when they do not fit.

    Args:
        headers: the first row.
        rows: the others.
        room: characters of a line.
        gap: characters between two columns.
    """
    cells = list(zip(*[headers, *rows], strict=True))
    whole = [max(map(len, column)) for column in cells]
    room -= gap * (len(whole) - 1)
    widths = [
        max(min(width, _READABLE), *(len(word) for cell in column for word in cell.split() or [""]))
        for width, column in zip(whole, cells, strict=True)
    ]
    spare = room - sum(widths)
    if spare < 0:
        return None
    # The columns that want least are served first, so that most of them need no second line.
    order = sorted(range(len(whole)), key=lambda i: whole[i] - widths[i])
    for served, i in enumerate(order):
        more = min(whole[i] - widths[i], spare // (len(order) - served))
        widths[i] += more
        spare -= more
    return widths


def columns(headers: Row, rows: Sequence[Row], widths: Sequence[int]) -> Iterator[str]:
    """The lines of a table in columns, cells of several lines beside each other."""
    for row in [headers, *rows]:
        cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for n in range(max(map(len, cells))):
            parts = (
                (cell[n] if n < len(cell) else "").ljust(width)
                for cell, width in zip(cells, widths, strict=True)
            )
            yield f"{_INDENT}{_INDENT.join(parts)}".rstrip()


def records(headers: Row, rows: Sequence[Row], room: int) -> Iterator[str]:
    """The lines of a table with one field a line, empty ones left out, and a blank line after each row."""
    label = max(map(len, headers))
    room -= len(_INDENT) * 2 + label
    for row in rows:
        for header, cell in zip(headers, row, strict=True):
            if not cell:
                continue
            first, *more = _wrapped(cell, room)
            yield f"{_INDENT}{header.ljust(label)}{_INDENT}{first}"
            for line in more:
                yield f"{_INDENT}{'':{label}}{_INDENT}{line}"
        yield ""


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]
