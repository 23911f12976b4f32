"""The Google Cloud section in an environment's stack: projects, network, clusters, and who comes to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estate.derived.share import shares
from estate.model.environment import Environment
from tests.model.access.estates import SEEIENDOM, estate, organization
from tests.model.google.documents import CLUSTER, ENVIRONMENT, GOOGLE, SUBNET, with_, without
from tests.stacks.estates import synthesize_one
from tests.synth import Synthesized

CLUSTERS = "google_container_cluster"
BREAK_GLASS = {
    "kari": {
        "user": "kari@example.com",
        "environments": ["dev"],
        "expires": "2027-01-31",
        "reason": "on call",
    }
}
MORE_SUBNET = {"cidr": "10.80.0.0/20", "pods": "10.84.0.0/16", "services": "10.88.0.0/20"}
MORE = {**CLUSTER, "subnet": "more", "control_plane_cidr": "172.16.0.16/28"}


def dev(tmp_path: Path, document: dict[str, Any] = ENVIRONMENT, **shared: Any) -> Synthesized:
    """The stack of dev alone in its estate."""
    environment = Environment.model_validate(document)
    return synthesize_one(tmp_path, estate(organization(**shared), environment), "dev")


def test_the_host_project_lends_its_network_to_what_is_attached(tmp_path: Path) -> None:
    """The attachment comes after what makes the host one, by reference."""
    stack = dev(tmp_path)

    attachment = stack.one("google_compute_shared_vpc_service_project")
    assert (
        attachment["host_project"]
        == f"${{{stack.address('google_compute_shared_vpc_host_project')}.project}}"
    )
    assert attachment["service_project"] == "kl-dev-apps"
    services = stack.resources("google_project_service").values()
    assert {"container.googleapis.com", "compute.googleapis.com"} <= {
        one["service"] for one in services if one["project"] == "kl-dev-apps"
    }
    assert all(one["disable_on_destroy"] is False for one in services)


def test_a_project_without_attachments_lends_nothing(tmp_path: Path) -> None:
    """Its own clusters stand in its network without any agent's role across projects."""
    google = without(without(GOOGLE, "service_projects"), "gke_clusters.cloud.project")

    stack = dev(tmp_path, {**ENVIRONMENT, "google": google})

    kinds = set(stack.counts())
    assert not {kind for kind in kinds if "shared_vpc" in kind or "subnetwork_iam" in kind}
    assert stack.one(CLUSTERS)["project"] == "kl-dev-host"
    assert (
        "service-123456789012@container-engine-robot"
        in stack.one("google_kms_crypto_key_iam_member")["member"]
    )


def test_an_attached_project_without_clusters_has_its_attachment_only(tmp_path: Path) -> None:
    """No agent of it gets a role before there is a cluster to need it."""
    google = without(without(GOOGLE, "gke_clusters"), "kms_keys")

    stack = dev(tmp_path, without({**ENVIRONMENT, "google": google}, "vmware"))

    assert "google_compute_shared_vpc_service_project" in stack.counts()
    assert "google_project_iam_member" not in stack.counts()


def test_who_shares_a_host_project_attaches_to_what_its_owner_made_of_it(tmp_path: Path) -> None:
    """Its owner makes it a host once, for all who attach."""
    owner = {
        "environment": "prod",
        "state": {"local": {}},
        "fleet": {},
        "google": {
            "host_project": GOOGLE["host_project"],
            "region": "europe-north1",
            "services": [f"{name}.googleapis.com" for name in ("cloudkms", "compute", "container", "dns")],
        },
    }
    sharer = without(with_(ENVIRONMENT, "google.host_project.owner", "prod"), "vmware")
    both = estate(organization(), Environment.model_validate(sharer), Environment.model_validate(owner))

    mine = synthesize_one(tmp_path / "dev", both, "dev")
    theirs = synthesize_one(tmp_path / "prod", both, "prod")

    assert {name: share.hosts_shared_vpc for name, share in shares(both).items()} == {
        "dev": False,
        "prod": True,
    }
    assert mine.one("google_compute_shared_vpc_service_project")["host_project"] == "kl-dev-host"
    assert theirs.one("google_compute_shared_vpc_host_project")["project"] == "kl-dev-host"
    assert "google_compute_shared_vpc_host_project" not in mine.counts()


def test_a_section_without_a_network_keeps_its_keys_and_projects(tmp_path: Path) -> None:
    """So that a half retired one still synthesizes."""
    google = without(without(GOOGLE, "gke_clusters"), "network")

    counts = dev(tmp_path, without({**ENVIRONMENT, "google": google}, "vmware")).counts()

    assert {kind for kind in counts if kind.startswith(("google_compute", "google_kms"))} == {
        "google_compute_shared_vpc_host_project",
        "google_compute_shared_vpc_service_project",
        "google_kms_crypto_key",
        "google_kms_key_ring",
    }


