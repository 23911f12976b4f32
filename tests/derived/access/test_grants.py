"""Who may do what, computed from the files: complete, each object once, one holder each."""

from __future__ import annotations

from collections import Counter

import pytest

from estate.derived.access.grants import Binding, Grant, GranteeKind, grants
from estate.model.rules import broken_rules
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.vmware.documents import CLUSTER, SECTION

PLATFORM = {"group": "platform@example.com"}
ALICE = {"user": "alice@example.com", "environments": ["prod"], "expires": "2027-01-31", "reason": "on call"}


def rows(found: tuple[Grant, ...]) -> list[tuple[str, str, str | None, str, str]]:
    """Binding, role, scope, environments and holder of each grant."""
    return [
        (grant.binding.value, grant.role, grant.scope, " ".join(grant.environments), grant.holder)
        for grant in found
    ]


def test_a_team_gets_what_its_levels_say() -> None:
    """The gateway and its own scope, in each environment by the level there."""
    found = grants(estate(organization(teams={"seeiendom": SEEIENDOM})))

    assert rows(found) == [
        ("project IAM", "roles/gkehub.viewer", None, "dev", "dev"),
        ("project IAM", "roles/gkehub.gatewayEditor", None, "dev", "dev"),
        ("project IAM", "roles/gkehub.scopeEditorProjectLevel", None, "dev", "dev"),
        ("scope IAM", "roles/gkehub.scopeEditor", "seeiendom", "dev", "dev"),
        ("scope RBAC", "edit", "seeiendom", "dev", "dev"),
        ("project IAM", "roles/gkehub.viewer", None, "prod", "prod"),
        ("project IAM", "roles/gkehub.gatewayReader", None, "prod", "prod"),
        ("project IAM", "roles/gkehub.scopeViewerProjectLevel", None, "prod", "prod"),
        ("scope IAM", "roles/gkehub.scopeViewer", "seeiendom", "prod", "prod"),
        ("scope RBAC", "view", "seeiendom", "prod", "prod"),
    ]
    assert {grant.grantee.member for grant in found} == {"group:seeiendom@example.com"}


def test_the_platform_team_passes_every_gateway_as_an_administrator() -> None:
    """By the same grants as any team; whole clusters are beyond what a scope gives."""
    found = grants(estate(organization(platform_team=PLATFORM, promotion=("dev",))))

    assert rows(found) == [
        ("project IAM", "roles/gkehub.viewer", None, "dev", "dev"),
        ("project IAM", "roles/gkehub.gatewayAdmin", None, "dev", "dev"),
    ]


def test_a_person_breaks_glass_until_a_day() -> None:
    """As a user, with the day and the reason beside it."""
    found = grants(estate(organization(break_glass={"alice": ALICE})))

    assert {(g.grantee.member, g.grantee.expires, g.grantee.reason) for g in found} == {
        ("user:alice@example.com", "2027-01-31", "on call")
    }
    assert rows(found) == [
        ("project IAM", "roles/gkehub.viewer", None, "prod", "prod"),
        ("project IAM", "roles/gkehub.gatewayAdmin", None, "prod", "prod"),
    ]


def test_a_role_of_ones_own_opens_its_scope_for_looking_only() -> None:
    """What it may do in the namespaces is the ClusterRole's business."""
    team = {**SEEIENDOM, "access": {"dev": {"custom_role": "debugger", "gateway": "admin"}}}

    found = grants(estate(organization(teams={"seeiendom": team})))

    assert [(g.role, g.custom) for g in found] == [
        ("roles/gkehub.viewer", False),
        ("roles/gkehub.gatewayAdmin", False),
        ("roles/gkehub.scopeViewerProjectLevel", False),
        ("roles/gkehub.scopeViewer", False),
        ("debugger", True),
    ]


def test_a_shared_project_s_bindings_have_one_holder() -> None:
    """Two stacks that make the same IAM binding destroy it for each other; scopes stay their own."""
    shared = organization(teams={"seeiendom": SEEIENDOM})
    found = grants(
        estate(
            shared,
            environment("dev", project="kl-host", owner="prod"),
            environment("prod", project="kl-host"),
        )
    )

    assert rows(found) == [
        ("project IAM", "roles/gkehub.viewer", None, "dev prod", "prod"),
        ("project IAM", "roles/gkehub.gatewayEditor", None, "dev", "prod"),
        ("project IAM", "roles/gkehub.scopeEditorProjectLevel", None, "dev", "prod"),
        ("scope IAM", "roles/gkehub.scopeEditor", "seeiendom", "dev", "dev"),
        ("scope RBAC", "edit", "seeiendom", "dev", "dev"),
        ("project IAM", "roles/gkehub.gatewayReader", None, "prod", "prod"),
        ("project IAM", "roles/gkehub.scopeViewerProjectLevel", None, "prod", "prod"),
        ("scope IAM", "roles/gkehub.scopeViewer", "seeiendom", "prod", "prod"),
        ("scope RBAC", "view", "seeiendom", "prod", "prod"),
    ]


