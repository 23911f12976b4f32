"""Plan JSON from anyone: what is no plan is refused in a line, what is new in one is unknown and ranked high."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estate.reading.problems import InvalidInput
from operations.review.plan import Action
from operations.review.plan_file import PlanFile, read_plan
from operations.review.reviewer import learn_secrets, review_plans
from operations.review.risks import default_risks
from operations.texts.redaction import Redaction
from tests.operations.review.golden import PLANS
from tests.operations.review.reviewed import change, found, plan, reviewed


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param(b"", "not JSON", id="empty"),
        pytest.param(b"{", "not JSON", id="cut off"),
        pytest.param(b"PK\x03\x04", "not JSON", id="plan in Terraform's own form"),
        pytest.param(b'{"\xff": 1}', "not JSON", id="no text"),
        pytest.param(b"[]", "must be a JSON object", id="list"),
        pytest.param(b"{}", "format_version", id="other JSON"),
        pytest.param(b'{"format_version": "2.0"}', "'2.0'", id="newer format"),
        pytest.param(
            b'{"format_version": "0.2", "terraform_version": "1.0.11"}',
            "must be 1.x, got '0.2', as Terraform 1.0 and older write it; make one with terraform show -json PLANFILE "
            "of Terraform 1.1 or newer, or of OpenTofu",
            id="older format",
        ),
        pytest.param(b'{"format_version": 1}', "'something else'", id="version of another type"),
        pytest.param(b'{"format_version": "hunter2-hunter2"}', "'something else'", id="long version"),
        pytest.param(b'{"format_version": "1.0", "values": {}}', "state", id="state"),
        pytest.param("{}".encode("utf-16"), "UTF-16", id="as PowerShell writes it"),
        pytest.param(b'{"a":' + b"[" * 100_000, "nested", id="deep"),
    ],
)
def test_refuses_what_is_no_plan(text: bytes, word: str) -> None:
    """In one line that says what to do, and never quotes the input."""
    with pytest.raises(InvalidInput) as refused:
        PlanFile(text, "plan.json")

    (problem,) = refused.value.problems
    assert word in problem.message
    assert "hunter2" not in problem.message


def test_refuses_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder is none."""
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_plan(tmp_path, "plan.json")


def test_byte_order_mark_is_no_obstacle() -> None:
    """Some editors write one."""
    assert PlanFile(b'\xef\xbb\xbf{"format_version": "1.2"}', "x").terraform_version == ""


@pytest.mark.parametrize(
    ("document", "words"),
    [
        pytest.param({"new_part": [1]}, "the plan has new_part", id="new part of a plan"),
        pytest.param({"action_invocations": [1]}, "cannot be read", id="action of another shape"),
        pytest.param({"deferred_changes": [1]}, "cannot be read", id="deferred change of another shape"),
        pytest.param(
            {"deferred_action_invocations": [1]}, "cannot be read", id="deferred action of another shape"
        ),
        pytest.param(
            {"resource_changes": {}}, "resource_changes cannot be read", id="changes of another shape"
        ),
        pytest.param({"output_changes": []}, "output_changes cannot be read", id="outputs of another shape"),
        pytest.param({"resource_changes": [7]}, "cannot be read", id="change of another shape"),
        pytest.param(
            {"resource_changes": [{"address": "a.b", "mode": "managed", "new": 1}]},
            "has new",
            id="new member",
        ),
        pytest.param({"resource_changes": [{"mode": "managed"}]}, "no address", id="no address"),
        pytest.param(
            {"resource_changes": [{"address": "a.b", "mode": "ephemeral"}]}, "neither", id="new mode"
        ),
        pytest.param(
            {"resource_changes": [{"address": "a.b", "mode": "managed", "change": {"actions": ["sing"]}}]},
            "actions",
            id="new action",
        ),
        pytest.param(
            {"resource_changes": [{"address": "a.b", "mode": "managed", "change": {"actions": "update"}}]},
            "actions",
            id="action of another type",
        ),
    ],
)
def test_what_is_new_is_unknown_and_high(document: dict[str, Any], words: str) -> None:
    """Nothing is passed over because this program is older."""
    review = reviewed(plan(**document) if "resource_changes" not in document else {**plan(), **document})

    unknown = [finding for finding in review.all_findings() if finding.rule == "unknown"]
    assert {finding.level.value for finding in unknown} == {"high"}
    assert any(words in finding.reason for finding in unknown)


