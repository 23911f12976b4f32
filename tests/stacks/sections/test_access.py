"""Teams, the platform team and people in an environment's stack: every grant once, in the right order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from estate.derived.access.grants import Binding, grants
from estate.model.estate import Estate
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.vmware.documents import CLUSTER, SECTION
from tests.stacks.estates import synthesize_one
from tests.synth import Synthesized

ALICE = {"user": "alice@example.com", "environments": ["dev"], "expires": "2027-01-31", "reason": "on call"}
GRUNNBOK = {
    "group": "grunnbok@example.com",
    "namespace_prefix": "grunnbok-",
    "access": {"dev": {"custom_role": "debugger", "gateway": "edit"}},
}
NESTING = {"nesting": {"group_id": "groups/01opuj5n2abcdef", "environment": "dev"}}
GRANT_TYPES = {
    Binding.PROJECT_IAM: "google_project_iam_member",
    Binding.SCOPE_IAM: "google_gke_hub_scope_iam_member",
    Binding.SCOPE_RBAC: "google_gke_hub_scope_rbac_role_binding",
}


def dev(**organization_fields: Any) -> Estate:
    """An estate with the environment dev, which has the user cluster apps."""
    shared = organization(promotion=("dev",), **organization_fields)
    return estate(shared, environment("dev", project="kl-dev-host", vmware=SECTION))


def found(tmp_path: Path, **fields: Any) -> Synthesized:
    """The stack of dev in an organization with these fields."""
    return synthesize_one(tmp_path, dev(**fields), "dev")


def team(**change: Any) -> dict[str, Any]:
    """The team seeiendom in dev alone, with a change."""
    return {**SEEIENDOM, "access": {"dev": "edit"}, **change}


def of_people(synthesized: Synthesized, type_: str) -> dict[str, dict[str, Any]]:
    """Resources of a type without the service accounts'."""
    return {
        name: body
        for name, body in synthesized.resources(type_).items()
        if not name.startswith("ServiceAccounts_")
    }


def test_a_team_has_a_scope_with_its_namespaces_in_every_cluster(tmp_path: Path) -> None:
    """Every address names the team, so that a plan's diff does."""
    stack = found(tmp_path, teams={"seeiendom": team()})

    scope = stack.address("google_gke_hub_scope")
    assert scope.startswith("google_gke_hub_scope.Teams_seeiendom_")
    assert stack.one("google_gke_hub_scope") == {
        "project": "kl-dev-host",
        "scope_id": "kl-dev-team-seeiendom",
        "depends_on": [stack.address("google_gke_hub_fleet")],
    }
    assert stack.one("google_gke_hub_namespace") == {
        "project": "kl-dev-host",
        "scope_namespace_id": "seeiendom-web",
        "scope_id": f"${{{scope}.scope_id}}",
        "scope": f"${{{scope}.name}}",
        "lifecycle": {"prevent_destroy": True},
    }
    assert stack.one("google_gke_hub_membership_binding") == {
        "project": "kl-dev-host",
        "membership_binding_id": "kl-dev-team-seeiendom",
        "membership_id": "kl-dev-apps",
        "location": "europe-north1",
        "scope": f"${{{scope}.name}}",
        "depends_on": [stack.address("google_gkeonprem_vmware_cluster")],
    }


def test_a_group_has_its_prefix_in_iam_and_none_in_kubernetes(tmp_path: Path) -> None:
    """A wrong one is accepted by both and matches nobody."""
    stack = found(tmp_path, teams={"seeiendom": team()})

    scope = stack.address("google_gke_hub_scope")
    assert stack.one("google_gke_hub_scope_iam_member") == {
        "project": "kl-dev-host",
        "scope_id": f"${{{scope}.scope_id}}",
        "role": "roles/gkehub.scopeEditor",
        "member": "group:seeiendom@example.com",
    }
    assert stack.one("google_gke_hub_scope_rbac_role_binding") == {
        "project": "kl-dev-host",
        "scope_id": f"${{{scope}.scope_id}}",
        "scope_rbac_role_binding_id": "seeiendom",
        "group": "seeiendom@example.com",
        "role": {"predefined_role": "EDIT"},
        "depends_on": [stack.address("google_gke_hub_feature")],
    }
    assert {
        (body["role"], body["member"], body["project"])
        for body in of_people(stack, "google_project_iam_member").values()
    } == {
        (f"roles/gkehub.{role}", "group:seeiendom@example.com", "kl-dev-host")
        for role in ("viewer", "gatewayEditor", "scopeEditorProjectLevel")
    }


def test_a_role_of_ones_own_is_allowed_before_it_is_bound(tmp_path: Path) -> None:
    """The list follows from the teams, and the binding waits for the feature in both directions."""
    stack = found(tmp_path, teams={"grunnbok": GRUNNBOK})

    feature = stack.one("google_gke_hub_feature")
    assert feature["name"] == "rbacrolebindingactuation"
    assert feature["spec"] == {"rbacrolebindingactuation": {"allowed_custom_roles": ["debugger"]}}
    assert feature["depends_on"] == [stack.address("google_gke_hub_fleet")]
    binding = stack.one("google_gke_hub_scope_rbac_role_binding")
    assert binding["role"] == {"custom_role": "debugger"}
    assert binding["depends_on"] == [stack.address("google_gke_hub_feature")]


def test_without_roles_of_ones_own_the_feature_has_no_spec(tmp_path: Path) -> None:
    """An empty list is a difference in every plan, for ever."""
    assert "spec" not in found(tmp_path, teams={"seeiendom": team()}).one("google_gke_hub_feature")


def test_the_platform_team_is_cluster_administrator_by_an_object_that_is_put_out(tmp_path: Path) -> None:
    """A scope would reach namespaces only; the group stands there as Kubernetes wants it."""
    stack = found(tmp_path, platform_team={"group": "platform@example.com"})

    assert yaml.safe_load(stack.outputs["cluster_admin_binding"]["value"]) == {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "platform-cluster-admin"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [
            {"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "platform@example.com"}
        ],
    }
    assert "google_gke_hub_scope" not in stack.counts()


def test_people_break_glass_as_administrators_of_every_cluster(tmp_path: Path) -> None:
    """Beside those that the cluster names itself; no scope and no object has to arrive first."""
    vmware = {**SECTION, "user_clusters": {"apps": {**CLUSTER, "admin_users": ["carol@example.com"]}}}
    shared = organization(promotion=("dev", "prod"), break_glass={"alice": ALICE})
    whole = estate(shared, environment("dev", vmware=vmware), environment("prod"))

    stack = synthesize_one(tmp_path, whole, "dev")

    assert stack.one("google_gkeonprem_vmware_cluster")["authorization"] == {
        "admin_users": [{"username": "carol@example.com"}, {"username": "alice@example.com"}]
    }
    assert not {"google_gke_hub_scope", "google_gke_hub_feature"} & set(stack.counts())
    assert "cluster_admin_binding" not in stack.outputs


def test_breaking_glass_ends_on_its_day(tmp_path: Path) -> None:
    """By a condition on each of the person's IAM bindings, and on no group's."""
    stack = found(tmp_path, teams={"seeiendom": team()}, break_glass={"alice": ALICE})

    condition = {
        "title": "until 2027-01-31",
        "expression": 'request.time < timestamp("2027-01-31T00:00:00Z")',
    }
    assert [
        (body["member"], body.get("condition"))
        for body in of_people(stack, "google_project_iam_member").values()
    ] == [
        ("user:alice@example.com", condition),
        ("user:alice@example.com", condition),
        ("group:seeiendom@example.com", None),
        ("group:seeiendom@example.com", None),
        ("group:seeiendom@example.com", None),
    ]
    assert {body["member"] for body in stack.resources("google_gke_hub_scope_iam_member").values()} == {
        "group:seeiendom@example.com"
    }


def test_groups_are_nested_where_the_organization_wants_it(tmp_path: Path) -> None:
    """Each group once, by the stack that holds the nesting."""
    stack = found(
        tmp_path,
        platform_team={"group": "platform@example.com"},
        teams={"seeiendom": team()},
        google_groups=NESTING,
    )

    memberships = stack.resources("google_cloud_identity_group_membership")
    assert [(name.rpartition("_")[0], body) for name, body in memberships.items()] == [
        (
            f"GroupNesting_{folder}_{key}_Membership",
            {
                "group": "groups/01opuj5n2abcdef",
                "preferred_member_key": {"id": f"{key}@example.com"},
                "roles": [{"name": "MEMBER"}],
                "depends_on": [stack.address("google_gke_hub_fleet")],
            },
        )
        for folder, key in (("Platform", "platform"), ("Teams", "seeiendom"))
    ]


def test_nobody_has_access_before_anybody_is_named(tmp_path: Path) -> None:
    """No scope, no feature, no output."""
    stack = found(tmp_path)

    assert not {"google_gke_hub_scope", "google_gke_hub_feature"} & set(stack.counts())
    assert "cluster_admin_binding" not in stack.outputs


def test_a_new_team_is_all_that_a_plan_shows(tmp_path: Path) -> None:
    """Every address that comes with it names it, and nothing else changes."""
    others = {
        name: team(group=f"{name}@example.com", namespace_prefix=f"{name}-", namespaces=[f"{name}-web"])
        for name in ("first", "second")
    }

    before = found(tmp_path / "before", teams=others).json["resource"]
    after = found(tmp_path / "after", teams={**others, "seeiendom": team()}).json["resource"]

    def flat(resources: dict[str, Any]) -> dict[str, Any]:
        return {f"{type_}.{name}": body for type_, of in resources.items() for name, body in of.items()}

    old, new = flat(before), flat(after)
    assert {address: new[address] for address in old} == old
    added = sorted(set(new) - set(old))
    assert len(added) == 8
    assert [address for address in added if "Teams_seeiendom_" not in address] == []


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_every_grant_is_one_resource_and_every_resource_one_grant(tmp_path: Path, name: str) -> None:
    """What `hybrid check --who` shows is what is built: no two grants collapse into one address."""
    teams = {
        f"t{i}": {
            "group": f"t{i}@example.com",
            "namespace_prefix": f"t{i}-",
            "namespaces": [f"t{i}-a", f"t{i}-b"],
            "access": {"dev": "edit", "prod": ["view", "admin"][i % 2]},
        }
        for i in range(12)
    }
    shared = organization(
        platform_team={"group": "platform@example.com"},
        teams=teams,
        # Keys of people and teams in one scope and one project, alike on purpose.
        break_glass={"t": {**ALICE, "environments": ["dev", "prod"]}},
    )
    whole = estate(
        shared, environment("dev", project="kl-host", owner="prod"), environment("prod", project="kl-host")
    )

    stack = synthesize_one(tmp_path, whole, name)

    expected = Counter(GRANT_TYPES[grant.binding] for grant in grants(whole) if grant.holder == name)
    counts = stack.counts()
    assert {type_: counts.get(type_, 0) for type_ in GRANT_TYPES.values()} == {
        type_: expected[type_] for type_ in GRANT_TYPES.values()
    }
    assert counts["google_gke_hub_scope"] == 12
    assert counts["google_gke_hub_namespace"] == 12 * 2


def test_only_additive_iam_is_ever_made(tmp_path: Path) -> None:
    """A binding or a policy takes away what others were given."""
    stack = found(tmp_path, platform_team={"group": "platform@example.com"}, teams={"seeiendom": team()})

    assert [type_ for type_ in stack.counts() if type_.endswith(("_iam_binding", "_iam_policy"))] == []
