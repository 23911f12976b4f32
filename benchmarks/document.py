"""The part of ``docs/performance.md`` that the benchmark writes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from operations.files.writing import write_file
from operations.project import ROOT

PATH: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- measured: make bench writes from here -->"
END: Final = "<!-- to here -->"


def write_tables(text: str) -> Path:
    """Replace what stands between the two marks by ``text``, and return the file."""
    write_file(PATH, replaced(PATH.read_text("utf-8"), text))
    return PATH


def replaced(document: str, text: str) -> str:
    """``document`` with ``text`` between the marks.

    Raises:
        ValueError: a mark is missing or they stand the wrong way round.
    """
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"docs/performance.md must hold {BEGIN} and then {END}; put them back")
    return f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}"