def test_deferred_and_unfinished_plans_are_said() -> None:
    """What a later plan will do cannot be seen in this one."""
    assert found(plan(deferred_changes=[{}])) == {"incomplete": "high", "unknown": "high"}
    assert found(plan(complete=False)) == {"incomplete": "high"}
    assert found(plan(errored=True, complete=False)) == {"errored": "high"}


def test_deferred_changes_are_shown_each() -> None:
    """With why they have to wait: what they will be, nobody knows yet."""
    later = change("aws_eip.a", "create", None, {})
    action = {"address": "action.aws_lambda_invoke.a", "type": "aws_lambda_invoke", "name": "a"}
    document = plan(
        deferred_changes=[{"reason": "instance_count_unknown", "resource_change": later}],
        deferred_action_invocations=[{"reason": "deferred_prereq", "action_invocation": action}],
        complete=False,
    )

    review = reviewed(document)

    told = {one.address: (one.action, one.findings[0].reason.partition(":")[0]) for one in review.changes}
    assert told == {
        "aws_eip.a": ("unknown", "is put off to a later plan (instance_count_unknown)"),
        "action.aws_lambda_invoke.a": ("unknown", "is put off to a later plan (deferred_prereq)"),
    }
    assert [finding.rule for finding in review.findings] == ["incomplete"]


def test_actions_of_providers_are_shown_each() -> None:
    """As Terraform 1.14 writes them, with what triggers them."""
    trigger = {"triggering_resource_address": "aws_eip.a", "action_trigger_event": "AfterCreate"}
    invocations = [
        {
            "address": "action.aws_lambda_invoke.a",
            "type": "aws_lambda_invoke",
            "name": "a",
            "lifecycle_action_trigger": trigger,
        },
        {"address": "action.aws_lambda_invoke.b", "type": "aws_lambda_invoke", "invoke_action_trigger": {}},
    ]

    review = reviewed(plan(action_invocations=invocations))

    assert sorted((one.address, one.level.value) for one in review.changes) == [
        ("action.aws_lambda_invoke.a", "high"),
        ("action.aws_lambda_invoke.b", "high"),
    ]
    assert {one.findings[0].reason.partition(":")[0] for one in review.changes} == {
        "the apply runs this action",
        "the apply runs this action, at AfterCreate of aws_eip.a",
    }


def test_every_kind_of_change_is_read() -> None:
    """Modules, indexes, imports, moves, deposed copies, data, forgotten objects."""
    document = plan(
        change("aws_eip.a", "delete create", {}, {}, replace_paths=[["tags", 0], ["tags", 0], 7]),
        change("aws_eip.b", "create forget", {}, {}, replace_paths="x"),
        change("aws_eip.c[0]", "no-op", {}, {}, importing={"id": "x"}, deposed="abc"),
        change("data.x", "read", mode="data"),
        change("aws_eip.d", "forget", {}, None, action_reason="because"),
    )

    changes = list(PlanFile(json.dumps(document).encode(), "x").changes())

    assert [one.action for one in changes] == [
        Action.REPLACE,
        Action.REPLACE,
        Action.NO_OP,
        Action.READ,
        Action.FORGET,
    ]
    assert [one.replace_paths for one in changes[:2]] == [("tags",), ()]
    assert (changes[2].imported, changes[2].deposed, changes[2].name) == (True, "abc", "c")
    assert changes[4].reason == "because"


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ({"status": "pass"}, {}),
        ({"status": "unknown"}, {"check-unknown": "info"}),
        ({"status": "error"}, {"check-failed": "high"}),
        ({"status": "fail", "instances": [{"problems": [{"message": "a"}, 1]}, 1]}, {"check-failed": "high"}),
        ({"status": ["?"], "instances": 1}, {"check-unknown": "info"}),
        (7, {}),
    ],
)
def test_checks_that_do_not_pass_are_said(check: Any, expected: dict[str, str]) -> None:
    """A check that fails is high, one that waits for the apply is for information."""
    assert found(plan(checks=[check])) == expected


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
_MEMBERS = st.sampled_from(
    [
        "address",
        "mode",
        "type",
        "name",
        "index",
        "change",
        "actions",
        "before",
        "after",
        "after_unknown",
        "before_sensitive",
        "after_sensitive",
        "replace_paths",
        "importing",
        "previous_address",
        "module_address",
        "deposed",
        "status",
        "instances",
        "problems",
        "message",
        "variables",
        "root_module",
        "sensitive",
        "value",
        "outputs",
    ]
)
_WORDS = st.sampled_from(
    [
        "managed",
        "data",
        "create",
        "update",
        "delete",
        "no-op",
        "forget",
        "read",
        "aws_kms_key",
        "google_compute_vpn_tunnel",
        "aws_iam_role_policy",
        "google_gkeonprem_vmware_cluster",
        "google_project_iam_member",
        "fail",
    ]
)
_LIKE_A_PLAN = st.recursive(
    _JSON | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_MEMBERS, inner, max_size=5),
    max_leaves=8,
)
_PARTS = st.sampled_from(
    [
        "resource_changes",
        "resource_drift",
        "output_changes",
        "checks",
        "variables",
        "configuration",
        "errored",
        "complete",
        "deferred_changes",
        "deferred_action_invocations",
        "action_invocations",
        "terraform_version",
    ]
)
_CHANGES = st.lists(
    st.fixed_dictionaries(
        {"address": _LIKE_A_PLAN, "mode": st.just("managed"), "type": _WORDS},
        optional={
            "change": st.fixed_dictionaries(
                {"actions": st.lists(_WORDS, max_size=2), "before": _LIKE_A_PLAN, "after": _LIKE_A_PLAN},
                optional={"after_unknown": _LIKE_A_PLAN, "after_sensitive": _LIKE_A_PLAN},
            )
        },
    ),
    max_size=3,
)


