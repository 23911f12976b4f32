"""What is found in JSON that a provider would refuse, or warn of, kind by kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.providers.holding import problems

SCHEMA: dict[str, Any] = {
    "configuration": {"attributes": {"project": {"type": "string", "optional": True}}},
    "resources": {
        "a_thing": {
            "attributes": {
                "name": {"type": "string", "required": True},
                "id": {"type": "string", "computed": True},
                "old": {"type": "bool", "optional": True, "deprecated": True},
                "count_of": {"type": "number", "optional": True},
                "on": {"type": "bool", "optional": True},
                "texts": {"type": ["list", "string"], "optional": True},
                "labels": {"type": ["map", "string"], "optional": True},
                "parts": {"type": ["set", ["object", {"a": "number"}]], "optional": True},
                "one": {"type": "string", "optional": True},
                "other": {"type": "string", "optional": True},
                "third": {"type": "string", "optional": True},
            },
            "blocks": {
                "inner": {
                    "nesting": "list",
                    "min_items": 1,
                    "max_items": 2,
                    "attributes": {"x": {"type": "string", "required": True}},
                    "blocks": {
                        "deep": {
                            "nesting": "list",
                            "attributes": {
                                "y": {"type": "string", "optional": True},
                                "z": {"type": "string", "optional": True},
                            },
                        }
                    },
                },
                "unordered": {"nesting": "set", "attributes": {"x": {"type": "string", "optional": True}}},
            },
        }
    },
    "data": {"a_thing": {"attributes": {"name": {"type": "string", "required": True}}}},
    "together": {
        "a_thing": {
            "one": {"conflicts_with": ["other"]},
            "third": {"required_with": ["one", "third"]},
            "inner.deep.y": {"exactly_one_of": ["inner.deep.y", "inner.deep.z"]},
        }
    },
}
RIGHT: dict[str, Any] = {"name": "n", "inner": {"x": "y"}}


def found(body: dict[str, Any] | None = None, **stack: Any) -> list[str]:
    """What is wrong with a resource, which is right but for what is said, and with what else a stack has."""
    return list(problems({"resource": {"a_thing": {"T": {**RIGHT, **(body or {})}}}, **stack}, {"a": SCHEMA}))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="the least"),
        pytest.param(
            {"//": {}, "depends_on": ["b"], "count": 1, "provider": "a.b"}, id="what Terraform takes"
        ),
        pytest.param({"old": None, "inner": [{"x": "y"}, {"x": "y"}]}, id="null, and two blocks"),
        pytest.param({"on": "${a}", "texts": "${b}", "labels": {"a": None}}, id="computed values"),
        pytest.param({"count_of": 1.5, "texts": ["a"], "parts": [{"a": 1}], "on": True}, id="right values"),
        pytest.param({"one": "1", "third": "3"}, id="what goes together"),
        pytest.param({"inner": {"x": "y", "deep": {"y": "1"}}}, id="one of two"),
        pytest.param(
            {"lifecycle": {"ignore_changes": ["inner[0].deep", "labels.a"], "prevent_destroy": True}},
            id="ignored",
        ),
        pytest.param(
            {"name": "${a_thing.X.inner[0].x} ${data.a_thing.Y.name} ${b_thing.Z.odd} ${a_odd.Z.odd}"},
            id="references",
        ),
    ],
)
def test_nothing_is_found_in_what_is_right(body: dict[str, Any]) -> None:
    """Whatever form it has."""
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param({"odd": 1}, "a_thing.T.odd: there is no such attribute", id="unknown"),
        pytest.param(
            {"inner": {"x": "", "odd": 1}}, "a_thing.T.inner.odd: there is no such attribute", id="below"
        ),
        pytest.param({"id": "1"}, "a_thing.T.id: only the provider sets it", id="computed"),
        pytest.param({"old": False}, "a_thing.T.old: is deprecated", id="deprecated"),
        pytest.param({"name": 1}, 'a_thing.T.name: is no "string", 1', id="no text"),
        pytest.param({"count_of": "1"}, 'a_thing.T.count_of: is no "number", "1"', id="no number"),
        pytest.param(
            {"count_of": True}, 'a_thing.T.count_of: is no "number", true', id="boolean for a number"
        ),
        pytest.param({"on": "true"}, 'a_thing.T.on: is no "bool", "true"', id="no boolean"),
        pytest.param({"texts": [1]}, 'a_thing.T.texts: is no ["list", "string"], [1]', id="list of others"),
        pytest.param({"labels": []}, 'a_thing.T.labels: is no ["map", "string"], []', id="no map"),
        pytest.param(
            {"parts": [{"b": 1}]},
            'a_thing.T.parts: is no ["set", ["object", {"a": "number"}]], [{"b": 1}]',
            id="object",
        ),
        pytest.param({"name": None}, "a_thing.T.name: is required, and missing", id="missing"),
        pytest.param({"inner": None}, "a_thing.T.inner: there are 0 of the block", id="too few"),
        pytest.param({"inner": [{"x": "y"}] * 3}, "a_thing.T.inner: there are 3 of the block", id="too many"),
        pytest.param({"one": "1", "other": "2"}, "a_thing.T.one: conflicts with other", id="conflict"),
        pytest.param({"third": "1"}, "a_thing.T.third: required with one, third", id="alone"),
        pytest.param(
            {"inner": {"x": "y", "deep": {"y": "1", "z": "2"}}},
            "a_thing.T.inner.deep.y: exactly one of inner.deep.y, inner.deep.z",
            id="both",
        ),
        pytest.param(
            {"inner": {"x": "y", "deep": {}}},
            "a_thing.T.inner.deep.y: exactly one of inner.deep.y, inner.deep.z",
            id="neither",
        ),
        pytest.param(
            {"lifecycle": {"ignore_changes": ["inner[0].odd"]}},
            "a_thing.T.lifecycle: there is no inner[0].odd, by its schema no odd",
            id="ignores what is not there",
        ),
        pytest.param(
            {"lifecycle": {"postcondition": [{"condition": "${self.odd != 1}"}]}},
            "a_thing.T.lifecycle: there is no odd, by its schema no odd",
            id="looks at what is not there",
        ),
        pytest.param(
            {"name": "${a_thing.X.odd}"},
            "resource.a_thing.T.name: a_thing has no odd, by its schema no odd",
            id="refers to what is not there",
        ),
        pytest.param(
            {"name": "${data.a_thing.X.id}"},
            "resource.a_thing.T.name: data.a_thing has no id, by its schema no id",
            id="refers to what is not read",
        ),
        pytest.param(
            {"name": "${a_thing.X.unordered[0].x}"},
            "resource.a_thing.T.name: a_thing has no unordered[0].x, since unordered has no order",
            id="position in a set",
        ),
    ],
)
def test_finds_what_a_provider_refuses_or_warns_of(body: dict[str, Any], said: str) -> None:
    """Each by its address."""
    assert found(body) == [said]


def test_finds_what_is_wrong_elsewhere() -> None:
    """In data sources, in the provider's own block, and of a type without a schema."""
    assert found(
        data={"a_thing": {"D": {}}},
        provider={"a": [{"alias": "b", "project": 1}], "b": [{"odd": 1}]},
    ) == ['provider.a.project: is no "string", 1', "a_thing.D.name: is required, and missing"]
    assert list(problems({"resource": {"a_new": {"N": {}}, "b_x": {"X": {}}}}, {"a": SCHEMA})) == [
        "a_new.N: no schema of the type; run make provider-schemas"
    ]
