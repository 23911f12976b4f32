"""Markdown as GitHub shows it: tables, and texts in which nobody is mentioned, nothing is linked and no tag is opened.

- https://github.github.com/gfm/ (autolinks, 6.9; what can be escaped, 6.1; excerpt, 2026-11-30)
- https://docs.github.com/en/get-started/writing-on-github (mentions, references and URLs, mathematical expressions;
  excerpt, 2026-11-30)

Left out: the hash of a commit, which GitHub makes a link to that commit of the same repository.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from operations.texts.harmless import one_line

_SPECIAL: Final = re.compile(
    r"[\\`*\[\]<>#!|~&$]|(?<![A-Za-z0-9_])@|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|://|(?:mailto|xmpp):|(?i:www\.)|(?i:\bGH-)(?=[0-9])"
    r"|^\s*[-+](?=\s)|^\s*[-=](?=[-=])|(?<=^[0-9])[.)](?=\s)|(?<=^[0-9]{2})[.)](?=\s)|(?<=^[0-9]{3})[.)](?=\s)"
)
_TORN: Final = frozenset("@#")
_TEAR: Final = "&#8203;"
"""A space of no width, as an entity, so that whoever reads the document sees it."""


def escaped(text: str) -> str:
    """A text that Markdown and HTML show as it is, on one line, without blanks around it."""
    return _SPECIAL.sub(_harmless, one_line(text).strip())


def code(text: str) -> str:
    """A text as code, which no backtick in it can end."""
    shown = one_line(text)
    longest = max((len(run) for run in re.findall(r"`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest or not shown.strip() else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def fenced(language: str, lines: Sequence[str]) -> list[str]:
    """Lines as a block of code, which no line of it can end."""
    shown = [one_line(line) for line in lines]
    longest = max((len(run) for line in shown for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *shown, fence]


def markdown_table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A heading with a table of texts below it, or with the word that there is nothing."""
    cells = [[escaped(cell) for cell in row] for row in rows]
    return markup_table(escaped(title), [escaped(header) for header in headers], cells)


def markup_table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The same of cells that are Markdown already."""
    return "\n".join([f"## {title}", "", *(table_lines(headers, rows) if rows else ["Nothing."])])


def table_lines(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, of cells that are Markdown already."""
    lines = [headers, ["---" for _ in headers], *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def flowing(text: str) -> str:
    """A text on one line, with nothing in it that would be taken for HTML."""
    return " ".join(text.split()).replace("<", "&lt;")


def _harmless(match: re.Match[str]) -> str:
    found = match[0]
    # Mentions and references are found after entities are resolved, so these are torn apart.
    if found in _TORN:
        return f"{found}{_TEAR}"
    if found[:2].upper() == "GH":
        return f"{found[:2]}{_TEAR}-"
    if found == "$":
        return "<span>$</span>"  # as GitHub's documents say it
    blanks = len(found) - len(found.lstrip())
    if found.endswith((":", ".")) and len(found) > 1:
        return f"{found[:-1]}&#{ord(found[-1])};"
    return f"{found[:blanks]}&#{ord(found[blanks])};{found[blanks + 1 :]}"