def test_gke_makes_rules_for_load_balancers_where_the_file_says_so(tmp_path: Path) -> None:
    """By a role of six permissions in the host project, before the cluster stands; nowhere unless said."""
    stack = dev(tmp_path, with_(ENVIRONMENT, "google.service_projects.apps.load_balancer_rules", "gke"))

    role = stack.one("google_project_iam_custom_role")
    assert (role["project"], role["role_id"]) == ("kl-dev-host", "kl_dev_gke_load_balancers")
    assert role["permissions"] == [
        *(f"compute.firewalls.{verb}" for verb in ("create", "delete", "get", "list", "update")),
        "compute.networks.updatePolicy",
    ]
    name = f"${{{stack.address('google_project_iam_custom_role')}.name}}"
    [(id_, member)] = [
        (id_, one) for id_, one in stack.resources("google_project_iam_member").items() if one["role"] == name
    ]
    assert (member["project"], member["member"]) == (
        "kl-dev-host",
        "serviceAccount:service-523456789012@container-engine-robot.iam.gserviceaccount.com",
    )
    assert f"google_project_iam_member.{id_}" in stack.one(CLUSTERS)["depends_on"]


@pytest.mark.parametrize("said", ["by_hand", None])
def test_gke_makes_no_rules_unless_the_file_says_so(tmp_path: Path, said: str | None) -> None:
    """The role reaches every VPC firewall rule of the host project."""
    stack = dev(tmp_path, with_(ENVIRONMENT, "google.service_projects.apps.load_balancer_rules", said))

    assert "google_project_iam_custom_role" not in stack.counts()


def test_a_network_has_subnets_for_proxies(tmp_path: Path) -> None:
    """In the section's region unless it says another."""
    proxies = {"near": {"cidr": "10.73.0.0/23"}, "far": {"cidr": "10.74.0.0/23", "region": "europe-west1"}}

    subnets = dev(tmp_path, with_(ENVIRONMENT, "google.network.proxy_subnets", proxies)).resources(
        "google_compute_subnetwork"
    )

    found = {one["name"]: one["region"] for one in subnets.values() if one.get("purpose")}
    assert found == {"kl-dev-proxies-near": "europe-north1", "kl-dev-proxies-far": "europe-west1"}


def test_a_gke_cluster_is_a_member_like_any_other(tmp_path: Path) -> None:
    """Scopes reach it, and features are set up in it, under the membership that the fleet gave it."""
    sync = {"git": {"repo": "https://git.example.com/config.git", "secret_type": "none"}}

    stack = dev(
        tmp_path, with_(ENVIRONMENT, "fleet.features.config_sync", sync), teams={"seeiendom": SEEIENDOM}
    )

    fleet = f"${{{stack.address(CLUSTERS)}.fleet[0]."
    bindings = stack.resources("google_gke_hub_membership_binding").values()
    settings = stack.resources("google_gke_hub_feature_membership").values()
    assert {(one["membership_id"], one["location"]) for one in bindings} == {
        ("kl-dev-apps", "europe-north1"),
        (f"{fleet}membership_id}}", f"{fleet}membership_location}}"),
    }
    assert (f"{fleet}membership_id}}", f"{fleet}membership_location}}") in {
        (one["membership"], one["membership_location"]) for one in settings
    }
    assert "google_gke_hub_membership" not in stack.counts()


def test_whoever_breaks_glass_administers_gke_clusters_until_their_day(tmp_path: Path) -> None:
    """By IAM of the project that the clusters stand in, which knows days."""
    found = dev(tmp_path, break_glass=BREAK_GLASS).resources("google_project_iam_member")

    [admin] = [one for one in found.values() if one["role"] == "roles/container.admin"]
    assert (admin["project"], admin["member"]) == ("kl-dev-apps", "user:kari@example.com")
    assert admin["condition"]["expression"] == 'request.time < timestamp("2027-01-31T00:00:00Z")'


def test_whoever_breaks_glass_administers_clusters_of_the_host_project_too(tmp_path: Path) -> None:
    """Whose roles belong to the project's owner."""
    google = without(without(GOOGLE, "service_projects"), "gke_clusters.cloud.project")

    found = dev(tmp_path, {**ENVIRONMENT, "google": google}, break_glass=BREAK_GLASS)

    roles = found.resources("google_project_iam_member").values()
    assert [one["project"] for one in roles if one["role"] == "roles/container.admin"] == ["kl-dev-host"]


def test_two_clusters_share_a_key_and_no_subnet(tmp_path: Path) -> None:
    """One grant of the key for both, and the agents let into each subnet."""
    google = with_(with_(GOOGLE, "network.subnets.more", MORE_SUBNET), "gke_clusters.more", MORE)

    stack = dev(tmp_path, {**ENVIRONMENT, "google": google})

    assert len(stack.resources(CLUSTERS)) == 2
    assert len(stack.resources("google_kms_crypto_key_iam_member")) == 1
    assert len(stack.resources("google_compute_subnetwork_iam_member")) == 4
    accounts = {one["account_id"] for one in stack.resources("google_service_account").values()}
    assert {"kl-dev-gke-cloud", "kl-dev-gke-more"} <= accounts


