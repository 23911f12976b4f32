"""Texts from plans, made harmless: an address or a value may hold anything, and was written by anybody."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """A text without line breaks and without characters that steer a terminal or hide themselves."""
    return _CONTROL.sub(
        "\N{REPLACEMENT CHARACTER}", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    )


def cut(text: str, longest: int) -> str:
    """A text that is no longer than that, with a sign where the rest was."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
