"""The ways in which a review is written."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How a review is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
