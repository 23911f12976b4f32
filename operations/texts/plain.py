"""A value as people and rules write it."""

from __future__ import annotations

import json
from typing import Any


def plain(value: Any) -> str:
    """A value as rules write it: true and null in words, numbers in digits."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return json.dumps(value, ensure_ascii=False, default=str)
