"""Texts that anybody wrote, made harmless for a line, a terminal and the log of a pipeline.

A plan, an error of a provider, a file's name, a key: any may hold what steers a terminal, and the runner of GitHub
Actions obeys what a job prints: a line that begins, after blanks, with ``::name ...::``, and ``##[name ...]``
anywhere in a line. It compares as the culture of its machine does, which passes over what is not seen; so commands
are broken by a blank, which is.

- https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands (excerpt, 2026-11-30)
- https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2 and TryParse (2026-11-30)
"""

from __future__ import annotations

import json
import re
from typing import Final

from estate.facts.characters import HIDDEN

_BREAK: Final = re.compile(r"\r\n?")
_SEEN: Final = frozenset("\n\t")
_AT_THE_BEGINNING: Final = re.compile(r"^(\s*:)(?=:.*::)", re.MULTILINE)
_ANYWHERE: Final = "##["


def one_line(text: str) -> str:
    """A text without line breaks and without characters that steer a terminal or hide themselves."""
    return HIDDEN.sub(
        "\N{REPLACEMENT CHARACTER}", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    )


def printable_lines(text: str) -> str:
    """Lines as they may be printed: nothing in them steers a terminal, or is a command to who keeps the log."""
    seen = HIDDEN.sub(
        lambda one: one[0] if one[0] in _SEEN else "\N{REPLACEMENT CHARACTER}", _BREAK.sub("\n", text)
    )
    return _AT_THE_BEGINNING.sub(r"\1 ", seen.replace(_ANYWHERE, "## ["))


def printable_json(text: str) -> str:
    """The same of JSON, which says the same to whoever reads it: such characters stand within texts alone."""
    seen = HIDDEN.sub(lambda one: one[0] if one[0] in _SEEN else json.dumps(one[0])[1:-1], text)
    return seen.replace(_ANYWHERE, r"#\u0023[")
