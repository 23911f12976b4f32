"""Teams, the platform team, break-glass users and groups as organization.yaml writes them."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.access.break_glass import BreakGlass
from estate.model.access.google_groups import GoogleGroups
from estate.model.access.team import CustomAccess, Team, level
from estate.model.access.values import AccessLevel
from estate.model.organization import Organization
from tests.model.access.estates import SEEIENDOM, organization
from tests.model.refusals import refusals

ALICE = {"user": "alice@example.com", "environments": ["prod"], "expires": "2027-01-31", "reason": "on call"}


def team(**change: Any) -> dict[str, Any]:
    """The team seeiendom with a change."""
    return {**SEEIENDOM, **change}


def refused(**fields: Any) -> dict[str, str]:
    """What an organization with these fields is refused for."""
    return refusals(
        Organization, {"name": "kl", "domain": "example.com", "promotion": ["dev", "prod"], **fields}
    )


def test_three_lines_are_a_team() -> None:
    """Group, prefix, access; namespaces may come later."""
    document = {"group": "web@example.com", "namespace_prefix": "web-", "access": {"dev": "edit"}}

    found = organization(teams={"web": document}).teams["web"]

    assert (found.namespaces, found.access) == ((), {"dev": AccessLevel.EDIT})


def test_a_role_of_ones_own_says_what_the_gateway_lets_through() -> None:
    """The gateway knows three levels and no ClusterRole."""
    found = Team.model_validate(
        team(access={"dev": {"custom_role": "debugger", "gateway": "edit"}, "prod": "view"})
    )

    assert found.access["dev"] == CustomAccess(custom_role="debugger", gateway=AccessLevel.EDIT)
    assert [level(access) for access in found.access.values()] == [AccessLevel.EDIT, AccessLevel.VIEW]


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"group": "group:web@example.com"}, "group", "match"),
        ({"group": "Web@example.com"}, "group", "match"),
        ({"namespace_prefix": "web"}, "namespace_prefix", "match"),
        ({"namespace_prefix": "kube-web-", "namespaces": []}, "namespace_prefix", "begin with kube-"),
        ({"namespaces": ["web"]}, "namespaces.0", "must begin with namespace_prefix seeiendom-, got web"),
        (
            {"namespaces": ["seeiendom-a", "seeiendom-a"]},
            "namespaces.1",
            "seeiendom-a stands here a second time",
        ),
        ({"namespaces": ["seeiendom_a"]}, "namespaces.0", "match"),
        ({"access": {}}, "access", "at least 1"),
        ({"access": {"dev": "write"}}, "access.dev", "'view', 'edit' or 'admin'"),
        ({"access": {"dev": {"custom_role": "debugger"}}}, "access.dev.gateway", "required"),
    ],
    ids=[
        "prefix of IAM",
        "upper case",
        "prefix without hyphen",
        "system prefix",
        "namespace of others",
        "namespace twice",
        "no namespace",
        "no access",
        "no level",
        "no gateway level",
    ],
)
def test_a_team_refuses(change: dict[str, Any], path: str, words: str) -> None:
    """Each mistake a person makes, at its field."""
    found = refusals(Team, team(**change))

    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"expires": "2027-02-30"}, "expires", "day of the calendar, got 2027-02-30"),
        ({"expires": "31.01.2027"}, "expires", "match"),
        ({"environments": []}, "environments", "at least 1"),
        ({"environments": ["prod", "prod"]}, "environments.1", "prod stands here a second time"),
        ({"reason": ""}, "reason", "at least 1"),
        ({"user": "user:alice@example.com"}, "user", "match"),
    ],
    ids=["no such day", "other order", "nowhere", "environment twice", "no reason", "prefix of IAM"],
)
def test_break_glass_refuses(change: dict[str, Any], path: str, words: str) -> None:
    """Rights of one person are for a time and for a reason."""
    found = refusals(BreakGlass, {**ALICE, **change})

    assert list(found) == [path]
    assert words in found[path]


def test_a_directory_sync_and_nesting_by_terraform_exclude_each_other() -> None:
    """The sync would take out what Terraform put in, and Terraform put it in again, for ever."""
    nesting = {"group_id": "groups/01opuj5n2abcdef", "environment": "prod"}

    assert refusals(GoogleGroups, {"nesting": nesting}) == {}
    assert (
        "next run takes the nesting away"
        in refusals(GoogleGroups, {"directory_sync": True, "nesting": nesting})["nesting"]
    )


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        (
            {"teams": {"web": team(group="web@other.org")}},
            "teams.web.group",
            "group of example.com, got web@other.org",
        ),
        ({"platform_team": {"group": "ops@other.org"}}, "platform_team.group", "group of example.com"),
        (
            {"teams": {"web": team(group="ola.nordmann@example.com")}},
            "teams.web.group",
            "looks like a person's",
        ),
        (
            {"teams": {"web": team(group="alice@example.com")}, "break_glass": {"alice": ALICE}},
            "teams.web.group",
            "a person who stands in break_glass.alice",
        ),
        (
            {"teams": {"web": team(group="gke-security-groups@example.com")}},
            "teams.web.group",
            "holds the groups of all teams",
        ),
        (
            {"teams": {"a": team(), "b": team(namespace_prefix="b-", namespaces=[])}},
            "teams.b.group",
            "differ from teams.a.group, got seeiendom@example.com for both",
        ),
        (
            {"platform_team": {"group": "seeiendom@example.com"}, "teams": {"a": team()}},
            "teams.a.group",
            "differ from platform_team.group",
        ),
        (
            {"break_glass": {"a": ALICE, "b": {**ALICE, "environments": ["dev"]}}},
            "break_glass.b.user",
            "differ from break_glass.a.user",
        ),
    ],
    ids=[
        "group elsewhere",
        "platform group elsewhere",
        "person by the look",
        "person by name",
        "group of groups",
        "group of two teams",
        "team is the platform team",
        "person twice",
    ],
)
def test_an_organization_refuses(fields: dict[str, Any], path: str, words: str) -> None:
    """Each rule that crosses teams, with the mistake a person makes."""
    found = refused(**fields)

    assert words in found.pop(path)
    assert not [other for other in found if not other.startswith("break_glass")]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"teams": {"platform": team()}}, "teams.platform"),
        ({"break_glass": {"platform": ALICE}}, "break_glass.platform"),
        ({"teams": {"web": team()}, "break_glass": {"web": ALICE}}, "break_glass.web"),
    ],
    ids=["team", "person", "both"],
)
def test_a_key_names_one(fields: dict[str, Any], path: str) -> None:
    """It is what `hybrid who` is asked for."""
    assert list(refused(**fields)) == [path]


def test_a_group_may_be_named_like_a_person_where_the_organization_says_so() -> None:
    """Some directories name their groups so."""
    teams = {"web": team(group="team.web@example.com")}

    assert refused(teams=teams, google_groups={"may_look_like_people": True}) == {}


def test_a_person_is_no_group() -> None:
    """Said on both sides, because nobody knows which of the two was meant."""
    found = refused(teams={"web": team(group="alice@example.com")}, break_glass={"alice": ALICE})

    assert "must be a person, got alice@example.com" in found["break_glass.alice.user"]


@pytest.mark.parametrize(
    ("prefixes", "refused_for"),
    [
        (["web-", "webshop-", "api-"], []),
        (["web-", "web-"], [("t1", "web-", "t0")]),
        (["web-", "web-shop-", "web-api-"], [("t1", "web-", "t0"), ("t2", "web-", "t0")]),
        (["web-shop-cart-", "web-shop-", "web-"], [("t0", "web-shop-", "t1"), ("t1", "web-", "t2")]),
        (["a-b-", "a-", "a-b-c-", "b-"], [("t0", "a-", "t1"), ("t2", "a-b-", "t0")]),
    ],
    ids=["apart", "the same", "one in two", "nested, inner first", "nested, mixed"],
)
def test_prefixes_do_not_contain_each_other(
    prefixes: list[str], refused_for: list[tuple[str, str, str]]
) -> None:
    """A namespace belongs to one team, also one that is made by itself years later."""
    teams = {
        f"t{i}": {"group": f"t{i}@example.com", "namespace_prefix": prefix, "access": {"dev": "view"}}
        for i, prefix in enumerate(prefixes)
    }

    found = refused(teams=teams)

    assert set(found) == {f"teams.{name}.namespace_prefix" for name, _, _ in refused_for}
    for name, prefix, other in refused_for:
        assert f"and {other} has {prefix};" in found[f"teams.{name}.namespace_prefix"]
