"""Keeps secrets out of what is printed, also where Terraform did not mark them.

A value that a plan marks as sensitive anywhere, or gives to a sensitive variable, is blotted out of every
text of the review: a check's message, an index or an unmarked copy of it may hold it too.
"""

from __future__ import annotations

import re
from typing import Any

from operations.review.plan import Values, plain

SECRET = "(sensitive)"  # noqa: S105 - what stands in place of one

_SHORTEST = 6
"""Shorter values, such as true or 443, would blot out half of every text and tell nothing by themselves."""


class Redaction:
    """Collects the secrets of plans, and takes them out of texts."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, values: Values) -> None:
        """Note what an object marks as sensitive."""
        self._marked(values.before, values.sensitive_before)
        self._marked(values.after, values.sensitive_after)

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
        # A secret of several lines may turn up one line at a time.
        found = {part.strip() for part in (text, *text.splitlines())}
        new = {part for part in found if len(part) >= _SHORTEST}
        if not new <= self._secrets:
            self._secrets |= new
            self._pattern = None

    def _marked(self, value: Any, mask: Any) -> None:
        if mask is True:
            self.learn_secret(value)
        elif isinstance(value, dict) and isinstance(mask, dict):
            for key, part in mask.items():
                self._marked(value.get(key), part)
        elif isinstance(value, list) and isinstance(mask, list):
            for item, part in zip(value, mask, strict=False):
                self._marked(item, part)

    def text(self, text: str) -> str:
        """The text without secrets."""
        if not self._secrets:
            return text
        if self._pattern is None:
            longest_first = sorted(self._secrets, key=lambda secret: (-len(secret), secret))
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))
        return self._pattern.sub(SECRET, text)

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
            return SECRET if text in self._secrets else value
        return value
