"""What each environment makes for the whole estate: together everything, nothing twice."""

from __future__ import annotations

from estate.derived.access.grants import grants
from estate.derived.share import shares
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.vmware.documents import SECTION

CUSTOM = {
    "group": "grunnbok@example.com",
    "namespace_prefix": "grunnbok-",
    "access": {"dev": {"custom_role": "debugger", "gateway": "edit"}},
}
NESTING = {"nesting": {"group_id": "groups/01opuj5n2abcdef", "environment": "prod"}}


def test_all_shares_together_are_all_grants() -> None:
    """Nothing is shown that nobody makes, and nothing is made by two."""
    whole = estate(
        organization(teams={"seeiendom": SEEIENDOM, "grunnbok": CUSTOM}),
        environment("dev", project="kl-host", owner="prod"),
        environment("prod", project="kl-host"),
    )

    found = shares(whole)

    made = [grant for share in found.values() for grant in share.grants]
    assert sorted(map(str, made)) == sorted(map(str, grants(whole)))
    assert {name: {grant.holder for grant in share.grants} for name, share in found.items()} == {
        "dev": {"dev"},
        "prod": {"prod"},
    }


def test_the_fleet_s_owner_allows_the_roles_of_all_its_environments() -> None:
    """A role that is bound in one of them has to be allowed in the fleet, which is another's."""
    whole = estate(
        organization(teams={"grunnbok": CUSTOM}),
        environment("dev", project="kl-host", owner="prod"),
        environment("prod", project="kl-host"),
    )

    found = shares(whole)

    assert (found["dev"].custom_roles, found["prod"].custom_roles) == (None, ("debugger",))


def test_without_roles_of_ones_own_none_is_allowed() -> None:
    """Empty where something is bound, none where nothing is."""
    found = shares(estate(organization(teams={"seeiendom": {**SEEIENDOM, "access": {"dev": "view"}}})))

    assert (found["dev"].custom_roles, found["prod"].custom_roles) == ((), None)


def test_service_accounts_belong_to_the_project_s_owner() -> None:
    """Also where only another environment has clusters on VMware."""
    whole = estate(
        organization(),
        environment("dev", project="kl-host", owner="prod", vmware=SECTION),
        environment("prod", project="kl-host"),
    )

    found = shares(whole)

    assert (found["dev"].has_on_prem_clusters, found["prod"].has_on_prem_clusters) == (False, True)


def test_one_environment_nests_all_groups() -> None:
    """Groups are the organization's, whatever environments they have access to."""
    shared = organization(
        platform_team={"group": "platform@example.com"}, teams={"grunnbok": CUSTOM}, google_groups=NESTING
    )

    found = shares(estate(shared))

    assert found["dev"].nested == ()
    assert [(g.key, g.address) for g in found["prod"].nested] == [
        ("platform", "platform@example.com"),
        ("grunnbok", "grunnbok@example.com"),
    ]
