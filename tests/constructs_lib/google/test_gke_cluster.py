"""A GKE cluster and its pools."""

from __future__ import annotations

from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest
from cdktf import TerraformStack

from constructs_lib.google.gke_cluster import GkeCluster
from constructs_lib.google.gke_node_pool import GkeNodePool
from constructs_lib.google.gke_site import GkeSite
from constructs_lib.google.kms_key import KmsKey
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.kms_key import KmsKeyConfig
from tests.constructs_lib.google.defined import REGION, network, subnet, synthesize_google
from tests.model.google.documents import CLUSTER, POOL, with_
from tests.synth import Synthesized

TYPE, POOLS = "google_container_cluster", "google_container_node_pool"


def gke(
    tmp_path: Path, document: dict[str, Any] = CLUSTER, *, protected: bool = True, authorized: bool = True
) -> Synthesized:
    """A stack with the cluster `cloud` and its pools."""

    def define(stack: TerraformStack) -> None:
        config = GkeClusterConfig.model_validate(document)
        vpc = network(stack)
        place = subnet(stack, vpc)
        site = GkeSite(
            project="kl-dev-apps",
            account_id="kl-dev-gke-cloud",
            fleet_project="kl-dev-host",
            network=vpc,
            subnet=place,
            secrets_key=KmsKey(stack, "Key", config=KmsKeyConfig(), name="kl-dev-secrets-1", region=REGION),
            security_group="gke-security-groups@example.com",
            authorized_networks={"onprem": IPv4Network("10.20.0.0/16")} if authorized else {},
        )
        cluster = GkeCluster(
            stack, "Cloud", config=config, name="kl-dev-cloud", site=site, prevent_destroy=protected
        )
        for key, pool in config.node_pools.items():
            GkeNodePool(
                cluster,
                key,
                config=pool,
                name=pool.name or key,
                first_nodes=config.first_nodes(pool),
                cluster=cluster,
            )

    return synthesize_google(tmp_path, define)


def test_a_cluster_has_what_no_file_can_switch_off(tmp_path: Path) -> None:
    """Private, encrypted, in the fleet, with Workload Identity, Dataplane V2 and the domain's groups."""
    stack = gke(tmp_path)

    found = stack.one(TYPE)
    [account] = stack.resources("google_service_account")
    assert found.pop("depends_on") == [stack.address("google_project_iam_member")]
    assert found.pop("lifecycle").keys() == {"prevent_destroy", "ignore_changes", "postcondition"}
    assert found == {
        "project": "kl-dev-apps",
        "name": "kl-dev-cloud",
        "location": REGION,
        "network": f"${{{stack.address('google_compute_network')}.self_link}}",
        "subnetwork": f"${{{stack.address('google_compute_subnetwork')}.self_link}}",
        "networking_mode": "VPC_NATIVE",
        "datapath_provider": "ADVANCED_DATAPATH",
        "ip_allocation_policy": {
            "cluster_secondary_range_name": "pods",
            "services_secondary_range_name": "services",
        },
        "default_max_pods_per_node": 110,
        "private_cluster_config": {
            "enable_private_nodes": True,
            "enable_private_endpoint": True,
            "master_ipv4_cidr_block": "172.16.0.0/28",
            "master_global_access_config": {"enabled": False},
        },
        "control_plane_endpoints_config": {
            "dns_endpoint_config": {"allow_external_traffic": True},
            "ip_endpoints_config": {"enabled": True},
        },
        "master_authorized_networks_config": {
            "cidr_blocks": [{"display_name": "onprem", "cidr_block": "10.20.0.0/16"}],
            "private_endpoint_enforcement_enabled": True,
        },
        "database_encryption": {
            "state": "ENCRYPTED",
            "key_name": f"${{{stack.address('google_kms_crypto_key')}.id}}",
        },
        "workload_identity_config": {"workload_pool": "kl-dev-apps.svc.id.goog"},
        "authenticator_groups_config": {"security_group": "gke-security-groups@example.com"},
        "enable_intranode_visibility": True,
        "enable_l4_ilb_subsetting": True,
        "enable_shielded_nodes": True,
        "release_channel": {"channel": "REGULAR"},
        "logging_config": {"enable_components": ["SYSTEM_COMPONENTS"]},
        "monitoring_config": {
            "enable_components": ["SYSTEM_COMPONENTS"],
            "managed_prometheus": {"enabled": False},
        },
        "cost_management_config": {"enabled": True},
        "fleet": {"project": "kl-dev-host"},
        "remove_default_node_pool": True,
        "initial_node_count": 1,
        "master_auth": {"client_certificate_config": {"issue_client_certificate": False}},
        "node_config": {
            "service_account": f"${{google_service_account.{account}.email}}",
            "shielded_instance_config": {"enable_secure_boot": True, "enable_integrity_monitoring": True},
            "workload_metadata_config": {"mode": "GKE_METADATA"},
        },
        "deletion_protection": True,
    }


