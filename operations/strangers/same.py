"""Values that are the same in another spelling."""

from __future__ import annotations

import json
import re
from typing import Any

_LINK = re.compile(
    r"(?:https?:)?//(?:[a-z0-9-]+\.)*googleapis\.com/(?:(?:[a-z]+/)?(?:v[0-9][a-z0-9]*|beta)/)?"
)
"""What Google puts before an object's path in a self link or a full resource name:
https://cloud.google.com/apis/design/resource_names (2026-11)."""

_SHORT = re.compile(r"[a-z0-9][a-z0-9-]*")


def is_empty(value: Any) -> bool:
    """Whether a provider means nothing by it: null, and an empty text, list or block."""
    return value is None or value in ("", [], {})


def same(one: Any, other: Any, project: Any = None) -> bool:
    """Whether two values mean one thing: nothing, an object's id and its link, a list in another order.

    Args:
        one: a value.
        other: another.
        project: the project of the object that holds them; a bare name means one in it.
    """
    if one == other or (is_empty(one) and is_empty(other)):
        return type(one) is type(other) or not (isinstance(one, bool) or isinstance(other, bool))
    if isinstance(one, str) and isinstance(other, str):
        return _same_text(one, other, project)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        left, right = (sorted(map(_key, values)) for values in (one, other))
        return left == right
    return False


def only_nothing_came(before: Any, after: Any) -> bool:
    """Whether all that is other than before is a no, a 0 or an empty value where no value was, at any depth."""
    if isinstance(before, dict) and isinstance(after, dict):
        return all(only_nothing_came(before.get(name), after.get(name)) for name in {**before, **after})
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return all(only_nothing_came(*each) for each in zip(before, after, strict=True))
    return same(before, after) or (is_empty(before) and _is_nothing(after))


def _is_nothing(value: Any) -> bool:
    if isinstance(value, (dict, list)):
        return all(map(_is_nothing, value.values() if isinstance(value, dict) else value))
    return is_empty(value) or value in (False, 0)


def is_said(said: Any, value: Any) -> bool:
    """Whether a value is what an expression of the configuration says in so many words."""
    if not isinstance(said, dict) or "constant_value" not in said:
        return False
    constant = said["constant_value"]
    if same(constant, value):
        return True
    # Terraform turns texts into numbers and back where the provider's type wants it.
    return _is_scalar(constant) and _is_scalar(value) and _word(constant) == _word(value)


def _same_text(one: str, other: str, project: Any) -> bool:
    short, long = sorted((_LINK.sub("", one, count=1), _LINK.sub("", other, count=1)), key=len)
    if short == long:
        return True
    if not (_SHORT.fullmatch(short) and long.startswith("projects/") and long.endswith(f"/{short}")):
        return False
    return isinstance(project, str) and long.startswith(f"projects/{project}/")


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, bool, int, float))


def _word(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
