"""Keeps secrets out of what is printed, also where Terraform did not mark them.

A value that a plan marks as sensitive anywhere, or gives to a sensitive variable, is blotted out of every
text: a check's message, an index or an unmarked copy of it may hold it too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from operations.texts.plain import plain

SECRET = "(sensitive)"  # noqa: S105 - what stands in place of one

_SHORTEST = 6
"""Shorter values, such as true or 443, would blot out half of every text and tell nothing by themselves."""


def _nameless(_secret: str) -> str:
    return SECRET


class Redaction:
    """Collects the secrets of plans, and takes them out of texts."""

    def __init__(self, name: Callable[[str], str] = _nameless) -> None:
        """Know no secret yet.

        Args:
            name: what stands in place of a secret; the same for all when absent.
        """
        self._name = name
        self._secrets: set[str] = set()
        # By their first characters and their length: a regular expression of thousands would crawl.
        self._by_start: dict[str, dict[int, dict[str, str]]] = {}
        # Most texts of a plan stand in it twice, before and after.
        self._told: dict[str, str] = {}

    def learn_marked(self, value: Any, mask: Any) -> None:
        """Note what a mask marks as sensitive in a value."""
        if mask is True:
            self.learn_secret(value)
        elif isinstance(value, dict) and isinstance(mask, dict):
            for key, part in mask.items():
                self.learn_marked(value.get(key), part)
        elif isinstance(value, list) and isinstance(mask, list):
            for item, part in zip(value, mask, strict=False):
                self.learn_marked(item, part)

    def learn_secret(self, value: Any) -> None:
        """Note a value that is secret with everything in it."""
        if isinstance(value, dict):
            for item in value.values():
                self.learn_secret(item)
        elif isinstance(value, list):
            for item in value:
                self.learn_secret(item)
        elif value is not None and not isinstance(value, bool):
            self._note(plain(value))

    def _note(self, text: str) -> None:
        if text in self._secrets:
            return
        self._secrets.add(text)
        self._told.clear()
        # A secret of several lines may turn up one line at a time.
        for part in {text, *(line.strip() for line in text.splitlines())}:
            for form in _forms(part):
                group = self._by_start.setdefault(form[:_SHORTEST], {})
                # What two secrets have in common goes by the first one's name, in whatever order sets are read.
                group.setdefault(len(form), {}).setdefault(form, text)

    def text(self, text: str) -> str:
        """The text without secrets."""
        if text not in self._told:
            self._told[text] = self._without(text) if self._by_start else text
        return self._told[text]

    def _without(self, text: str) -> str:
        shown, end = [], 0
        for start, stop, secret in self._spans(text):
            if start >= end:
                shown += [text[end:start], self._name(secret)]
            end = max(end, stop)
        return "".join([*shown, text[end:]]) if shown else text

    def _spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where secrets stand, in order, and which; they may overlap."""
        starts = self._by_start
        for at in range(len(text) - _SHORTEST + 1):
            group = starts.get(text[at : at + _SHORTEST])
            if group:
                lengths = [length for length, forms in group.items() if text[at : at + length] in forms]
                if lengths:
                    longest = max(lengths)
                    yield at, at + longest, group[longest][text[at : at + longest]]

    def value(self, value: Any) -> Any:
        """The same for every text in a value as JSON has it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {self.text(str(key)): self.value(item) for key, item in value.items()}
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            text = plain(value)
            shown = self.text(text)
            return value if shown == text else shown
        return value


def _forms(secret: str) -> set[str]:
    """A secret as other texts may hold it: as it is, inside JSON, inside an address, encoded."""
    quoted = json.dumps(secret, ensure_ascii=False)[1:-1]
    # Terraform's jsonencode escapes these as well.
    for character in "<>&":
        quoted = quoted.replace(character, f"\\u{ord(character):04x}")
    encoded = base64.b64encode(secret.encode("utf-8", "replace")).decode()
    forms = {secret, quoted, json.dumps(secret)[1:-1], quote(secret, safe="", errors="replace"), encoded}
    return {form for form in forms if len(secret) >= _SHORTEST <= len(form)}