def test_google_s_other_word_for_encrypted_is_no_difference(tmp_path: Path) -> None:
    """Or every plan had one; that the encryption is on is asked for by itself, of clusters that are taken in too."""
    lifecycle = gke(tmp_path).one(TYPE)["lifecycle"]

    [condition] = lifecycle.pop("postcondition")
    assert lifecycle == {
        "prevent_destroy": True,
        "ignore_changes": ["node_config", "initial_node_count", "database_encryption[0].state"],
    }
    assert condition["condition"] == '${self.database_encryption[0].state != "DECRYPTED"}'
    assert (
        f"gcloud container clusters update kl-dev-cloud --location={REGION} --project=kl-dev-apps "
        "--database-encryption-key=KEY"
    ) in condition["error_message"]


def test_nodes_have_an_account_that_may_write_logs_and_metrics(tmp_path: Path) -> None:
    """And nothing else: the default account of a project may edit everything in it."""
    stack = gke(tmp_path)

    assert stack.one("google_service_account")["account_id"] == "kl-dev-gke-cloud"
    assert stack.one("google_project_iam_member")["role"] == "roles/container.defaultNodeServiceAccount"


def test_nodes_pull_images_of_the_repositories_that_are_named(tmp_path: Path) -> None:
    """Of these alone, wherever they are; their account's own role reads none."""
    repositories = {
        "apps": "projects/kl-images/locations/europe-north1/repositories/apps",
        "mirror": "projects/kl-images/locations/europe/repositories/mirror",
    }
    stack = gke(tmp_path, with_(CLUSTER, "image_repositories", repositories))

    [account] = stack.resources("google_service_account")
    shared = {
        "project": "kl-images",
        "role": "roles/artifactregistry.reader",
        "member": f"${{google_service_account.{account}.member}}",
    }
    assert list(stack.resources("google_artifact_registry_repository_iam_member").values()) == [
        {**shared, "location": "europe-north1", "repository": "apps"},
        {**shared, "location": "europe", "repository": "mirror"},
    ]


def test_a_throw_away_cluster_can_be_destroyed(tmp_path: Path) -> None:
    """Both protections go together: the API's own, and Terraform's."""
    found = gke(tmp_path, protected=False).one(TYPE)

    assert (found["deletion_protection"], found["lifecycle"]["prevent_destroy"]) == (False, False)


@pytest.mark.parametrize(
    ("path", "value", "field", "expected"),
    [
        ("zones", ["europe-north1-a"], "node_locations", ["europe-north1-a"]),
        ("release_channel", "stable", "release_channel", {"channel": "STABLE"}),
        ("max_pods_per_node", 64, "default_max_pods_per_node", 64),
        ("cost_allocation", False, "cost_management_config", {"enabled": False}),
        (
            "observability",
            {"logs": "workloads"},
            "logging_config",
            {"enable_components": ["SYSTEM_COMPONENTS", "WORKLOADS"]},
        ),
        ("observability", {"logs": "off"}, "logging_config", {"enable_components": []}),
        (
            "observability",
            {"metrics": "off"},
            "monitoring_config",
            {"enable_components": [], "managed_prometheus": {"enabled": False}},
        ),
        (
            "observability",
            {"metrics": "workloads", "managed_prometheus": True},
            "monitoring_config",
            {
                "enable_components": [
                    "SYSTEM_COMPONENTS",
                    "DAEMONSET",
                    "DEPLOYMENT",
                    "HPA",
                    "POD",
                    "STATEFULSET",
                    "STORAGE",
                ],
                "managed_prometheus": {"enabled": True},
            },
        ),
        (
            "maintenance",
            {"days": ["sun", "sat"], "start": "22:30", "hours": 6},
            "maintenance_policy",
            {
                "recurring_window": {
                    "start_time": "2026-01-01T22:30:00Z",
                    "end_time": "2026-01-02T04:30:00Z",
                    "recurrence": "FREQ=WEEKLY;BYDAY=SA,SU",
                }
            },
        ),
    ],
)
def test_each_option_reaches_the_cluster(
    tmp_path: Path, path: str, value: Any, field: str, expected: Any
) -> None:
    """One at a time."""
    document = with_(CLUSTER, path, value)
    if path == "zones":
        document = with_(document, "node_pools.default.min_nodes", 1)

    assert gke(tmp_path, document).one(TYPE)[field] == expected


