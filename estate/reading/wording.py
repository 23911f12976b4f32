"""Pydantic's errors in the words of the person who wrote the file.

Every message says what is allowed, what was found and, where it can be known, what to write. The
value is left out where the name of its field says that it may be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from annotated_types import Ge, Gt, Le, Lt
from pydantic_core import ErrorDetails

from estate.model.rules import Path
from estate.model.words import Words
from estate.reading.declared import Place, fields_by_key
from estate.reading.intended import Intended
from estate.reading.paths import did_you_mean, nearest, printable, quoted, shortened
from estate.reading.yaml_scalars import Surprise

_FEW_KEYS = 12
_SECRET_FIELD = re.compile(r"passwo?r?d|secret|token|private_key|pre_?shared|psk|jwks", re.IGNORECASE)
_SECRET_SECTION = re.compile(r"passwords|private_key|shared_secret|pre_?shared|psk", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NOTHING = re.compile(r"(?!)")

_TYPES = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "model": "a mapping (key: value)",
    "dict": "a mapping (key: value)",
    "mapping": "a mapping (key: value)",
    "tuple": "a list",
    "list": "a list",
    "set": "a list",
    "frozen": "a list",
    "iterable": "a list",
}
_KINDS = {str: "string", bool: "bool", int: "int", float: "float"}
_NUMBERS = frozenset({"int_type", "float_type"})
_BOUNDS = ((Ge, "ge", "at least"), (Gt, "gt", "more than"), (Le, "le", "at most"), (Lt, "lt", "less than"))


def unknown_key(place: Place, suggestion: str | None) -> str:
    """Word a key that the model does not know; ``suggestion`` is what it was probably meant to be."""
    reasons = (getattr(owner, "refused", {}).get(str(place.path[-1])) for owner in place.owners)
    reason = next(filter(None, reasons), None)
    if reason:
        return f"is refused here: {reason}"
    allowed = sorted({key for owner in place.owners for key in fields_by_key(owner)})
    listed = ", ".join(allowed) or "nothing"
    if not suggestion:
        return f"unknown key; allowed here: {listed}"
    few = suggestion in allowed and len(allowed) <= _FEW_KEYS
    return f"unknown key; did you mean {suggestion}?" + (f" (allowed here: {listed})" if few else "")


def meant(place: Place, taken: Collection[str]) -> str | None:
    """Return the key that an unknown key was probably meant to be, none of those ``taken`` already."""
    known = {key for model in (*place.owners, *place.relatives) for key in fields_by_key(model)}
    return nearest(str(place.path[-1]), known.difference(taken))


def missing_key(place: Place) -> str:
    """Word a key that is required and absent, with the first sentence of its description."""
    sentence = " ".join(place.description.split()).split(". ")[0].removesuffix(".")
    first_word = sentence.split(" ")[0]
    if first_word[1:] == first_word[1:].lower():
        sentence = sentence[:1].lower() + sentence[1:]
    return f"is missing; add it ({sentence})" if sentence else "is missing; add it"


def wrong_value(error: ErrorDetails, place: Place, written: str, meant: Intended) -> str:
    """Word a value that is not allowed.

    Args:
        error: what pydantic says.
        place: where, in the model.
        written: the scalar as it stands in the file.
        meant: what was probably to be written.
    """
    value = error["input"]
    hidden = is_secret(place.path)
    if meant.error and not hidden and (error["type"] in _NUMBERS or not isinstance(value, str)):
        return _wrong_either_way(error, meant.error, place, written)
    if isinstance(value, Surprise):
        return surprise(value, _KINDS.get(type(meant.value), error["type"]), hidden=hidden)
    if isinstance(value, float) and error["type"] == "string_type" and not hidden and written != str(value):
        return f"YAML reads {written} as the number {value}; quote it: {quoted(written)}"
    requirement = ("key " if place.on_key else "") + _requirement(error, place, value)
    if hidden and isinstance(value, str) and value:
        requirement = requirement.replace(value, "***")
    hint = _hint(error, value, "" if hidden else written)
    return _with_got(requirement, "" if hidden else _got(value, written), hint)


def _with_got(requirement: str, got: str, hint: str = "") -> str:
    first, semicolon, rest = requirement.partition(";")
    if got and ", got " not in first:
        first += f", got {got}"
    return printable(first + semicolon + rest + (f"; {hint}" if hint else ""))


def _wrong_either_way(error: ErrorDetails, other: ErrorDetails, place: Place, written: str) -> str:
    """Say what has to stand where ``written`` would not do as a value of the right kind either."""
    requirement = _requirement(other, place, other["input"])
    first, got, rest = requirement.partition(", got ")
    if error["type"] == "string_type" and "quotes" not in first:
        first += ", as text in quotes"
    elif isinstance(error["input"], str):
        first += ", without quotes"
    return _with_got(first + got + rest, shortened(written))


def surprise(value: Surprise, error_type: str, *, hidden: bool) -> str:
    """Word a scalar that YAML turns into something else.

    Args:
        value: the scalar.
        error_type: pydantic's error, from which follows what was expected; "" when unknown.
        hidden: whether the scalar may be a secret.
    """
    if hidden:
        return "is not read as text by YAML; put it in quotes"
    written = shortened(value.written)
    reading = f"YAML reads {written} as {value.reading}"
    expected = error_type.partition("_")[0]
    if expected == "string":
        return f"{reading}; quote it: {quoted(value.written)}"
    if expected in _TYPES and not _fits(value.plain or "", expected):
        return f"must be {_TYPES[expected]}; {reading}"
    if expected in _TYPES:
        return f"{reading}; write {value.plain}"
    plain = f"write {value.plain}, or " if value.plain else ""
    return f"{reading}; {plain}quote it if text is meant: {quoted(value.written)}"


def _fits(plain: str, expected: str) -> bool:
    """Tell whether ``plain`` could be written where a value of type ``expected`` is wanted."""
    if expected == "bool":
        return plain in {"true", "false"}
    return bool({"int": _WHOLE_NUMBER, "float": _NUMBER}.get(expected, _NOTHING).fullmatch(plain))


def is_secret(path: Path) -> bool:
    """Tell by its name whether the value at ``path`` may be a secret."""
    *sections, last = [part for part in path if isinstance(part, str)] or [""]
    return bool(_SECRET_FIELD.search(last)) or any(map(_SECRET_SECTION.search, sections))


def _requirement(error: ErrorDetails, place: Place, value: Any) -> str:
    """Say what is allowed."""
    kind, context = error["type"], error.get("ctx", {})
    expected = _TYPES.get(kind.partition("_")[0])
    if kind == "value_error":
        text = str(context["error"])
    elif kind in {"enum", "literal_error"}:
        text = _one_of(_expected(context), value)
    elif kind == "string_pattern_mismatch":
        words = next((one.text for one in place.metadata if isinstance(one, Words)), None)
        text = f"must be {words}" if words else f"must match the pattern {context['pattern']}"
    elif kind.endswith(("too_short", "too_long")):
        text = _length(kind, context, len(value))
    elif kind.startswith(("greater_than", "less_than")):
        text = f"must be {_range(place, context)}"
    elif expected and kind.endswith(("_type", "_parsing", "_from_float")):
        text = f"must be {expected}"
    else:
        message = error["msg"].replace("Input should", "must").replace("Value should", "must")
        text = message[:1].lower() + message[1:]
    return text


def _one_of(allowed: list[str], value: Any) -> str:
    two = 2
    choices = " or ".join(allowed) if len(allowed) <= two else "one of " + ", ".join(allowed)
    meant = did_you_mean(value, allowed) if isinstance(value, str) and value not in allowed else ""
    return f"must be {choices}{meant}"


def _expected(context: dict[str, Any]) -> list[str]:
    """Take pydantic's ``'a', 'b' or 'c'`` apart."""
    parts = re.split(r", | or ", context["expected"])
    return [part[1:-1] if part[:1] == part[-1:] == "'" else part for part in parts]


