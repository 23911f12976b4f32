"""What of a plan is shown for review: that a secret changes, and nothing of what it is."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from operations.plans.shown import shown

SALT, OTHER = b"a" * 32, b"b" * 32
ONE, TWO = "hunter2-hunter2", "tr0ub4dor-tr0ub4dor"


def change(before: Any, after: Any, **more: Any) -> dict[str, Any]:
    """One entry of a plan's changes."""
    return {
        "address": "x.y",
        "type": "x",
        "change": {"actions": ["update"], "before": before, "after": after, **more},
    }


def values(plan: dict[str, Any], salt: bytes = SALT) -> tuple[Any, Any]:
    """Before and after of the first change as they are shown."""
    first = shown(plan, salt)["resource_changes"][0]["change"]
    return first["before"], first["after"]


def test_a_secret_that_changes_is_told_from_one_that_stays() -> None:
    """By markers: equal for equal values within one plan, and for nothing outside it."""
    mask = {"changes": True, "stays": True, "list": [False, True], "block": {"inner": True}, "gone": True}
    masks = {"before_sensitive": mask, "after_sensitive": mask}
    one = {"changes": ONE, "stays": TWO, "list": ["open", ONE], "block": {"inner": {"a": 1}}, "gone": None}
    two = {"changes": TWO, "stays": TWO, "list": ["open", ONE], "block": {"inner": {"a": 2}}, "gone": ""}

    before, after = values({"resource_changes": [change(one, two, **masks)]})

    assert before["changes"] != after["changes"] == after["stays"] == before["stays"]
    assert before["list"] == after["list"] == ["open", before["changes"]]
    assert before["block"]["inner"] != after["block"]["inner"]
    assert (before["gone"], after["gone"]) == (None, "")
    assert before["changes"].startswith("(sensitive ")
    assert ONE not in json.dumps([before, after])
    assert before != values({"resource_changes": [change(one, two, **masks)]}, OTHER)[0]


def test_what_is_secret_on_one_side_is_secret_on_both() -> None:
    """An output or an attribute that is no longer marked still holds yesterday's secret."""
    plan = {
        "resource_changes": [change({"k": ONE}, {"k": ONE}, before_sensitive={"k": True}, after_sensitive={})]
    }

    before, after = values(plan)

    assert before == after
    assert ONE not in json.dumps(before)


def test_unmarked_copies_go_by_the_same_marker() -> None:
    """In another attribute, as a key, in an address, in a message of a check, as a number, line by line, encoded."""
    secret = "first line\nsecond line"  # noqa: S105 - good nowhere
    plan = {
        "resource_changes": [
            change(
                {"k": secret, "n": 1234567, "c": f"x{ONE}y"},
                {"copy": "a second line b", ONE: 1234567, "other": 12},
                before_sensitive={"k": True, "n": True, "c": True},
            ),
            change({}, {"url": f"https://{ONE}@x"}),
        ],
        "output_changes": {"o": {"before": ONE, "after": "plain text", "before_sensitive": True}},
        "checks": [{"instances": [{"problems": [{"message": f"not {ONE}"}]}]}],
        "configuration": {
            "root_module": {"resources": [{"expressions": {"k": {"constant_value": {"type": ONE}}}}]},
        },
    }

    text = json.dumps(shown(plan, SALT))

    marker = shown(plan, SALT)["output_changes"]["o"]["before"]
    assert ONE not in text
    assert "1234567" not in text
    assert "second line" not in text
    assert text.count(marker) == 5
    assert "plain text" not in text
    assert '"other": 12' in text


def test_variables_have_no_value_at_all() -> None:
    """Those that are declared sensitive are taken out everywhere."""
    plan = {
        "variables": {"key": {"value": ONE}, "region": {"value": "eu-north-1"}, "none": {}},
        "configuration": {
            "root_module": {"variables": {"key": {"sensitive": True, "default": TWO}, "region": {}}}
        },
        "resource_changes": [change(None, {"region": "eu-north-1", "copy": f"{ONE} {TWO}"})],
    }

    found = shown(plan, SALT)

    assert "eu-north-1" not in json.dumps(found["variables"])
    assert found["variables"]["none"] == {"value": None}
    assert found["resource_changes"][0]["change"]["after"]["region"] == "eu-north-1"
    assert not {ONE, TWO} & set(json.dumps(found).split('"'))


def test_secrets_of_the_state_are_known_and_the_state_is_left_out() -> None:
    """What a data source read, such as a token, stands nowhere else with a mark."""
    state = {
        "values": {"root_module": {"resources": [{"values": {"t": ONE}, "sensitive_values": {"t": True}}]}}
    }
    plan = {
        "prior_state": state,
        "planned_values": {},
        "relevant_attributes": [],
        "resource_changes": [change(None, {"copy": ONE})],
    }

    assert shown(plan, SALT).keys() == {"resource_changes"}
    assert ONE not in json.dumps(shown(plan, SALT))


def test_what_says_how_to_read_the_rest_stays() -> None:
    """Also where it happens to be somebody's secret."""
    plan = {
        "complete": True,
        "errored": {"odd": 1},
        "format_version": "1.2",
        "new_in_terraform_2": {"secret": ONE},
        "resource_changes": [change({"k": "update"}, {"k": "update"}, before_sensitive={"k": True})],
        "action_invocations": [{"config_values": {"k": ONE}, "config_sensitive": {"k": True}, "type": "x"}],
    }

    found = shown(plan, SALT)

    assert found["resource_changes"][0]["change"]["actions"] == ["update"]
    assert (found["complete"], found["errored"], found["format_version"]) == (True, None, "1.2")
    assert found["new_in_terraform_2"] is None
    assert ONE not in json.dumps(found)


def test_a_value_beside_its_mask_is_refused_no_reading() -> None:
    """A mask deeper than its value, or longer or shorter than its list, marks what is there."""
    plan = {
        "resource_changes": [
            change({"a": ["x", ONE], "b": "text"}, None, before_sensitive={"a": [False], "b": [True]})
        ]
    }

    assert values(plan) == ({"a": ["x", ONE], "b": "text"}, None)


LEAVES = st.sampled_from([ONE, TWO, None]) | st.integers()
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=12,
)


@given(value=VALUES, other=VALUES, salt=st.sampled_from([SALT, OTHER]))
def test_no_marked_secret_is_shown(value: Any, other: Any, salt: bytes) -> None:
    """Wherever it stands, in whatever shape."""
    plan = {
        "resource_changes": [change(value, other, before_sensitive=True), change(None, {"copy": other})],
        "resource_drift": [change({"a": value}, {"a": other}, after_sensitive={"a": True})],
    }

    text = json.dumps(shown(plan, salt))

    assert ONE not in text
    assert TWO not in text
