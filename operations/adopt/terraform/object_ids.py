"""By which id an object of a state is imported: the form of its type, filled from what the state says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from operations.adopt.terraform.found import FoundObject
from operations.adopt.terraform.values import plain
from operations.imports.import_ids import known_types

_PART: Final = re.compile(r"(?<!\{)\{([a-zA-Z_.>]+)\}")
_PLACES: Final = {
    "project": ("projects",),
    "region": ("regions",),
    "location": ("locations", "regions", "zones"),
}
"""What a path says of where something stands, by the attribute that a state may leave out."""
_WHOLE: Final = frozenset({"role", "member"})
"""What may be a path and belongs into an id as it is."""


def import_id(found: FoundObject) -> str:
    """The id; "" where no form says it, or an attribute is missing that it is made of."""
    row = known_types().get(found.type, {})
    if "instead" in row:
        # A person looks it up where nothing stands but a name; a state has it.
        return "" if row["instead"].startswith("no provider") else found.text("id")
    filled = _filled(str(row.get("id", "")), found, row)
    # A grant under a condition is another one than the same without.
    title = found.text("condition", 0, "title")
    return f"{filled} {title}" if filled and title else filled


def _filled(form: str, found: FoundObject, row: Mapping[str, Any]) -> str:
    values = {part: _value(part, found, row) for part in _PART.findall(form)}
    if not form or not all(values.values()):
        return ""
    text = _PART.sub(lambda part: _fitting(part[1], values[part[1]], at_start=part.start() == 0), form)
    return text.replace("{{", "{").replace("}}", "}")


def _value(part: str, found: FoundObject, row: Mapping[str, Any]) -> str:
    if part == "found":
        id_ = found.text("id")
        return id_.rpartition(row["last"])[2] if "last" in row else id_
    first = part.partition(">")[0]
    value = found.at(*first.split("."))
    if value is None and first in row.get("also", {}):
        return _filled(row["also"][first], found, row)
    if value is None:
        return next((place for word in _PLACES.get(first, ()) if (place := _after(found, word))), "")
    return str(value)


def _fitting(part: str, value: str, *, at_start: bool) -> str:
    """A value as it stands at its place in a form: a path at the start, else the name at its end."""
    value = plain(value)
    is_path = value.startswith(("projects/", "https://"))
    return value if at_start or part in _WHOLE or not is_path else value.rpartition("/")[2]


def _after(found: FoundObject, word: str) -> str:
    parts = plain(found.text("self_link") or found.text("id")).split("/")
    return parts[parts.index(word) + 1] if word in parts[:-1] else ""
