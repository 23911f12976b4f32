"""The evaluator of AWS's policies, held against what AWS documents."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.policy.permitted.answer import NO, YES, Answer, all_of, any_of, negated, unknown
from operations.policy.permitted.conditions import brought, holds
from operations.policy.permitted.patterns import arn_like, equal, like
from operations.policy.permitted.policies import Call, Caller, Kind, Policy, by_identity, by_resource

ACCOUNT = "345678901234"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
KEY = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"
CALL = Call(Caller(ROLE), "kms:Decrypt", KEY)
LOST = "${var.lost}"

ANSWERS = st.sampled_from([YES, NO, unknown("a"), unknown("b")])
ACTIONS = ("kms:Decrypt", "kms:Encrypt", "s3:GetObject")
STATEMENTS = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Principal": st.sampled_from(["*", {"AWS": ROLE}, {"AWS": [ROOT]}, {"AWS": LOST}, {"Service": "x"}]),
        "Action": st.lists(st.sampled_from([*ACTIONS, "kms:*", "*"]), min_size=1, max_size=2),
        "Resource": st.sampled_from(["*", KEY, f"{KEY}-of-others", LOST]),
    },
    optional={"Condition": st.sampled_from([{"Bool": {"kms:x": "true"}}, {"Odd": {"kms:x": "1"}}])},
)
POLICIES = st.lists(STATEMENTS, max_size=4)


def allow(**elements: Any) -> dict[str, Any]:
    """A statement that allows the role all, but for what is said."""
    return {"Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "*", "Resource": "*", **elements}


def deny(**elements: Any) -> dict[str, Any]:
    """The same the other way."""
    return {**allow(**elements), "Effect": "Deny"}


@given(st.lists(ANSWERS))
def test_all_and_any_mirror_each_other(answers: list[Answer]) -> None:
    """De Morgan holds with what is not known, too."""
    assert negated(all_of(answers)).holds == any_of(negated(one) for one in answers).holds


@given(st.lists(ANSWERS), st.booleans())
def test_learning_changes_nothing_that_was_known(answers: list[Answer], learned: bool) -> None:  # noqa: FBT001  # hypothesis gives it
    """An answer does not rest on what is not known."""
    told = [Answer(learned) if one.holds is None else one for one in answers]

    for combine in (all_of, any_of):
        assert combine(answers).holds in (None, combine(told).holds)


def test_what_is_not_known_says_why_once() -> None:
    """In the order in which it was asked."""
    assert all_of([unknown("b"), YES, unknown("a"), unknown("b")]).why == ("b", "a")


@given(st.text(st.characters(exclude_characters="*?$"), max_size=8), st.text(max_size=8))
def test_a_pattern_without_wildcards_is_itself(pattern: str, text: str) -> None:
    """And what begins as it does fits with a star behind."""
    assert like(pattern, text) == equal(pattern, text) or "${" in text
    assert like(f"{pattern}*", f"{pattern}x") == YES
    assert like(f"{pattern}?", f"{pattern}x") == YES
    assert like(f"{pattern}?", pattern) == NO


@pytest.mark.parametrize(
    ("pattern", "arn", "answer"),
    [
        ("*", "*", YES),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/x/y", YES),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b", NO),
        ("arn:aws:kms:*:345678901234:key/*", KEY, YES),
        ("arn:*:kms:*:key/*:x", KEY, NO),
        ("arn:aws:kms:*:999999999999:key/*", KEY, NO),
        ("arn:aws:s3:::b", "*", NO),
    ],
)
def test_an_arn_fits_part_by_part(pattern: str, arn: str, answer: Answer) -> None:
    """A star ends at the colon, but for the last part."""
    assert arn_like(pattern, arn) == answer


@pytest.mark.parametrize(("pattern", "arn"), [("arn:aws:*", KEY), (LOST, KEY), (KEY, LOST)])
def test_an_arn_that_cannot_be_told_fits_perhaps(pattern: str, arn: str) -> None:
    """What is no ARN of six parts, and what only Terraform knows."""
    assert arn_like(pattern, arn).holds is None


def test_what_a_reference_comes_to_fits_no_pattern_surely() -> None:
    """Nor is it sure not to; any text fits a star all the same."""
    told = [like("a*", "${var.name}"), like("${var.name}*", "a"), like("*", "${var.name}")]

    assert [answer.holds for answer in told] == [None, None, True]
    assert told[0].why == ("what ${var.name} comes to stands in no stack",)


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ({}, True),
        ({"StringEquals": {"KMS:Via": "a"}}, True),
        ({"StringEquals": {"kms:via": ["b", "a"]}}, True),
        ({"StringEquals": {"kms:via": "A"}}, False),
        ({"StringEqualsIgnoreCase": {"kms:via": "A"}}, True),
        ({"StringNotEquals": {"kms:via": "b"}}, True),
        ({"StringNotEquals": {"kms:via": ["b", "a"]}}, False),
        ({"StringLike": {"kms:arn": "arn:*:key/?"}}, True),
        ({"StringNotLike": {"kms:arn": "arn:*"}}, False),
        ({"ArnLike": {"kms:arn": f"arn:aws:kms:*:{ACCOUNT}:key/*"}}, True),
        ({"ArnNotEquals": {"kms:arn": KEY}}, False),
        ({"Bool": {"kms:is": True}}, True),
        ({"Bool": {"kms:is": "false"}}, False),
        ({"ForAnyValue:StringLike": {"kms:via": "?"}}, True),
        ({"ForAnyValue:StringLike": {"kms:gone": "?"}}, False),
        ({"StringEquals": {"kms:gone": "a"}}, False),
        ({"StringEqualsIfExists": {"kms:gone": "a"}}, True),
        ({"StringEqualsIfExists": {"kms:via": "b"}}, False),
        ({"StringNotEquals": {"kms:gone": "a"}}, True),
        ({"StringEquals": {"aws:SourceArn": KEY}}, False),
        ({"Null": {"kms:gone": "true"}}, True),
        ({"Null": {"kms:via": "true"}}, False),
        ({"Null": {"kms:via": "false"}}, True),
        ({"StringEquals": {"kms:via": "a", "kms:arn": "b"}}, False),
        ({"StringEquals": {"kms:via": "a"}, "Bool": {"kms:is": "false"}}, False),
        ({"NumericLessThan": {"kms:via": "1"}}, None),
        ({"NumericLessThan": {"s3:TlsVersion": "1.2"}}, False),
        ({"NumericLessThan": {"s3:TlsVersion": 1.4}}, True),
        ({"NumericLessThan": {"kms:gone": "1"}}, False),
        ({"NumericGreaterThan": {"s3:TlsVersion": "1"}}, None),
        ({"ForAllValues:StringEquals": {"kms:via": "a"}}, None),
        ({"ForAnyValue:StringNotEquals": {"kms:via": "a"}}, None),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, None),
        ({"StringEquals": {f"{LOST}:sub": "a"}}, None),
        ({"StringEquals": {"kms:via": LOST}}, None),
        ({"StringEquals": {"kms:via": [LOST, "a"]}}, True),
    ],
)
def test_a_condition(condition: dict[str, Any], *, answer: bool | None) -> None:
    """Several keys together, of several values one; what is not evaluated is not known."""
    context = {"kms:Via": "a", "kms:arn": KEY, "kms:is": "true", "s3:TlsVersion": "1.3"}

    assert holds(condition, context).holds is answer


def test_a_call_can_be_made_that_fulfils_a_condition() -> None:
    """Of conditions that ask for something; others ask for nothing that could be brought."""
    condition = {
        "Bool": {"a": True},
        "StringLike": {"b": ["x", "y"]},
        "Null": {"c": "true"},
        "NumericLessThan": {"d": "1"},
    }

    assert brought(condition) == {"a": "true", "b": "x"}


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ([], False),
        ([allow()], True),
        ([allow(Action="KMS:dec*")], True),
        ([allow(Action=["kms:Encrypt", "s3:*"])], False),
        ([allow(Resource="arn:aws:kms:*:*:key/*")], True),
        ([allow(Principal={"AWS": "*"})], True),
        ([allow(Principal="*")], True),
        ([allow(Principal={"AWS": f"{ROLE}s"})], False),
        ([allow(Principal={"Service": "ec2.amazonaws.com"})], False),
        ([allow(Principal={"AWS": ROOT})], True),
        ([allow(Principal={"AWS": [ACCOUNT]})], True),
        ([allow(Principal={"AWS": "arn:aws:iam::999999999999:root"})], False),
        ([allow(), deny(Action="kms:Decrypt")], False),
        ([allow(), deny(Action="kms:Encrypt")], True),
        ([allow(), deny(Principal="*", Condition={"Bool": {"kms:x": "true"}})], True),
        ([allow(), deny(Principal={"AWS": ROOT})], False),
        ([allow(), deny(Condition={"Odd": {"a": "b"}})], None),
        ([allow(), allow(Condition={"Odd": {"a": "b"}})], True),
        ([allow(Surprise="x")], None),
        ([allow(), {"Effect": "Deny", "NotPrincipal": {"AWS": ROLE}, "Action": "*", "Resource": "*"}], None),
        ([{"Effect": "Allow", "Principal": "*", "NotAction": "kms:Encrypt", "Resource": "*"}], True),
        ([{"Effect": "Allow", "Principal": "*", "NotAction": ["kms:*"], "Resource": "*"}], False),
        ([{"Effect": "Allow", "Principal": "*", "Action": "*", "NotResource": KEY}], False),
        ([{"Effect": "Allow", "Principal": "*", "Action": "kms:*"}], True),
        ([{"Effect": "Allow", "Principal": "*", "Resource": "*"}], False),
    ],
)
def test_a_resource_s_policy(policy: Policy, *, answer: bool | None) -> None:
    """For a role of the account whose own policies are elsewhere, and leave it what the account is left."""
    assert by_resource(policy, CALL).holds is answer


def test_the_account_lets_the_role_s_own_policies_decide() -> None:
    """A statement for the account alone gives a role nothing that they do not."""
    delegated = [allow(Principal={"AWS": ROOT})]

    assert by_resource(delegated, CALL, [{"Effect": "Allow", "Action": "kms:*", "Resource": KEY}]) == YES
    assert by_resource(delegated, CALL, []) == NO
    assert by_resource([allow()], CALL, []) == YES
    assert by_resource([allow()], CALL, [{"Effect": "Deny", "Action": "*", "Resource": "*"}]) == NO


def test_a_service_is_no_member_of_the_account() -> None:
    """It is let in by its name."""
    service = Call(Caller("ec2.amazonaws.com", Kind.SERVICE), "sts:AssumeRole")

    assert by_resource([allow(Principal={"Service": "ec2.amazonaws.com"})], service) == YES
    assert by_resource([allow(Principal={"AWS": "*"})], service) == NO
    assert by_resource([allow(Principal={"AWS": ROOT})], service) == NO
    assert by_resource([allow(Principal={"AWS": ROOT})], Call(Caller("nobody"), "a:b")) == NO


def test_either_side_allows_where_the_resource_need_not() -> None:
    """As with a bucket of the account."""
    own = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]

    assert by_identity(own, CALL) == YES
    assert by_identity([], CALL, [allow()]) == YES
    assert by_identity(own, CALL, [deny(Principal="*")]) == NO
    assert by_identity([], CALL) == NO


@given(POLICIES, POLICIES)
def test_another_denial_never_allows(policy: Policy, other: Policy) -> None:
    """And one that denies everybody all leaves nothing."""
    denied = by_resource([*policy, *(one for one in other if one["Effect"] == "Deny")], CALL).holds

    assert denied in (False, None) or by_resource(policy, CALL).holds
    assert by_resource([*policy, deny(Principal="*")], CALL) == NO


@given(POLICIES, POLICIES)
def test_more_that_allow_never_take_away(policy: Policy, other: Policy) -> None:
    """What is allowed stays so, whatever else is."""
    more = [*policy, *(one for one in other if one["Effect"] == "Allow")]

    assert by_resource(policy, CALL).holds is not True or by_resource(more, CALL).holds
    assert by_resource(policy, CALL).holds is not None or by_resource(more, CALL).holds in (True, None)


@given(POLICIES, st.sampled_from([ROLE, f"{ROLE}s"]), st.sampled_from([KEY, f"{KEY}s"]))
def test_what_is_lost_decides_nothing(policy: list[dict[str, Any]], role: str, key: str) -> None:
    """Whatever the expressions turn out to be, a known answer stays the answer."""

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: told(inner) for name, inner in value.items()}
        return role if value == LOST else value

    found = [{**told(one), "Resource": key if one["Resource"] == LOST else one["Resource"]} for one in policy]

    assert by_resource(policy, CALL).holds in (None, by_resource(found, CALL).holds)


@given(POLICIES)
def test_the_order_of_statements_means_nothing(policy: Policy) -> None:
    """AWS reads all of them."""
    assert by_resource(policy, CALL).holds == by_resource(policy[::-1], CALL).holds
