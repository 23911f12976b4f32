"""What a person sees: tables and colour on a terminal, plain text in a pipe, NO_COLOR respected."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from estate.reading.problems import Problem
from operations.report_file import REPORT

Row = Sequence[str]


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at the stream, rather than a file or a program."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def print_table(title: str, headers: Row, rows: Iterable[Row], stream: TextIO | None = None) -> None:
    """Print a table: drawn on a terminal, aligned columns of text in a pipe, nothing cut off there."""
    stream = stream or sys.stdout
    if not is_terminal(stream):
        _print_plain_table(title, headers, list(rows), stream)
        return
    from rich.box import ROUNDED
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=escape(title), title_justify="left", title_style="bold", box=ROUNDED, header_style="bold"
    )
    for header in headers:
        table.add_column(escape(header), overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console(file=stream).print(table)


def _print_plain_table(title: str, headers: Row, rows: list[Row], stream: TextIO) -> None:
    widths = [max(len(row[i]) for row in [headers, *rows]) for i in range(len(headers))]
    print(title, file=stream)
    for row in [headers, *rows]:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print(f"  {line}".rstrip(), file=stream)


def say(text: str, style: str = "", stream: TextIO | None = None) -> None:
    """Print a line, in a style where a person looks."""
    stream = stream or sys.stdout
    if style and is_terminal(stream):
        from rich.console import Console
        from rich.text import Text

        Console(file=stream, soft_wrap=True).print(Text(text, style=style))
    else:
        print(text, file=stream)


def print_problems(problems: Sequence[Problem]) -> None:
    """Print every problem to standard error, one a line and a count at the end."""
    for problem in problems:
        say(str(problem), stream=sys.stderr)
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
    if not is_terminal(sys.stderr):
        print(text, file=sys.stderr, flush=True)
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield
