"""The fleet in an environment's stack: what comes before clusters, and what they are set up with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from estate.facts.google.service_accounts import SERVICE_ACCOUNTS
from operations.heads.unusual import shapes
from tests.known_shapes import BESIDE
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.vmware.documents import SECTION
from tests.stacks.estates import synthesize_one
from tests.synth import Synthesized

GIT = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "token", "directory": "dev"}}
OTHER = {"oci": {"repo": "europe-docker.pkg.dev/p/config/apps", "secret_type": "none"}, "prevent_drift": True}


def fleet(tmp_path: Path, *, owner: str | None = None, **found: Any) -> Synthesized:
    """The stack of dev with user cluster apps and these features."""
    one = environment("dev", project="kl-host", owner=owner, vmware=SECTION, fleet={"features": found})
    shared = organization(teams={"seeiendom": SEEIENDOM})
    return synthesize_one(tmp_path, estate(shared, one, environment("prod", project="kl-host")), "dev")


def members(stack: Synthesized) -> dict[str, dict[str, Any]]:
    """Feature memberships by feature."""
    found = stack.resources("google_gke_hub_feature_membership")
    return {name.split("_apps_")[0].removeprefix("FeatureMemberships_"): body for name, body in found.items()}


def test_the_fleet_comes_before_every_cluster(tmp_path: Path) -> None:
    """The first registration would make a fleet by itself, and Terraform's would be refused."""
    stack = fleet(tmp_path)

    found = stack.one("google_gke_hub_fleet")
    assert found["lifecycle"] == {"prevent_destroy": True}
    assert len(found["depends_on"]) == len(stack.resources("google_project_service"))
    assert stack.one("google_gkeonprem_vmware_cluster")["depends_on"] == [
        stack.address("google_gke_hub_fleet")
    ]


def test_a_fleet_that_belongs_to_another_is_left_to_it(tmp_path: Path) -> None:
    """Its clusters are set up all the same, with the feature by its name."""
    stack = fleet(tmp_path, owner="prod", config_sync=GIT)

    assert not {"google_gke_hub_fleet", "google_gke_hub_feature", "google_service_account"} & set(
        stack.counts()
    )
    assert "depends_on" not in stack.one("google_gkeonprem_vmware_cluster")
    assert members(stack)["config_sync"]["feature"] == "configmanagement"


def test_an_environment_without_a_fleet_has_services_only(tmp_path: Path) -> None:
    """Those that it names itself."""
    google = {
        "host_project": {"id": "kl-dev-host", "number": 123456789012},
        "region": "europe-north1",
        "services": ["dns.googleapis.com"],
    }
    bare = estate(organization(), environment("dev", fleet=None, google=google))

    assert synthesize_one(tmp_path, bare, "dev").counts() == {"google_project_service": 1}


def test_config_sync_is_the_fleet_s_default_and_every_cluster_s(tmp_path: Path) -> None:
    """A default reaches only clusters that join later; a cluster of its own mind has its own settings."""
    stack = fleet(tmp_path / "a", config_sync=GIT)
    own = fleet(tmp_path / "b", config_sync={**GIT, "clusters": {"apps": OTHER}})

    settings = {
        "config_sync": {
            "enabled": True,
            "source_format": "unstructured",
            "git": {
                "sync_repo": "https://git.example.com/config.git",
                "sync_branch": "main",
                "policy_dir": "dev",
                "secret_type": "token",
            },
        }
    }
    features = stack.resources("google_gke_hub_feature")
    [(name, feature)] = [(name, body) for name, body in features.items() if name.startswith("Features_")]
    assert feature["fleet_default_member_config"] == {"configmanagement": settings}
    assert members(stack)["config_sync"] == {
        "project": "kl-host",
        "location": "global",
        "feature": f"${{google_gke_hub_feature.{name}.name}}",
        "membership": f"${{{stack.address('google_gkeonprem_vmware_cluster')}.fleet[0].membership}}",
        "membership_location": "europe-north1",
        "configmanagement": settings,
    }
    assert members(own)["config_sync"]["configmanagement"] == {
        "config_sync": {
            "enabled": True,
            "source_format": "unstructured",
            "prevent_drift": True,
            "oci": {"sync_repo": "europe-docker.pkg.dev/p/config/apps", "secret_type": "none"},
        }
    }


