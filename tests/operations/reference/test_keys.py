"""Keys of a file as Markdown, from its JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest

from operations.reference.keys import keys_markdown


def row(key: str, field: dict[str, Any], **schema: Any) -> list[str]:
    """The cells of one key."""
    text = keys_markdown({"properties": {key: field}, **schema}, "see {}".format)
    return text.splitlines()[2].strip("| ").split(" | ")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        pytest.param({"type": "integer", "minimum": 1, "maximum": 9}, "1 to 9", id="between"),
        pytest.param({"type": "integer", "minimum": 1}, "a whole number, at least 1", id="at-least"),
        pytest.param({"type": "number", "maximum": 9}, "a number, at most 9", id="at-most"),
        pytest.param({"type": "number", "exclusiveMinimum": 0}, "a number, more than 0", id="more-than"),
        pytest.param(
            {"type": "integer", "minimum": 4, "multipleOf": 4},
            "a whole number, at least 4, in steps of 4",
            id="steps",
        ),
        pytest.param({"type": "string", "maxLength": 5}, "text, at most 5 characters", id="length"),
        pytest.param({"type": "string", "patternErrorMessage": "must be a name"}, "a name", id="words"),
        pytest.param({"enum": ["a", "b"], "type": "string"}, "`a`, `b`", id="choices"),
        pytest.param(
            {"anyOf": [{"type": "boolean"}, {"type": "string"}, {"type": "null"}]},
            "true or false or text",
            id="either",
        ),
        pytest.param(
            {"type": "array", "items": {"type": "string"}, "minItems": 3, "maxItems": 3},
            "a list of 3 of: text",
            id="exactly",
        ),
        pytest.param(
            {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3},
            "a list, at least 1, at most 3 of: text",
            id="some",
        ),
        pytest.param(
            {"type": "object", "additionalProperties": {"type": "string"}}, "a map of: text", id="map"
        ),
    ],
)
def test_says_what_may_stand_there(field: dict[str, Any], said: str) -> None:
    """In the words of the errors, not in those of JSON Schema."""
    assert row("key", field)[1] == said


@pytest.mark.parametrize(
    ("default", "said"),
    [
        pytest.param(None, "-", id="nothing"),
        pytest.param(False, "`false`", id="flag"),
        pytest.param(3, "`3`", id="number"),
        pytest.param(["a", "b"], "`a`, `b`", id="list"),
        pytest.param({"logs": "system"}, "its keys' own", id="mapping"),
    ],
)
def test_says_what_holds_when_the_key_is_absent(default: Any, said: str) -> None:
    """As it would be written."""
    assert row("key", {"type": "string", "default": default})[3] == said


def test_a_required_key_has_to_be_said() -> None:
    """It has no default, whatever its schema says."""
    assert row("key", {"type": "string"}, required=["key"])[3] == "has to be said"


@pytest.mark.parametrize(
    ("description", "about", "effect"),
    [
        pytest.param("Range. Another one replaces the VPC.", "Range.", "replaced: Another one replaces the VPC", id="replaced"),
        pytest.param("Vip; cannot be changed later.", "Vip.", "refused: cannot be changed later", id="refused"),
        pytest.param("Place, which cannot change; here when absent.", "Place, which cannot change; here when absent.", "refused", id="first-clause"),
        pytest.param("Nodes that an upgrade replaces at once.", "Nodes that an upgrade replaces at once.", "see key", id="unknown"),
    ],
)  # fmt: skip
def test_what_a_change_does_is_what_the_description_says(description: str, about: str, effect: str) -> None:
    """And is not said twice."""
    assert row("key", {"type": "string", "description": description})[4:] == [about, effect]


def test_a_mapping_gets_a_section_that_its_key_leads_to() -> None:
    """Also in a list, in a map, and as one of two."""
    node = {"type": "object", "description": "A pool.", "properties": {"size": {"type": "integer"}}}
    empty = {"type": "object", "description": "Nothing.", "properties": {}}
    pools = {"type": "object", "additionalProperties": {"anyOf": [{"$ref": "#/$defs/Node"}, empty]}}
    text = keys_markdown({"properties": {"pools": pools}, "$defs": {"Node": node}})

    assert text == (
        "| key | what may stand there | unit | when absent | what it is |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `pools` | a map of: [keys of its own](#poolskey) | - | - |  |\n"
        "\n"
        "## `pools.KEY`\n"
        "\n"
        "A pool.\n"
        "\n"
        "| key | what may stand there | unit | when absent | what it is |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| `size` | a whole number | nodes | - |  |\n"
        "\n"
        "## `pools.KEY` (or)\n"
        "\n"
        "Nothing.\n"
        "\n"
        "It has no keys: `{}`.\n"
    )