def test_every_region_with_a_subnet_has_a_way_to_the_internet(tmp_path: Path) -> None:
    """And forwarders of names that are put out by region."""
    google = with_(
        with_(GOOGLE, "network.subnets.west", {"cidr": "10.80.0.0/20", "region": "europe-west1"}),
        "network.nat",
        {},
    )

    stack = dev(tmp_path, {**ENVIRONMENT, "google": google})

    nats = stack.resources("google_compute_router_nat").values()
    assert {one["region"] for one in nats} == {"europe-north1", "europe-west1"}
    assert all(
        f'"{region}" = ' in stack.outputs["dns_forwarders"]["value"]
        for region in ("europe-north1", "europe-west1")
    )
    [policy] = stack.resources("google_dns_policy").values()
    assert len(policy["depends_on"]) == 2


def test_nobody_asks_a_network_that_answers_nobody(tmp_path: Path) -> None:
    """No policy, no output; the zones stay for the network itself."""
    stack = dev(tmp_path, with_(ENVIRONMENT, "google.network.inbound_dns", value=False))

    assert "google_dns_policy" not in stack.counts()
    assert "dns_forwarders" not in stack.outputs
    assert len(stack.resources("google_dns_managed_zone")) == 4


@pytest.mark.parametrize("protected", [True, False])
def test_everything_stateful_is_protected_as_the_environment_says(tmp_path: Path, *, protected: bool) -> None:
    """Network, subnets, keys, clusters and the addresses that others let in."""
    document = with_(ENVIRONMENT, "google.network.nat", {"addresses": ["a"]})

    stack = dev(tmp_path, {**document, "deletion_protection": protected})

    kinds = (
        "google_compute_address",
        "google_compute_network",
        "google_compute_subnetwork",
        CLUSTERS,
        "google_kms_crypto_key",
        "google_kms_key_ring",
    )
    assert {kind: stack.one(kind)["lifecycle"]["prevent_destroy"] for kind in kinds} == dict.fromkeys(
        kinds, protected
    )
    assert stack.one(CLUSTERS)["deletion_protection"] is protected


def test_the_stack_asks_the_cloud_nothing_before_it_has_made_something(tmp_path: Path) -> None:
    """A first plan needs no credentials: whatever is looked up waits for a resource."""
    stack = dev(tmp_path)

    found = [body for bodies in stack.json.get("data", {}).values() for body in bodies.values()]
    assert found
    assert all(body["depends_on"] for body in found)
    assert SUBNET["cidr"] in json.dumps(stack.json)


@pytest.mark.parametrize(
    ("document", "project", "number"),
    [
        (ENVIRONMENT, "kl-dev-apps", 523456789012),
        (without(ENVIRONMENT, "google.gke_clusters.cloud.project"), "kl-dev-host", 123456789012),
    ],
    ids=["service project", "host project"],
)
def test_a_backed_up_cluster_has_its_plan_its_agent_and_its_api(
    tmp_path: Path, document: dict[str, Any], project: str, number: int
) -> None:
    """The agent may use the key before the plan does; without a plan nothing of it is there."""
    backed_up = with_(document, "google.gke_clusters.cloud.backup", {"kms_key": "secrets"})

    stack = dev(tmp_path / "a", backed_up)
    bare = dev(tmp_path / "b", document)

    agents = [
        f"serviceAccount:service-{number}@{one}.iam.gserviceaccount.com"
        for one in ("gcp-sa-gkebackup", "container-engine-robot")
    ]
    granted = stack.resources("google_kms_crypto_key_iam_member")
    # Once each, though the cluster's secrets have the same key.
    [grant, other] = [name for agent in agents for name, one in granted.items() if one["member"] == agent]
    services = stack.resources("google_project_service").values()
    assert [one["project"] for one in services if one["service"] == "gkebackup.googleapis.com"] == [project]
    plan = stack.one("google_gke_backup_backup_plan")
    assert plan["project"] == project
    assert f"google_kms_crypto_key_iam_member.{grant}" in plan["depends_on"]
    assert f"google_kms_crypto_key_iam_member.{other}" in plan["depends_on"]
    assert set(stack.counts()) - set(bare.counts()) == {"google_gke_backup_backup_plan"}


def test_gke_may_use_a_key_of_backups_that_is_not_that_of_secrets(tmp_path: Path) -> None:
    """Both agents on both keys that they are asked for, and neither on another."""
    document = with_(ENVIRONMENT, "google.kms_keys", {"secrets": {}, "backups": {}, "other": {}})
    document = with_(document, "google.gke_clusters.cloud.backup", {"kms_key": "backups"})

    granted = dev(tmp_path, document).resources("google_kms_crypto_key_iam_member").values()

    at = "gserviceaccount.com"
    assert sorted((one["member"].partition("@")[2], _key_of(one)) for one in granted) == [
        (f"container-engine-robot.iam.{at}", "backups"),
        (f"container-engine-robot.iam.{at}", "secrets"),
        (f"gcp-sa-gkebackup.iam.{at}", "backups"),
    ]


def _key_of(grant: dict[str, Any]) -> str:
    return str(grant["crypto_key_id"]).partition("GoogleKmsKeys_")[2].partition("_")[0]