def test_config_sync_may_come_from_an_image_by_default(tmp_path: Path) -> None:
    """The same in the other resource."""
    stack = fleet(tmp_path, config_sync={**OTHER, "version": "1.21.0"})

    [feature] = [
        f for f in stack.resources("google_gke_hub_feature").values() if f["name"] == "configmanagement"
    ]
    assert feature["fleet_default_member_config"]["configmanagement"] == {
        "version": "1.21.0",
        "config_sync": {
            "enabled": True,
            "source_format": "unstructured",
            "prevent_drift": True,
            "oci": {"sync_repo": "europe-docker.pkg.dev/p/config/apps", "secret_type": "none"},
        },
    }


def test_policy_controller_names_a_bundle_as_each_resource_wants_it(tmp_path: Path) -> None:
    """`bundle` in one, `bundle_name` in the other."""
    bundles = {"pss-baseline-v2022": {"exempted_namespaces": ["kube-system"]}}
    stack = fleet(tmp_path, policy_controller={"bundles": bundles, "mutation": True, "log_denies": False})

    [feature] = [
        f for f in stack.resources("google_gke_hub_feature").values() if f["name"] == "policycontroller"
    ]
    default = feature["fleet_default_member_config"]["policycontroller"]["policy_controller_hub_config"]
    member = members(stack)["policy_controller"]["policycontroller"]["policy_controller_hub_config"]
    content, of_member = default.pop("policy_content"), member.pop("policy_content")
    assert (
        default
        == member
        == {
            "install_spec": "INSTALL_SPEC_ENABLED",
            "audit_interval_seconds": 60,
            "mutation_enabled": True,
        }
    )
    assert content["bundles"] == [{"bundle": "pss-baseline-v2022", "exempted_namespaces": ["kube-system"]}]
    assert of_member["bundles"] == [
        {"bundle_name": "pss-baseline-v2022", "exempted_namespaces": ["kube-system"]}
    ]


def test_the_mesh_is_manual_and_says_its_names(tmp_path: Path) -> None:
    """A person installs it with the names that are put out."""
    stack = fleet(tmp_path, service_mesh={})

    assert members(stack)["service_mesh"]["mesh"] == {"management": "MANAGEMENT_MANUAL"}
    assert json.loads(stack.outputs["service_mesh"]["value"]) == {
        "mesh_id": "proj-123456789012",
        "clusters": {
            "apps": {"network": "dev-apps", "membership": "kl-dev-apps", "location": "europe-north1"}
        },
    }


def test_features_of_the_whole_fleet(tmp_path: Path) -> None:
    """Logs, upgrades and ingress have a spec and no members."""
    membership = "projects/kl-host/locations/europe-north1/memberships/cloud"
    stack = fleet(
        tmp_path / "a",
        fleet_observability={"default_logs": "copy", "fleet_scope_logs": "move"},
        cluster_upgrade={"upstream_fleet": 234567890123, "soaking_days": 2},
        multi_cluster_ingress={"config_membership": membership},
    )
    half = fleet(tmp_path / "b", fleet_observability={"default_logs": "move"}, cluster_upgrade={})
    other = fleet(tmp_path / "c", fleet_observability={"fleet_scope_logs": "copy"})

    def specs(found: Synthesized) -> dict[str, Any]:
        features = found.resources("google_gke_hub_feature").values()
        return {key: value for body in features for key, value in body.get("spec", {}).items()}

    assert specs(stack) == {
        "fleetobservability": {
            "logging_config": {
                "default_config": {"mode": "COPY"},
                "fleet_scope_logs_config": {"mode": "MOVE"},
            }
        },
        "clusterupgrade": {"upstream_fleets": ["234567890123"], "post_conditions": {"soaking": "172800s"}},
        "multiclusteringress": {"config_membership": membership},
    }
    assert specs(half) == {
        "fleetobservability": {"logging_config": {"default_config": {"mode": "MOVE"}}},
        "clusterupgrade": {"upstream_fleets": [], "post_conditions": {"soaking": "604800s"}},
    }
    assert specs(other) == {
        "fleetobservability": {"logging_config": {"fleet_scope_logs_config": {"mode": "COPY"}}}
    }
    assert members(stack) == {}