def _length(kind: str, context: dict[str, Any], length: int) -> str:
    limit = context.get("min_length", context.get("max_length"))
    if kind.endswith("_short") and limit == 1:
        return "must not be empty"
    bound = "at least" if kind.endswith("_short") else "at most"
    if kind.startswith("string"):
        return f"must have {bound} {limit} characters"
    return f"must have {bound} {limit} entr{'y' if limit == 1 else 'ies'}, got {length}"


def _range(place: Place, context: dict[str, Any]) -> str:
    found = [
        f"{text} {getattr(one, name)}"
        for kind, name, text in _BOUNDS
        for one in place.metadata
        if isinstance(one, kind)
    ]
    return " and ".join(found or [f"{text} {context[name]}" for _, name, text in _BOUNDS if name in context])


def _got(value: Any, written: str) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None:
        return "nothing"
    return shortened(written) or str(value)


def _hint(error: ErrorDetails, value: Any, written: str) -> str:
    kind = error["type"]
    if kind == "string_type" and isinstance(value, bool | int | float):
        return "quote it" + (f": {quoted(written)}" if written else "")
    if kind in {"tuple_type", "list_type"} and isinstance(value, str):
        return f"put it in brackets: [{shortened(value)}]" if written else "put it in brackets"
    if isinstance(value, str) and (_fits(value, kind.partition("_")[0]) or value in _offered_numbers(error)):
        return "remove the quotes" + (f": {value}" if written else "")
    return ""


def _offered_numbers(error: ErrorDetails) -> list[str]:
    """Return the numbers that a literal may be; texts stand in quotes in pydantic's list."""
    offered = re.split(r", | or ", error.get("ctx", {}).get("expected", ""))
    return [part for part in offered if part[:1] != "'"] if error["type"] == "literal_error" else []
