"""What a schema shows to a person holds: titles are words, examples pass the rules of what they stand for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

import estate.rules  # noqa: F401 - what is validated here is judged by all rules
from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.rules import Path, RulesBroken
from estate.model.terms import title
from estate.reading.declared import fields_by_key
from estate.reading.yaml_source import read
from estate.schema_export import schema_text, schemas
from operations.review import schemas as review
from tests.example import ENVIRONMENTS, NAMES

SCHEMAS = {name: json.loads(text) for name, text in {**schemas(), **review.schemas()}.items()}

NETWORK = {"cidr": "10.21.0.0/16", "gateway": "10.21.0.1"}
BESIDE: dict[tuple[str, str], dict[str, Any]] = {
    ("WorkstationConfig", "ip"): {"network": NETWORK},
    ("WorkstationNetwork", "gateway"): {"cidr": "10.21.0.0/16"},
    ("BastionConfig", "allowed_ssh_cidrs"): {"access": "ssh"},
}
"""What has to stand beside an example, by class and key: rules compare the two."""


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping in a schema, itself included."""
    if isinstance(schema, dict):
        yield schema
    values = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for one in values:
        yield from parts(one)


def models(value: Any) -> Iterator[BaseModel]:
    """Yield every model in a value, itself included."""
    if isinstance(value, BaseModel):
        yield value
        value = dict(value)
    values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    for one in values:
        yield from models(one)


def examples(schema: dict[str, Any]) -> Iterator[Any]:
    """Yield a value of a field for each example in its schema: in a list or map where it stands in one."""
    yield from schema.get("examples", ())
    for one in schema.get("anyOf", ()):
        yield from examples(one)
    for one in examples(schema["items"]) if "items" in schema else ():
        yield [one]
    inner = schema.get("additionalProperties")
    # Of a map of zones the estate has no entry that any address would do for.
    takes_any_key = re.search(schema.get("propertyNames", {}).get("pattern", ""), "x")
    for one in examples(inner) if isinstance(inner, dict) and takes_any_key else ():
        yield {"x": one}


def found(model: BaseModel) -> dict[str, Any]:
    """What a model was made of."""
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def refusals(model: BaseModel, key: str, example: Any) -> list[tuple[Path, str]]:
    """What the rules of a model's own have against an example, with the rest as it is."""
    class_ = type(model)
    whole = {**found(model), **BESIDE.get((class_.__name__, key), {}), key: example}
    if class_.__name__ == "WorkstationConfig":
        whole["network"] = {**whole["network"], **NETWORK}
    try:
        class_.model_validate(whole)
    except ValidationError as invalid:
        errors = invalid.errors()
    else:
        return []
    broken = [error.get("ctx", {}).get("error") for error in errors]
    own = [((*error["loc"],), error["msg"]) for error in errors if error["loc"][:1] == (key,)]
    ruled = [
        (violation.path, violation.message)
        for one in broken
        if isinstance(one, RulesBroken)
        for violation in one.violations
        if violation.path[:1] == (key,)
    ]
    return own + ruled


Examples = dict[tuple[type[BaseModel], str], list[tuple[BaseModel, Any]]]


@pytest.fixture(name="exemplified", scope="module")
def _exemplified() -> Examples:
    """Every key with an example that stands in the estate, with the models that it may stand in."""
    estate: list[BaseModel] = [
        *(Environment.model_validate(read(ENVIRONMENTS / f"{name}.yaml", name).data) for name in NAMES),
        Organization.model_validate(read(ENVIRONMENTS / "organization.yaml", "organization").data),
    ]
    there: Examples = {}
    for whole in estate:
        for model in models(whole):
            own = json.loads(schema_text(type(model)))
            for key in fields_by_key(type(model)):
                for example in examples(own["properties"][key]):
                    there.setdefault((type(model), key), []).append((model, example))
    return there


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_title_is_a_class_name(name: str) -> None:
    """An editor offers titles where several things may stand."""
    titles = [one["title"] for one in parts(SCHEMAS[name]) if isinstance(one.get("title"), str)]

    assert titles
    assert [one for one in titles if re.search(r"[A-Z][a-z]+[A-Z][a-z]|(Config|Json)$|_", one)] == []


@pytest.mark.parametrize("name", schemas())
def test_every_definition_has_a_title(name: str) -> None:
    """Without one, an editor shows the definition's name, which is the class's."""
    definitions = SCHEMAS[name].get("$defs", {})

    assert [key for key, one in definitions.items() if not one.get("title")] == []


def test_an_example_passes_its_own_rules(exemplified: Examples) -> None:
    """Somewhere in the estate; what an editor proposes must not be refused a second later."""
    outcomes = {
        f"{class_.__module__}.{class_.__name__}.{key}": [
            refusals(model, key, example) for model, example in found
        ]
        for (class_, key), found in exemplified.items()
    }

    assert outcomes
    assert {key: found[0] for key, found in outcomes.items() if [] not in found} == {}


def test_nearly_every_example_is_tried(exemplified: Examples) -> None:
    """Those of keys that the estate says nowhere are of types that it says elsewhere."""
    with_examples = {
        (definition["title"], key)
        for definition in SCHEMAS["environment.json"]["$defs"].values()
        for key, field in definition.get("properties", {}).items()
        if list(examples(field))
    }
    tried = {(title(class_.__name__), key) for class_, key in exemplified}

    assert with_examples - tried == {
        ("Allow", "sources"),
        ("Manual", "ingress_vip"),
        ("Mesh cluster", "east_west_vip"),
        ("Existing VPC", "cidr"),
        ("Other VPC", "cidr"),
        ("Other zone subnets", "private_cidr"),
    }


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_the_words_for_a_pattern_name_matches_it(name: str) -> None:
    """The message that says what is allowed is an example, too."""
    said = [
        (one["pattern"], example.group(1))
        for one in parts(SCHEMAS[name])
        if isinstance(one.get("patternErrorMessage"), str)
        and (example := re.search(r'such as "?([^\s",;]+)', one["patternErrorMessage"]))
    ]

    assert [pair for pair in said if not re.search(*pair)] == [
        # shortened, because nobody types a key
        pair
        for pair in said
        if pair[1] == "ssh-ed25519"
    ]