def test_service_accounts_have_their_roles_and_no_keys(tmp_path: Path) -> None:
    """Four accounts, ten roles on the host project, audit logging none."""
    stack = fleet(tmp_path)

    accounts = stack.resources("google_service_account")
    by_account: dict[str, set[str]] = {body["account_id"]: set() for body in accounts.values()}
    members = {
        f"${{google_service_account.{name}.member}}": body["account_id"] for name, body in accounts.items()
    }
    for body in stack.resources("google_project_iam_member").values():
        if body["member"] in members:
            by_account[members[body["member"]]].add(body["role"])
    assert by_account == {name: set(account.roles) for name, account in SERVICE_ACCOUNTS.items()}
    assert by_account["audit-logging-sa"] == set()
    assert "roles/kubernetesmetadata.publisher" in by_account["logging-monitoring-sa"]
    assert all(6 <= len(name) <= 30 for name in by_account)
    assert "google_service_account_key" not in stack.counts()
    assert all(
        len(body["depends_on"]) == len(stack.resources("google_project_service"))
        for body in accounts.values()
    )


def test_each_cluster_is_set_up_with_its_own_folder_of_the_tree(tmp_path: Path) -> None:
    """And whoever joins begins with none; without the tree, with what the file says."""
    git = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "token"}}
    one = environment("dev", vmware=SECTION, fleet={"features": {"config_sync": git}})
    shared = organization(promotion=("dev",), gitops={"applier": "config_sync"})

    stack = synthesize_one(tmp_path, estate(shared, one), "dev")

    member = members(stack)["config_sync"]["configmanagement"]["config_sync"]
    assert member["git"]["policy_dir"] == "clusters/dev/apps/synced"
    default = stack.one("google_gke_hub_feature")["fleet_default_member_config"]
    assert default["configmanagement"]["config_sync"] == {"enabled": True, "source_format": "unstructured"}


def test_the_root_of_the_mesh_is_made_and_its_issuers_are_let_in(tmp_path: Path) -> None:
    """Of the clusters whose own control plane signs, once these are there; nobody is before."""
    stack = fleet(tmp_path, service_mesh={"trust": {}})

    assert stack.one("google_privateca_ca_pool")["name"] == "kl-dev-mesh"
    cluster = stack.address("google_gkeonprem_vmware_cluster")
    members = stack.resources("google_privateca_ca_pool_iam_member").values()
    assert [one["depends_on"] for one in members] == [[cluster], [cluster]]
    services = {one["service"] for one in stack.resources("google_project_service").values()}
    assert "privateca.googleapis.com" in services


def test_a_root_waits_for_no_cluster(tmp_path: Path) -> None:
    """An issuer of one's own takes the place of all of it."""
    shared = organization(gitops={})

    def counts(trust: dict[str, Any]) -> dict[str, int]:
        one = environment("dev", fleet={"features": {"service_mesh": {"trust": trust}}})
        found = synthesize_one(tmp_path, estate(shared, one, environment("prod")), "dev").counts()
        return {name: count for name, count in found.items() if "privateca" in name}

    assert counts({}) == {"google_privateca_ca_pool": 1, "google_privateca_certificate_authority": 1}
    assert counts({"issuer": {"name": "vault"}}) == {}


def test_an_owner_switches_on_the_authority_s_api_for_others(tmp_path: Path) -> None:
    """A pool of one's own in a project that another owns."""
    stack = fleet(tmp_path, owner="prod", service_mesh={"trust": {}})

    assert stack.one("google_privateca_ca_pool")["project"] == "kl-host"
    assert not stack.resources("google_project_service")


def test_what_leads_from_root_to_pool_is_known(tmp_path: Path) -> None:
    """To whoever plans a pull request with nobody asked; the example says no trust."""
    found = shapes(fleet(tmp_path, service_mesh={"trust": {}}).json)

    said = {place: shape for _, place, shape in found if place.startswith("google_privateca_")}
    assert {place: BESIDE[place] for place in said} == {place: {shape} for place, shape in said.items()}
