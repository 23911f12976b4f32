"""Secrets planted in every position of a plan never come out, in no format and in no error."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.review.findings import Level
from operations.review.gate import judge
from operations.review.html import html
from operations.review.markdown import markdown
from operations.review.plan_file import PlanFile
from operations.review.report_json import review_json
from operations.review.review import Review
from operations.review.terminal import lines_of
from operations.texts.redaction import Redaction
from tests.operations.review.reviewed import change, plan, reviewed

_SECRET = "hunter2-hunter2"  # noqa: S105 - planted
_LONG = _SECRET * 40
_JSON_SECRET = 'quo"ted\\hunter2'  # noqa: S105 - planted


def _written(document: dict[str, Any]) -> str:
    review = Review(date(2026, 11, 21), (reviewed(document),))
    gate = judge(review, (), Level.INFO)
    lines = "\n".join(line for line, _ in lines_of(review, gate))
    return "\n".join([lines, markdown(review, gate), html(review, gate), review_json(review, gate)])


_MARKED = {"before_sensitive": {"password": True}, "after_sensitive": {"password": True}}


def _marked(before: Any, after: Any, **more: Any) -> dict[str, Any]:
    return change("aws_eip.a", "update", {"password": before}, {"password": after}, **{**_MARKED, **more})


_POSITIONS: dict[str, dict[str, Any]] = {
    "attribute": plan(_marked(_SECRET, f"{_SECRET}2")),
    "attribute before only": plan(
        change("aws_eip.a", "update", {"p": _SECRET}, {"p": "x"}, before_sensitive={"p": True})
    ),
    "attribute after only": plan(
        change("aws_eip.a", "update", {"p": "x"}, {"p": _SECRET}, after_sensitive={"p": True})
    ),
    "all attributes": plan(change("aws_eip.a", "update", {"p": _SECRET}, {"p": "x"}, before_sensitive=True)),
    "nested block": plan(
        change(
            "aws_eip.a",
            "update",
            {"b": [{"p": _SECRET, "q": "x"}]},
            {"b": [{"p": "y", "q": "z"}]},
            before_sensitive={"b": [{"p": True}]},
        )
    ),
    "item of a list": plan(
        change(
            "aws_eip.a", "update", {"l": ["x", _SECRET]}, {"l": ["y"]}, before_sensitive={"l": [False, True]}
        )
    ),
    "value of a map": plan(
        change("aws_eip.a", "update", {"m": {"k": _SECRET}}, {"m": {"k": "y"}}, after_sensitive={"m": True})
    ),
    "number": plan(change("aws_eip.a", "update", {"p": 987654321}, {"p": 1}, before_sensitive={"p": True})),
    "JSON in an attribute": plan(
        change(
            "aws_eip.a",
            "update",
            {"p": json.dumps({"k": _SECRET})},
            {"p": "{}"},
            before_sensitive={"p": True},
        )
    ),
    "new object": plan(change("aws_eip.a", "create", None, {"p": _SECRET}, after_sensitive={"p": True})),
    "object that goes": plan(
        change("aws_eip.a", "delete", {"p": _SECRET}, None, before_sensitive={"p": True})
    ),
    "object that stays": plan(
        change("aws_eip.a", "no-op", {"p": _SECRET}, {"p": _SECRET}, before_sensitive={"p": True}),
        change("aws_eip.b", "update", {"p": "x"}, {"p": f"url?{_SECRET}"}),
    ),
    "unmarked copy": plan(
        _marked(_SECRET, "x"), change("aws_eip.b", "update", {"url": "x"}, {"url": f"https://u:{_SECRET}@h"})
    ),
    "unmarked copy at the cut": plan(
        _marked(_LONG, "x"), change("aws_eip.b", "update", {"url": "x"}, {"url": "a" * 150 + _LONG})
    ),
    "unmarked copy in a list": plan(
        _marked(_JSON_SECRET, "x"), change("aws_eip.b", "update", {"l": []}, {"l": [_JSON_SECRET]})
    ),
    "unmarked copy as a key": plan(
        _marked(_SECRET, "x"), change("aws_eip.b", "update", {"m": {}}, {"m": {_SECRET: 1}})
    ),
    "index": plan(_marked(_SECRET, "x"), change(f'aws_eip.b["{_SECRET}"]', "delete", {}, None)),
    "old address": plan(
        _marked(_SECRET, "x"), change("aws_eip.b", "no-op", {}, {}, previous_address=f"aws_eip.{_SECRET}")
    ),
    "type, name and reason": plan(
        _marked(_SECRET, "x"),
        change(
            f"{_SECRET}.{_SECRET}", "delete create", {}, {}, action_reason=_SECRET, replace_paths=[[_SECRET]]
        ),
    ),
    "grant": plan(
        _marked(_SECRET, "x"),
        change(
            "google_project_iam_member.a",
            "create",
            None,
            {"member": f"user:{_SECRET}", "role": f"roles/{_SECRET}", "project": _SECRET},
        ),
    ),
    "version": plan(
        _marked(_SECRET, "x"),
        change(
            "google_gkeonprem_vmware_cluster.a",
            "update",
            {"name": _SECRET, "on_prem_version": f"1.3.{_SECRET}", "x": 1},
            {"name": _SECRET, "on_prem_version": f"1.1.{_SECRET}", "x": 2},
        ),
    ),
    "drift": plan(resource_drift=[_marked(_SECRET, "x")]),
    "output": plan(
        output_changes={
            "o": {
                "actions": ["update"],
                "before": _SECRET,
                "after": "x",
                "before_sensitive": True,
                "after_sensitive": True,
            }
        }
    ),
    "output's name": plan(
        _marked(_SECRET, "x"), output_changes={_SECRET: {"actions": ["create"], "after": "x"}}
    ),
    "part of an output": plan(
        output_changes={
            "o": {"actions": ["create"], "after": {"a": [_SECRET]}, "after_sensitive": {"a": [True]}}
        }
    ),
    "variable": plan(
        change("aws_eip.a", "update", {"u": "x"}, {"u": f"x-{_SECRET}"}),
        variables={"v": {"value": _SECRET}},
        configuration={"root_module": {"variables": {"v": {"sensitive": True}}}},
    ),
    "variable of several lines": plan(
        change("aws_eip.a", "update", {"u": "x"}, {"u": f"x-{_SECRET}"}),
        variables={"v": {"value": {"a": [f"BEGIN\n{_SECRET}\nEND"]}}},
        configuration={"root_module": {"variables": {"v": {"sensitive": True}}}},
    ),
    "variable's default": plan(
        change("aws_eip.a", "update", {"u": "x"}, {"u": f"x-{_SECRET}"}),
        configuration={"root_module": {"variables": {"v": {"sensitive": True, "default": _SECRET}}}},
    ),
    "check": plan(
        _marked(_SECRET, "x"),
        checks=[
            {
                "address": {"to_display": f"check.{_SECRET}"},
                "status": "fail",
                "instances": [{"problems": [{"message": f"{'a' * 390}{_SECRET}"}]}],
            }
        ],
    ),
    "what this program does not know": plan(_marked(_SECRET, "x"), **{_SECRET: 1}),
    "member that this program does not know": plan(
        _marked(_SECRET, "x"), change("aws_eip.b", "update", {}, {}, **{_SECRET: 1})
    ),
    "state and planned values": plan(prior_state={"values": _SECRET}, planned_values={"v": _SECRET}),
    "long key that this program does not know": plan(_marked(_LONG, "x"), **{_LONG: 1}),
    "key with a quote that this program does not know": plan(_marked(_JSON_SECRET, "x"), **{_JSON_SECRET: 1}),
    "deferred change": plan(
        deferred_changes=[
            {
                "reason": _SECRET,
                "resource_change": change(
                    f"aws_eip.{_SECRET}", "create", None, {"p": _SECRET}, after_sensitive={"p": True}
                ),
            }
        ]
    ),
    "action of a provider": plan(
        action_invocations=[
            {
                "address": f"action.a.{_SECRET}",
                "config_values": {"p": _SECRET},
                "config_sensitive": {"p": True},
                "lifecycle_action_trigger": {
                    "triggering_resource_address": _SECRET,
                    "action_trigger_event": _SECRET,
                },
                _SECRET: 1,
            }
        ]
    ),
    "deferred action": plan(
        deferred_action_invocations=[
            {
                "reason": _SECRET,
                "action_invocation": {"config_values": {"p": _SECRET}, "config_sensitive": True},
            }
        ]
    ),
    "unmarked copy in JSON in a text": plan(
        _marked(_JSON_SECRET, "x"),
        change("aws_eip.b", "update", {"u": "x"}, {"u": f"config={json.dumps({'k': _JSON_SECRET})}"}),
    ),
    "two secrets that overlap": plan(
        _marked("xxhunter", "hunter2-more"),
        change("aws_eip.b", "update", {"u": "x"}, {"u": "1 xxhunter2-more 2"}),
    ),
    "type that nobody knows": plan(_marked(_SECRET, "x"), change(f"{_SECRET}.b", "create", None, {})),
    "Terraform's version": {**plan(_marked(_SECRET, "x")), "terraform_version": _SECRET},
}


@pytest.mark.parametrize("position", _POSITIONS)
def test_secret_does_not_come_out(position: str) -> None:
    """Neither whole nor in part, in any format."""
    written = _written(_POSITIONS[position])

    assert [word for word in ("hunter2", "hunter", "987654321") if word in written] == []


def test_change_of_a_secret_is_still_seen() -> None:
    """That it changes is told, what it is and was is not."""
    (one,) = reviewed(_POSITIONS["attribute"]).changes

    assert [(d.path, d.before, d.after) for d in one.differences] == [
        ("password", "(sensitive)", "(sensitive)")
    ]


def test_secret_that_stays_is_no_difference() -> None:
    """Masked values are compared all the same."""
    unmarked = change(
        "aws_eip.a", "update", {"password": _SECRET, "x": 1}, {"password": _SECRET, "x": 2}, **_MARKED
    )

    (one,) = reviewed(plan(unmarked)).changes

    assert [d.path for d in one.differences] == ["x"]


def test_error_does_not_quote_a_plan() -> None:
    """A plan cut off in its middle is refused without a word of it."""
    text = json.dumps(_POSITIONS["attribute"]).encode()

    with pytest.raises(InvalidInput) as refused:
        PlanFile(text[: text.index(b"hunter2") + 9], "plan.json")

    assert "hunter" not in str(refused.value)


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(base64.b64encode(b"p<&>ss w/rd").decode(), id="encoded"),
        pytest.param("p%3C%26%3Ess%20w%2Frd", id="in an address"),
        pytest.param("p\\u003c\\u0026\\u003ess w/rd", id="as jsonencode writes it"),
    ],
)
def test_encoded_copy_does_not_come_out(copy: str) -> None:
    """Whoever has it has the secret."""
    redaction = Redaction()
    redaction.learn_secret("p<&>ss w/rd")

    assert redaction.text(f"before {copy} after") == "before (sensitive) after"


def test_many_secrets_are_found_by_their_own_length() -> None:
    """The longest of those that begin alike is taken out whole, and what is no secret stays."""
    redaction = Redaction()
    for number in range(2000):
        redaction.learn_secret(f"secret-{number}")

    assert redaction.text("a secret-1999, secret-5; secret-x") == "a (sensitive), (sensitive); secret-x"
    assert redaction.value({"secret-7": [1, 1.5, True, None]}) == {"(sensitive)": [1, 1.5, True, None]}


def test_format_version_is_not_quoted_unless_it_is_one() -> None:
    """Even a short secret is none of the reader's business."""
    with pytest.raises(InvalidInput) as refused:
        PlanFile(b'{"format_version": "hunter2"}', "plan.json")

    assert "hunter" not in str(refused.value)