@settings(max_examples=80, deadline=None)
@given(document=st.dictionaries(st.text(max_size=8) | _PARTS, _LIKE_A_PLAN, max_size=4))
def test_no_json_object_crashes_the_reader(document: dict[str, Any]) -> None:
    """Any JSON object is refused in a line or reviewed."""
    with suppress(InvalidInput):
        PlanFile(json.dumps(document).encode(), "plan.json")


@settings(max_examples=80, deadline=None)
@given(parts=st.dictionaries(_PARTS, _LIKE_A_PLAN, max_size=4), changes=_CHANGES, drift=_CHANGES)
def test_anything_below_a_plan_is_reviewed(parts: dict[str, Any], changes: Any, drift: Any) -> None:
    """Whatever stands where a plan has its parts: a review comes of it, and no traceback."""
    document = {"resource_changes": changes, "resource_drift": drift, **parts, "format_version": "1.2"}

    assert reviewed(document).name == "sandbox"


_REAL = (PLANS / "google-vpn-one-tunnel-gone.json").read_bytes()


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=40), start=st.integers(0, len(_REAL)), length=st.integers(0, 60))
def test_damaged_plan_never_crashes_the_reader(data: bytes, start: int, length: int) -> None:
    """A real plan with any piece cut out and any bytes put in: refused in a line, or reviewed."""
    damaged = _REAL[:start] + data + _REAL[start + length :]

    with suppress(InvalidInput):
        file = PlanFile(damaged, "plan.json")
        redaction = Redaction()
        learn_secrets(file, redaction)
        review_plans("sandbox", [("sandbox", file)], default_risks(), redaction)


def test_text_that_is_none_inside_a_plan_is_unknown() -> None:
    """One change that cannot be decoded does not hide the others."""
    whole = json.dumps(
        plan(change("aws_eip.a", "delete", {}, None), change("aws_eip.b", "delete", {}, None))
    ).encode()

    changes = list(PlanFile(whole.replace(b"aws_eip.b", b"aws_eip.\xff"), "x").changes())

    assert [one.oddities for one in changes] == [(), ("cannot be read",)]


def test_only_sensitive_variables_are_secret() -> None:
    """A value that is no object is taken as it is."""
    document = plan(
        variables={"a": {"value": "public"}, "b": "secret"},
        configuration={"root_module": {"variables": {"a": {}, "b": {"sensitive": True}}}},
    )

    assert list(PlanFile(json.dumps(document).encode(), "x").sensitive_variables()) == ["secret", None]
