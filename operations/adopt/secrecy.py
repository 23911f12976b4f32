"""Which values of somebody else's file are not repeated to a person."""

from __future__ import annotations

import re

from estate.model.rules import Path
from estate.reading.wording import is_secret

NOT_SHOWN = "(not shown)"
"""What stands in the place of such a value."""

_NEW_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# Beside the words that always hide a value: it may be a field that nobody here knows.
_MAY_BE_SECRET = re.compile(r"credential|certificate|authori[sz]ation|key$", re.IGNORECASE)


def may_be_secret(path: Path) -> bool:
    """Whether the value at ``path`` may be a secret, by what its keys are called."""
    words = tuple(_NEW_WORD.sub("_", part) if isinstance(part, str) else part for part in path)
    last = next((part for part in reversed(words) if isinstance(part, str)), "")
    return is_secret(words) or _MAY_BE_SECRET.search(last) is not None
