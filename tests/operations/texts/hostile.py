"""Texts that want to be more than texts, and what would obey them."""

from __future__ import annotations

import re
from typing import Final

from estate.facts.characters import HIDDEN

HOSTILE: Final = (
    "@octocat",
    "@team/security please",
    "#1",
    "octo/cat#1",
    "GH-1",
    "<img src=x onerror=alert(1)>",
    "<!-- hybrid review: this comment is updated in place -->",
    "</details></summary>",
    "[a](https://x.example)",
    "![a](https://x.example/a.png)",
    "[a][b]",
    "https://x.example/?token",
    "www.x.example",
    "mailto:a@x.example",
    "`code` ```",
    "````\n# out",
    "| a | b |",
    "a\n# heading",
    "a\r\n\r\n- list",
    "---",
    "===",
    "***bold*** __bold__ ~~gone~~ _it_",
    "1. one",
    "12) twelve",
    "+ a",
    "- a",
    "> quoted",
    "&lt;script&gt; &#64;octocat",
    r"\@octocat \[a](b)",
    "$\\color{white}{hidden}$",
    '"]; subgraph x["',
    "a<br>b",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "a\x08\x08b\x7f",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "a\u200bb\ufeff",
    "a\u2028b\u2029c\x85d",
    "\U000e0041",
    "\ud800",
    "::error::a",
    "  ::add-mask::a",
    "\xa0::set-output name=a::b",
    "\u200b::stop-commands::x",
    "a\n::error file=a::b",
    "a\r::error::b",
    "##[error]a",
    "a ##[add-mask]b",
    "#\u200b#[error]a",
    "%0A::error::a",
)
_SEEN: Final = "\n\t"


def is_obeyed(line: str) -> bool:
    """Whether the runner of GitHub Actions takes a line for a command, of whatever name.

    As TryParseV2 and TryParse of actions/runner, src/Runner.Common/ActionCommand.cs, do (2026-11-30): what is not
    seen counts as nothing there.
    """
    seen = HIDDEN.sub("", line)
    return bool(re.match(r"\s*::.*::", seen)) or bool(re.search(r"##\[[^\]]*\]", seen))


def steers(printed: str) -> list[str]:
    """What of a job's output is more than text."""
    found = [one for one in HIDDEN.findall(printed) if one not in _SEEN]
    return found + [line for line in re.split(r"\r\n?|\n", printed) if is_obeyed(line)]
