"""Every key of a file as Markdown: what may stand there, its unit, what stands for it when absent, what a change does.

It is read out of the file's JSON Schema, which is generated from the model. What a change does is what the key's own
description says, and else what an experiment found (`operations.reference.effects`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from operations.reference.effects import NOTHING, SEE_PLAN
from operations.reference.units import unit
from operations.texts.markdown import flowing, table_lines

_EFFECTS = {
    "replaced": re.compile(r"\b(another|others?|changing it)\b.* replaces?\b", re.IGNORECASE),
    "refused": re.compile(r"\bcannot (be )?changed?\b|\brefuses to work in any other\b"),
    "in place, alone": re.compile(r"\bmust be the only one of its apply\b"),
    "nothing": re.compile(r"\banother one changes nothing\b"),
}
_BELOW = "keys of its own"
_WORDS = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}


@dataclass(frozen=True)
class Section:
    """Keys that stand together in a file.

    Attributes:
        path: where they stand, empty at the top.
        about: what the model says of them.
        rows: a row of the table for each key.
    """

    path: str
    about: str
    rows: tuple[tuple[str, ...], ...]


def keys_markdown(schema: Mapping[str, Any], effect: Callable[[str], str] | None = None) -> str:
    """A heading and a table for every place in the file that has keys of its own.

    Args:
        schema: the file's JSON Schema.
        effect: what a change of the key at a path does, where its description does not say it; None where a
            change shows in no plan, and so has no column.
    """
    titles = ("key", "what may stand there", "unit", "when absent", "what it is", "what a change does")
    width = len(titles) if effect else len(titles) - 1
    effect = effect or (lambda _: "")
    parts = []
    paths: set[str] = set()
    for section in _sections(schema, schema, "", effect):
        other = " (or)" if section.path in paths else ""
        paths.add(section.path)
        lines = [f"## `{section.path}`{other}", "", section.about, ""] if section.path else []
        rows = [row[:width] for row in section.rows]
        lines += table_lines(titles[:width], rows) if rows else ["It has no keys: `{}`."]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _sections(
    schema: Mapping[str, Any], model: Mapping[str, Any], path: str, effect: Callable[[str], str]
) -> Iterator[Section]:
    required = model.get("required", ())
    rows = tuple(
        _row(schema, f"{path}.{key}".removeprefix("."), field, effect, required=key in required)
        for key, field in model["properties"].items()
    )
    yield Section(path, model.get("description", ""), rows)
    for key, field in model["properties"].items():
        at = f"{path}.{key}" if path else key
        for below, suffix in _models(schema, field):
            yield from _sections(schema, below, at + suffix, effect)


def _models(schema: Mapping[str, Any], field: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every mapping with keys of its own that may stand in a field, with what leads there."""
    field = _resolved(schema, field)
    if "properties" in field:
        yield field, ""
    for one in field.get("anyOf", ()):
        yield from _models(schema, one)
    for word, suffix in (("additionalProperties", ".KEY"), ("items", "[]")):
        if isinstance(field.get(word), dict):
            yield from ((below, suffix + rest) for below, rest in _models(schema, field[word]))


def _resolved(schema: Mapping[str, Any], field: Mapping[str, Any]) -> Mapping[str, Any]:
    name = field.get("$ref", "").rpartition("/")[2]
    return {**schema["$defs"][name], **field} if name else field


def _row(
    schema: Mapping[str, Any],
    path: str,
    field: Mapping[str, Any],
    effect: Callable[[str], str],
    *,
    required: bool,
) -> tuple[str, ...]:
    key = path.rpartition(".")[2]
    below = next((path + suffix for _, suffix in _models(schema, field)), None)
    allowed = _allowed(schema, field).replace(_BELOW, f"[keys of its own](#{_anchor(below or '')})")
    absent = "has to be said" if required else _absent(field.get("default"))
    about, said = _split(field.get("description", ""))
    found = said or effect(path)
    return (
        f"`{key}`",
        flowing(allowed),
        unit(key, field, about) or "-",
        absent,
        flowing(about),
        flowing("its keys say" if below and found in (SEE_PLAN, NOTHING) else found),
    )


def _anchor(path: str) -> str:
    """What a heading of this path is called in a link."""
    return re.sub(r"[^a-z0-9_-]", "", path.lower())


def _absent(default: Any) -> str:
    if default in (None, {}, []):
        return "-"
    if isinstance(default, dict):
        return "its keys' own"
    if isinstance(default, list):
        return ", ".join(f"`{one}`" for one in default)
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _split(description: str) -> tuple[str, str]:
    """What a key is, and what changing it does, "" where that is not said."""
    clauses = re.findall(r".+?(?:[.;](?= |$)|$)\s*", description)
    for word, pattern in _EFFECTS.items():
        for position, clause in enumerate(clauses):
            if pattern.search(clause):
                if position == 0:
                    return description, word
                rest = "".join(clauses[:position] + clauses[position + 1 :]).strip()
                return re.sub(r";$", ".", rest), f"{word}: {clause.strip().rstrip('.;')}"
    return description, ""


def _allowed(schema: Mapping[str, Any], field: Mapping[str, Any]) -> str:
    """What may stand there, in words."""
    match _resolved(schema, field):
        case {"anyOf": alternatives}:
            some = (_allowed(schema, one) for one in alternatives if one.get("type") != "null")
            said = " or ".join(dict.fromkeys(some))
        case {"enum": words}:
            said = ", ".join(f"`{one}`" for one in words)
        case {"properties": _}:
            said = _BELOW
        case {"type": "array", "items": items, **rest}:
            said = f"{_counted(rest, 'Items', 'a list')} of: {_allowed(schema, items)}"
        case {"type": "object", "additionalProperties": values, **rest}:
            said = f"{_counted(rest, 'Properties', 'a map')} of: {_allowed(schema, values)}"
        case {"patternErrorMessage": str(words)}:
            said = words.removeprefix("must be ")
        case plain:
            said = _bounded(plain)
    return said


def _counted(field: Mapping[str, Any], what: str, word: str) -> str:
    least, most = field.get(f"min{what}"), field.get(f"max{what}")
    if least is not None and least == most:
        return f"{word} of {least}"
    bounds = [f"at least {least}" if least else "", f"at most {most}" if most else ""]
    return ", ".join([word, *filter(None, bounds)])


def _bounded(field: Mapping[str, Any]) -> str:
    word = _WORDS.get(str(field.get("type")), "anything")
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and most is not None:
        word = f"{least} to {most}"
    elif least is not None:
        word += f", at least {least}"
    more = {
        "maximum": "at most {}" if least is None else "",
        "exclusiveMinimum": "more than {}",
        "multipleOf": "in steps of {}",
        "maxLength": "at most {} characters",
    }
    said = [text.format(field[name]) for name, text in more.items() if name in field and text]
    return ", ".join([word, *said])
