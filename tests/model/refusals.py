"""What a model refuses, as plain data."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from estate.model.rules import RulesBroken


def refusals(model: Any, document: Any) -> dict[str, str]:
    """Message by dotted path of everything that is wrong with a document; empty when nothing is."""
    try:
        TypeAdapter(model).validate_python(document)
    except ValidationError as error:
        found: dict[str, str] = {}
        for detail in error.errors():
            # A tag of a union, such as <managed>, is no key of the document.
            path = [part for part in detail["loc"] if not str(part).startswith("<")]
            broken = detail.get("ctx", {}).get("error")
            if isinstance(broken, RulesBroken):
                for violation in broken.violations:
                    found[_dotted(*path, *violation.path)] = violation.message
            else:
                found[_dotted(*path)] = detail["msg"]
        return found
    return {}


def _dotted(*path: object) -> str:
    return ".".join(map(str, path))
