"""Tables for documents."""

from __future__ import annotations

from collections.abc import Sequence


def markdown_table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A heading with a table below it, or with the word that there is nothing."""
    lines = [headers, ["---" for _ in headers], *rows]
    table = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([f"## {title}", "", *(table if rows else ["Nothing."])])