def test_days_without_maintenance_are_whole_days(tmp_path: Path) -> None:
    """From the beginning of the first to the end of the last."""
    window = {"days": ["sat", "sun"], "start": "01:00", "hours": 6}
    freeze = {"first": "2026-12-18", "last": "2026-12-31", "scope": "no_minor_upgrades"}

    found = gke(tmp_path, {**CLUSTER, "maintenance": {**window, "exclusions": {"december": freeze}}}).one(
        TYPE
    )

    assert found["maintenance_policy"]["maintenance_exclusion"] == [
        {
            "exclusion_name": "december",
            "start_time": "2026-12-18T00:00:00Z",
            "end_time": "2027-01-01T00:00:00Z",
            "exclusion_options": {"scope": "NO_MINOR_UPGRADES"},
        }
    ]


def test_a_cluster_may_have_one_door_only(tmp_path: Path) -> None:
    """Either of the two, and a private address whom nobody else comes to is closed all the same."""
    dns = gke(tmp_path / "dns", {**CLUSTER, "private_endpoint": False}).one(TYPE)
    private = gke(tmp_path / "ip", {**CLUSTER, "dns_endpoint": False}, authorized=False).one(TYPE)

    assert dns["control_plane_endpoints_config"]["ip_endpoints_config"] == {"enabled": False}
    assert "master_authorized_networks_config" not in dns
    assert private["control_plane_endpoints_config"]["dns_endpoint_config"] == {
        "allow_external_traffic": False
    }
    assert private["master_authorized_networks_config"] == {
        "cidr_blocks": [],
        "private_endpoint_enforcement_enabled": True,
    }


def test_a_pool_scales_repairs_and_upgrades_itself(tmp_path: Path) -> None:
    """On shielded machines without addresses, under the cluster's account."""
    stack = gke(tmp_path)

    [account] = stack.resources("google_service_account")
    assert stack.one(POOLS) == {
        "project": "kl-dev-apps",
        "location": REGION,
        "cluster": f"${{{stack.address(TYPE)}.name}}",
        "name": "default",
        "initial_node_count": 1,
        "autoscaling": {"total_min_node_count": 3, "total_max_node_count": 6, "location_policy": "BALANCED"},
        "management": {"auto_repair": True, "auto_upgrade": True},
        "upgrade_settings": {"strategy": "SURGE", "max_surge": 1, "max_unavailable": 0},
        "network_config": {"enable_private_nodes": True},
        "node_config": {
            "machine_type": "e2-standard-4",
            "disk_size_gb": 100,
            "disk_type": "pd-balanced",
            "image_type": "COS_CONTAINERD",
            "spot": False,
            "service_account": f"${{google_service_account.{account}.email}}",
            "oauth_scopes": ["https://www.googleapis.com/auth/cloud-platform"],
            "shielded_instance_config": {"enable_secure_boot": True, "enable_integrity_monitoring": True},
            "workload_metadata_config": {"mode": "GKE_METADATA"},
            "metadata": {"disable-legacy-endpoints": "true"},
        },
        "lifecycle": {"ignore_changes": ["initial_node_count"]},
    }


def test_a_pool_is_made_with_its_fewest_nodes(tmp_path: Path) -> None:
    """The autoscaler adds none before pods need them."""
    stack = gke(tmp_path, with_(CLUSTER, "node_pools.default.min_nodes", 6))

    assert stack.one(POOLS)["initial_node_count"] == 2


def test_a_pool_that_may_have_no_nodes_is_made_without(tmp_path: Path) -> None:
    """The number is written all the same, so that nobody takes it for forgotten."""
    batch = {**POOL, "min_nodes": 0, "max_nodes": 2}
    stack = gke(tmp_path, with_(CLUSTER, "node_pools", {"batch": batch, "default": POOL}))

    assert [(one["name"], one["initial_node_count"]) for one in stack.resources(POOLS).values()] == [
        ("batch", 0),
        ("default", 1),
    ]


def test_a_pool_has_its_own_labels_taints_and_prices(tmp_path: Path) -> None:
    """Spot machines are taken wherever there are any."""
    taint = {"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"}
    batch = {**POOL, "spot": True, "labels": {"tier": "batch"}, "taints": [taint]}

    pools = gke(tmp_path, with_(CLUSTER, "node_pools.batch", batch)).resources(POOLS)

    [found] = [body for body in pools.values() if body["name"] == "batch"]
    assert found["autoscaling"]["location_policy"] == "ANY"
    assert found["node_config"]["spot"] is True
    assert found["node_config"]["labels"] == {"tier": "batch"}
    assert found["node_config"]["taint"] == [taint]


def test_a_cluster_that_is_backed_up_has_the_agent(tmp_path: Path) -> None:
    """And says nothing of add-ons otherwise, so that what is on stays on."""
    backed_up = gke(tmp_path / "a", {**CLUSTER, "backup": {"kms_key": "secrets"}}).one(TYPE)

    assert backed_up["addons_config"] == {"gke_backup_agent_config": {"enabled": True}}
    assert "addons_config" not in gke(tmp_path / "b").one(TYPE)
