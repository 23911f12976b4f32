"""What a person sees: tables and colour on a terminal, plain text in a pipe, NO_COLOR respected.

The one way out: whatever a text holds, it steers neither a terminal nor the runner that reads a job's output.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from estate.reading.problems import Problem
from operations.report_file import REPORT
from operations.tables import Row, column_widths, columns, records
from operations.texts.harmless import one_line, printable_json, printable_lines

_INDENT = 2
_GAP = 2
_FRAME = 4
_NARROWEST = 80


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at the stream, rather than a file or a program."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def print_table(title: str, headers: Row, rows: Iterable[Row], stream: TextIO | None = None) -> None:
    """Print a table: drawn on a terminal, aligned text in a pipe, nothing cut off; one field a line where it is too wide."""
    stream = stream or sys.stdout
    title, headers = one_line(title), [one_line(header) for header in headers]
    cells = [tuple(map(one_line, row)) for row in rows]
    if is_terminal(stream):
        _draw_table(title, headers, cells, stream)
        return
    print(printable_lines(title), file=stream)
    room = _room()
    widths = column_widths(headers, cells, room - _INDENT, _GAP)
    for line in records(headers, cells, room) if widths is None else columns(headers, cells, widths):
        print(printable_lines(line), file=stream)


def columns_of_a_line(stream: TextIO | None = None) -> int:
    """Characters that a line has room for: on a terminal those of the terminal."""
    stream = stream or sys.stdout
    if not is_terminal(stream):
        return _room()
    from rich.console import Console

    return Console(file=stream).width


def _room() -> int:
    """Characters of a line in a pipe: as COLUMNS says; what every terminal has, when it does not."""
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isdecimal() and int(said) else _NARROWEST


def _draw_table(title: str, headers: Row, rows: Sequence[Row], stream: TextIO) -> None:
    from rich.box import ROUNDED
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream)
    # A line of the frame and a blank stand on each side of a cell.
    widths = column_widths(headers, rows, console.width - _FRAME, _FRAME - 1)
    if widths is None:
        console.print(Text(title, style="bold"))
        for line in records(headers, rows, console.width):
            console.print(Text(line), soft_wrap=True)
        return
    table = Table(
        title=escape(title), title_justify="left", title_style="bold", box=ROUNDED, header_style="bold"
    )
    for header, width in zip(headers, widths, strict=True):
        table.add_column(escape(header), overflow="fold", width=width)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)


def say(text: str, style: str = "", stream: TextIO | None = None) -> None:
    """Print a line, in a style where a person looks."""
    stream = stream or sys.stdout
    text = printable_lines(text)
    if style and is_terminal(stream):
        from rich.console import Console
        from rich.text import Text

        Console(file=stream, soft_wrap=True).print(Text(text, style=style))
    else:
        print(text, file=stream)


def print_document(text: str, *, is_json: bool = False) -> None:
    """Print a document to standard output, such as Markdown, YAML or JSON."""
    print(printable_json(text) if is_json else printable_lines(text))


def print_problems(problems: Sequence[Problem]) -> None:
    """Print every problem to standard error, one a line and a count at the end."""
    for problem in problems:
        say(one_line(str(problem)), stream=sys.stderr)
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    say(f"{count}; nothing was written", style="bold red", stream=sys.stderr)


@contextmanager
def progress(text: str) -> Iterator[None]:
    """Show that something takes its time: a spinner on a terminal, a line in a pipe.

    Under ``cdktf``, which shows progress of its own, nothing.
    """
    if REPORT in os.environ:
        yield
        return
    text = printable_lines(text)
    if not is_terminal(sys.stderr):
        print(text, file=sys.stderr, flush=True)
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(text)):
        yield
