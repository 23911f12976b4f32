"""The unit of a key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from estate.schema_export import schemas
from operations.reference.units import unit

NUMBER: dict[str, Any] = {"type": "integer"}


@pytest.mark.parametrize(
    ("key", "field", "about", "said"),
    [
        pytest.param("rotation_days", NUMBER, "", "days", id="the end of its name"),
        pytest.param(
            "memory_mb", {"anyOf": [NUMBER, {"type": "null"}]}, "Memory in MiB.", "MiB", id="what is said"
        ),
        pytest.param("retention_days", {"enum": [1, 7]}, "", "days", id="one of some numbers"),
        pytest.param("switch_days", {"enum": [True, "a"]}, "", "", id="words"),
        pytest.param("priority", NUMBER, "A place.", "", id="a number that is a name"),
        pytest.param("version_days", {"type": "string"}, "", "", id="text"),
        pytest.param(
            "from",
            {"type": "array", "items": {"type": "string", "pattern": "^[0-9]+/[0-9]{1,2}$"}},
            "",
            "CIDR",
            id="ranges",
        ),
        pytest.param(
            "labels",
            {"type": "object", "additionalProperties": {"type": "string"}},
            "",
            "",
            id="a map of text",
        ),
    ],
)
def test_a_unit_is_said_once(key: str, field: dict[str, Any], about: str, said: str) -> None:
    """By the description, by the name, or by the pattern."""
    assert unit(key, field, about) == said


def test_every_number_has_a_unit_or_is_a_name() -> None:
    """A size without a unit is a guess."""
    schema = json.loads(schemas()["environment.json"])
    bare = {
        key
        for definition in schema["$defs"].values()
        for key, field in definition.get("properties", {}).items()
        if any(one.get("type") in ("integer", "number") for one in (field, *field.get("anyOf", ())))
        and not unit(key, field, field["description"])
    }

    assert bare == {"generation", "interface", "number", "priority", "root", "upstream_fleet"}
