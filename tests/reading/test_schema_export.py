"""The JSON Schemas accept what the model accepts and refuse what a schema can refuse."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.reading.pruning import value_at
from estate.reading.yaml_source import read
from estate.schema_export import FOLDER, schema_text, schemas, write
from tests.example import ENVIRONMENTS, NAMES
from tests.reading.sample import VALID, Document

REAL = {name: json.loads(text) for name, text in schemas().items()}

REFACTORING: dict[str, Any] = {
    "import": [{"to": "aws_vpc.Vpc_1", "id": "vpc-1"}],
    "moved": [{"from": "aws_vpc.Vpc_2", "to": "aws_vpc.Vpc_3"}],
    "removed": [{"from": "aws_kms_key.Key_1", "destroy": False, "reason": "handed over"}],
}


def real_document(name: str) -> dict[str, Any]:
    """Return one of the example's files as plain data."""
    return read(ENVIRONMENTS / name, name).data


DOCUMENTS: list[tuple[type[BaseModel], dict[str, Any]]] = [
    (Document, VALID),
    (Refactoring, REFACTORING),
    (Organization, real_document("organization.yaml")),
    *((Environment, real_document(f"{name}.yaml")) for name in NAMES),
]
VALIDATORS = {model: Draft202012Validator(json.loads(schema_text(model))) for model, _ in DOCUMENTS}

# Errors of pydantic that say something a schema can say too. Rules and functions raise value_error.
BEYOND_A_SCHEMA = {"value_error"}

JUNK: list[Any] = [
    None,
    True,
    False,
    -1,
    0,
    7,
    1.5,
    "",
    "no",
    "7",
    "Aa",
    "aa",
    "10.0.0.0/16",
    [],
    ["aa"],
    [7],
    {},
    {"aa": {}},
]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value below ``value``."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield (*path, key)
        yield from places(inner, (*path, key))


@st.composite
def spoiled(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """Draw ``document`` with a few values replaced, taken out or added."""
    changed = copy.deepcopy(document)
    for _ in range(draw(st.integers(0, 3))):
        *above, last = draw(st.sampled_from(list(places(changed)) or [("x",)]))
        holder = value_at(changed, tuple(above))
        there = isinstance(holder, list) or last in holder
        change = draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "add" and isinstance(holder, dict):
            holder[draw(st.sampled_from(["unknown", "A b", "ok"]))] = copy.deepcopy(
                draw(st.sampled_from(JUNK))
            )
        elif change == "remove":
            holder.pop(last, None) if isinstance(holder, dict) else holder.pop()
        elif change == "replace" and there:
            holder[last] = copy.deepcopy(draw(st.sampled_from(JUNK)))
    return changed


def errors(model: type[BaseModel], document: dict[str, Any]) -> set[str]:
    """Return the types of pydantic's errors."""
    try:
        model.model_validate(document)
    except ValidationError as invalid:
        return {error["type"] for error in invalid.errors()}
    return set()


@pytest.mark.parametrize(("model", "document"), DOCUMENTS)
def test_accepts_what_is_valid(model: type[BaseModel], document: dict[str, Any]) -> None:
    """An editor finds nothing in a file that the loader accepts."""
    assert errors(model, document) == set()
    assert [error.message for error in VALIDATORS[model].iter_errors(document)] == []


@given(data=st.data())
def test_agrees_with_the_model(data: st.DataObject) -> None:
    """Nothing the model accepts is refused; whatever a schema can express is refused by both."""
    model, document = data.draw(st.sampled_from(DOCUMENTS))
    changed = data.draw(spoiled(document))

    found = errors(model, changed)
    accepted = VALIDATORS[model].is_valid(changed)

    assert accepted or found
    assert not accepted or found <= BEYOND_A_SCHEMA


@pytest.mark.parametrize("name", REAL)
def test_is_a_schema_of_the_draft_it_names(name: str) -> None:
    """Editors choose their reading by the draft."""
    Draft202012Validator.check_schema(REAL[name])

    assert REAL[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", REAL)
def test_committed_schema_is_current(name: str) -> None:
    """Fails after a change of the model until `make snapshots` has been run."""
    assert (FOLDER / name).read_text("utf-8") == schemas()[name]


def test_writes_every_schema(tmp_path: Path) -> None:
    """The folder is made; nothing else is put into it."""
    write(tmp_path / "schema")

    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "schema").iterdir()} == schemas()


def keyword(schema: Any, name: str) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield every schema that has the keyword ``name``, with its value."""
    if isinstance(schema, dict):
        if name in schema and not isinstance(schema[name], dict):
            yield schema, schema[name]
        for inner in schema.values():
            yield from keyword(inner, name)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keyword(inner, name)


@pytest.mark.parametrize("name", REAL)
def test_every_pattern_stands_in_words_too(name: str) -> None:
    """A person is told what is allowed, not shown a regular expression; see estate/model/words.py."""
    silent = [
        pattern for schema, pattern in keyword(REAL[name], "pattern") if "patternErrorMessage" not in schema
    ]

    assert silent == []


@pytest.mark.parametrize("name", REAL)
def test_patterns_mean_the_same_everywhere(name: str) -> None:
    r"""\d and \w mean every script's digits and letters to the model, but only ASCII to an editor."""
    dialects = [pattern for _, pattern in keyword(REAL[name], "pattern") if re.search(r"\\[dwsDWS]", pattern)]

    assert dialects == []


@pytest.mark.parametrize("name", REAL)
def test_every_property_is_described(name: str) -> None:
    """What an editor shows beside a key."""
    mappings = [REAL[name], *REAL[name].get("$defs", {}).values()]

    bare = [
        key
        for mapping in mappings
        for key, schema in mapping.get("properties", {}).items()
        if not schema.get("description")
    ]

    assert bare == []


def test_maps_say_which_keys_and_which_alternatives_they_take() -> None:
    """The words for a wrong key, and anyOf, are what editors can explain."""
    section = json.loads(schema_text(Document))["$defs"]["Section"]

    assert section["properties"]["keys"] == {
        "additionalProperties": {"anyOf": [{"$ref": "#/$defs/Made"}, {"$ref": "#/$defs/Found"}]},
        "default": {},
        "description": "Keys by purpose.",
        "propertyNames": {
            "pattern": "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$",
            "patternErrorMessage": "must be lower-case letters, digits and hyphens, at most 40, a letter first "
            "and no hyphen last",
        },
        "type": "object",
    }


def test_optional_alternatives_stand_beside_null() -> None:
    """An editor explains one list of alternatives better than two, one in the other."""
    vpc = REAL["environment.json"]["$defs"]["AwsConfig"]["properties"]["management_vpc"]

    assert vpc["anyOf"] == [
        {"$ref": "#/$defs/ManagementVpcConfig"},
        {"$ref": "#/$defs/ExistingVpcConfig"},
        {"type": "null"},
    ]
