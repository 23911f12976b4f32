"""Texts from plans that may be as long as anybody made them."""

from __future__ import annotations


def cut(text: str, longest: int) -> str:
    """A text that is no longer than that, with a sign where the rest was."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
