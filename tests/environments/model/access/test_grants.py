"""Who may do what, computed from the files: complete, each object once, one holder each."""

from __future__ import annotations

from collections import Counter

from environments.model.access.grants import Binding, Grant, GranteeKind, grants
from environments.model.estate import broken_estate_rules
from tests.environments.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.environments.model.vmware.documents import CLUSTER, SECTION

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


def test_the_platform_team_is_administrator_everywhere() -> None:
    """Through the same path as any team, in a scope of its own."""
    found = grants(estate(organization(platform_team=PLATFORM, promotion=("dev",))))

    assert rows(found) == [
        ("project IAM", "roles/gkehub.viewer", None, "dev", "dev"),
        ("project IAM", "roles/gkehub.gatewayAdmin", None, "dev", "dev"),
        ("project IAM", "roles/gkehub.scopeEditorProjectLevel", None, "dev", "dev"),
        ("scope IAM", "roles/gkehub.scopeAdmin", "platform", "dev", "dev"),
        ("scope RBAC", "admin", "platform", "dev", "dev"),
    ]


def test_a_person_breaks_glass_until_a_day() -> None:
    """As a user, in the platform's scope, with the day and the reason beside it."""
    found = grants(estate(organization(break_glass={"alice": ALICE})))

    assert {(g.grantee.member, g.grantee.expires, g.grantee.reason) for g in found} == {
        ("user:alice@example.com", "2027-01-31", "on call")
    }
    assert rows(found) == [
        ("project IAM", "roles/gkehub.viewer", None, "prod", "prod"),
        ("project IAM", "roles/gkehub.gatewayAdmin", None, "prod", "prod"),
        ("scope RBAC", "admin", "platform", "prod", "prod"),
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
    assert len(found) == 21 * (3 + 3 + 3 * 2)
    assert Counter(g.grantee.kind for g in found) == {GranteeKind.TEAM: 240, GranteeKind.PLATFORM: 12}


def test_without_a_fleet_nobody_is_granted_anything() -> None:
    """And a team that names such an environment is told so, rather than shown access it has not."""
    shared = organization(
        teams={"seeiendom": SEEIENDOM}, break_glass={"alice": ALICE}, platform_team=PLATFORM
    )
    bare = estate(shared, environment("dev"), environment("prod", fleet=None))

    assert {g.environments for g in grants(bare)} == {("dev",)}
    assert [(v.environment, v.path) for v in broken_estate_rules(bare)] == [
        (None, ("teams", "seeiendom", "access", "prod")),
        (None, ("break_glass", "alice", "environments", 0)),
    ]


def test_nesting_needs_its_api_in_the_project() -> None:
    """Terraform asks Cloud Identity through the project of the stack that holds the nesting."""
    nesting = {"nesting": {"group_id": "groups/01opuj5n2abcdef", "environment": "prod"}}
    shared = organization(google_groups=nesting)
    services = {"host_project": {"id": "kl-prod-host", "number": 1}, "region": "europe-north1"}

    missing = list(broken_estate_rules(estate(shared)))
    there = estate(
        shared,
        environment("dev"),
        environment("prod", google={**services, "services": ["cloudidentity.googleapis.com"]}),
    )
    bare = estate(shared, environment("dev"), environment("prod", google=None, fleet=None))

    assert [(v.environment, v.path) for v in missing] == [("prod", ("google",))]
    assert list(broken_estate_rules(there)) == []
    assert [(v.environment, v.path) for v in broken_estate_rules(bare)] == [
        (None, ("google_groups", "nesting", "environment"))
    ]


def test_a_group_is_no_cluster_s_administrator() -> None:
    """The service takes people there, and a group would be nobody."""
    vmware = {**SECTION, "user_clusters": {"apps": {**CLUSTER, "admin_users": ["platform@example.com"]}}}
    whole = estate(
        organization(platform_team=PLATFORM), environment("dev", vmware=vmware), environment("prod")
    )

    assert [(v.environment, v.path) for v in broken_estate_rules(whole)] == [
        ("dev", ("vmware", "user_clusters", "apps", "admin_users", 0))
    ]