def test_no_binding_is_granted_twice() -> None:
    """Project, role and member of IAM stand once in the whole estate, whatever shares what."""
    teams = {
        f"t{i}": {
            "group": f"t{i}@example.com",
            "namespace_prefix": f"t{i}-",
            "access": {"dev": "edit", "test": "edit", "prod": "admin"},
        }
        for i in range(20)
    }
    shared = organization(promotion=("dev", "test", "prod"), platform_team=PLATFORM, teams=teams)
    found = grants(
        estate(
            shared,
            environment("dev", project="kl-host"),
            environment("test", project="kl-host", owner="dev"),
            environment("prod"),
        )
    )

    pairs = Counter((g.project, g.role, g.grantee.member) for g in found if g.binding is Binding.PROJECT_IAM)
    assert set(pairs.values()) == {1}
    # dev and test have viewer, gateway and scope roles in common; each has a scope of its own.
    assert Counter(g.grantee.kind for g in found) == {
        GranteeKind.TEAM: 20 * (3 + 3 + 3 * 2),
        GranteeKind.PLATFORM: 2 + 2,
    }


def test_without_a_fleet_nobody_is_granted_anything() -> None:
    """And a team that names such an environment is told so, rather than shown access it has not."""
    shared = organization(
        teams={"seeiendom": SEEIENDOM}, break_glass={"alice": ALICE}, platform_team=PLATFORM
    )
    bare = estate(shared, environment("dev"), environment("prod", fleet=None))

    assert {g.environments for g in grants(bare)} == {("dev",)}
    assert [v.path for v in broken_rules(bare)] == [
        ("organization", "teams", "seeiendom", "access", "prod"),
        ("organization", "break_glass", "alice", "environments", 0),
    ]


def test_nesting_needs_its_api_in_the_project() -> None:
    """Terraform asks Cloud Identity through the project of the stack that holds the nesting."""
    nesting = {"nesting": {"group_id": "groups/01opuj5n2abcdef", "environment": "prod"}}
    shared = organization(google_groups=nesting)
    services = {"host_project": {"id": "kl-prod-host", "number": 1}, "region": "europe-north1"}

    missing = broken_rules(estate(shared))
    there = estate(
        shared,
        environment("dev"),
        environment("prod", google={**services, "services": ["cloudidentity.googleapis.com"]}),
    )
    bare = estate(shared, environment("dev"), environment("prod", google=None, fleet=None))

    assert [v.path for v in missing] == [("prod", "google")]
    assert broken_rules(there) == []
    assert [v.path for v in broken_rules(bare)] == [
        ("organization", "google_groups", "nesting", "environment")
    ]


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ("platform@example.com", "got the group platform@example.com; the service takes no groups"),
        ("alice@example.com", "who stands in break_glass.alice of organization.yaml, until a day"),
    ],
    ids=["group", "person with an end"],
)
def test_a_cluster_s_own_administrators_are_people_for_good(user: str, words: str) -> None:
    """A group would be nobody there, and a person who breaks glass would be there twice."""
    vmware = {**SECTION, "user_clusters": {"apps": {**CLUSTER, "admin_users": ["carol@example.com", user]}}}
    shared = organization(platform_team=PLATFORM, break_glass={"alice": ALICE})
    whole = estate(shared, environment("dev", vmware=vmware), environment("prod"))

    [violation] = broken_rules(whole)

    assert violation.path == ("dev", "vmware", "user_clusters", "apps", "admin_users", 1)
    assert words in violation.message


def test_a_team_s_namespaces_are_made_once_in_a_fleet() -> None:
    """Google Cloud refuses the second of a name in a project, whatever scope it is for."""
    twice = organization(teams={"seeiendom": SEEIENDOM})
    without = organization(teams={"seeiendom": {**SEEIENDOM, "namespaces": []}})
    once = organization(teams={"seeiendom": {**SEEIENDOM, "access": {"prod": "edit"}}})
    sharing = (environment("dev", project="kl-host", owner="prod"), environment("prod", project="kl-host"))

    [violation] = broken_rules(estate(twice, *sharing))

    assert violation.path == ("organization", "teams", "seeiendom", "namespaces")
    assert "cannot be made in dev and prod, which share the fleet of kl-host" in violation.message
    assert broken_rules(estate(without, *sharing)) == []
    assert broken_rules(estate(once, *sharing)) == []
    assert broken_rules(estate(twice)) == []
