"""Each rule that judges one direction fires in that direction, with the attributes that resources have."""

from __future__ import annotations

from typing import Any

import pytest

from operations.review.conditions import named
from operations.review.risks import default_risks
from tests.operations.review.golden import EXPECTED
from tests.operations.review.reviewed import change, found, plan

_RULES: dict[str, tuple[str, Any, Any]] = {
    "accepts-anybody": (
        "aws_ec2_transit_gateway",
        {"auto_accept_shared_attachments": "disable"},
        {"auto_accept_shared_attachments": "enable"},
    ),
    "api-goes-with-entry": (
        "google_project_service",
        {"disable_on_destroy": False},
        {"disable_on_destroy": True},
    ),
    "backups-kept-shorter": (
        "google_gke_backup_backup_plan",
        {"retention_policy": [{"backup_retain_days": 30}]},
        {"retention_policy": [{"backup_retain_days": 7}]},
    ),
    "control-plane-cut-off": (
        "aws_eks_cluster",
        {"vpc_config": [{"endpoint_private_access": True}]},
        {"vpc_config": [{"endpoint_private_access": False}]},
    ),
    "control-plane-thin": (
        "google_gkeonprem_vmware_cluster",
        {"control_plane_node": [{"replicas": 3}]},
        {"control_plane_node": [{"replicas": 1}]},
    ),
    "default-encryption-off": (
        "aws_ebs_encryption_by_default",
        {"enabled": True},
        {"enabled": False},
    ),
    "gitops-public": (
        "google_gke_hub_feature_membership",
        {"configmanagement": [{"config_sync": [{"git": [{"secret_type": "token"}]}]}]},
        {"configmanagement": [{"config_sync": [{"git": [{"secret_type": "none"}]}]}]},
    ),
    "fleet-left": ("google_container_cluster", {"fleet": [{"project": "p"}]}, {"fleet": []}),
    "force-destroy-on": ("aws_s3_bucket", {"force_destroy": False}, {"force_destroy": True}),
    "gateway-zone-gone": (
        "aws_ec2_transit_gateway_vpc_attachment",
        {"subnet_ids": ["subnet-a", "subnet-b"]},
        {"subnet_ids": ["subnet-a"]},
    ),
    "groups-off": (
        "google_container_cluster",
        {"authenticator_groups_config": [{"security_group": "gke-security-groups@example.com"}]},
        {"authenticator_groups_config": []},
    ),
    "identity-disabled": ("google_service_account", {"disabled": False}, {"disabled": True}),
    "ingress-off": (
        "google_gkeonprem_vmware_cluster",
        {"disable_bundled_ingress": False},
        {"disable_bundled_ingress": True},
    ),
    "kept-no-longer-for-ever": (
        "aws_cloudwatch_log_group",
        {"retention_in_days": 0},
        {"retention_in_days": 30},
    ),
    "logs-unencrypted": ("aws_cloudwatch_log_group", {"kms_key_id": "arn:aws:kms:k"}, {"kms_key_id": ""}),
    "metadata-v1": (
        "aws_instance",
        {"metadata_options": [{"http_tokens": "required"}]},
        {"metadata_options": [{"http_tokens": "optional"}]},
    ),
    "metrics-off": (
        "google_container_cluster",
        {
            "monitoring_config": [
                {"enable_components": ["SYSTEM_COMPONENTS"], "managed_prometheus": [{"enabled": True}]}
            ]
        },
        {
            "monitoring_config": [
                {"enable_components": ["SYSTEM_COMPONENTS"], "managed_prometheus": [{"enabled": False}]}
            ]
        },
    ),
    "network-regional": ("google_compute_network", {"routing_mode": "GLOBAL"}, {"routing_mode": "REGIONAL"}),
    "network-unchecked": (
        "vsphere_distributed_port_group",
        {"allow_promiscuous": False},
        {"allow_promiscuous": True},
    ),
    "never-settles": (
        "google_gkeonprem_vmware_cluster",
        {"upgrade_policy": []},
        {"upgrade_policy": [{"control_plane_only": False}]},
    ),
    "nodes-public": (
        "google_container_node_pool",
        {"network_config": [{"enable_private_nodes": True}]},
        {"network_config": [{"enable_private_nodes": False}]},
    ),
    "nodes-thin": (
        "google_gkeonprem_vmware_node_pool",
        {"config": [{"replicas": 3}]},
        {"config": [{"replicas": 2}]},
    ),
    "nodes-unshielded": (
        "google_container_cluster",
        {"enable_shielded_nodes": True},
        {"enable_shielded_nodes": False},
    ),
    "ownership-loose": (
        "aws_s3_bucket_ownership_controls",
        {"rule": [{"object_ownership": "BucketOwnerEnforced"}]},
        {"rule": [{"object_ownership": "ObjectWriter"}]},
    ),
    "pod-range-gone": (
        "google_compute_subnetwork",
        {"secondary_ip_range": [{"range_name": "pods"}, {"range_name": "more"}]},
        {"secondary_ip_range": [{"range_name": "pods"}], "send_secondary_ip_range_if_empty": True},
    ),
    "public-endpoint": (
        "aws_eks_cluster",
        {"vpc_config": [{"endpoint_public_access": False}]},
        {"vpc_config": [{"endpoint_public_access": True}]},
    ),
    "refused-switch-off": (
        "google_gkeonprem_vmware_cluster",
        {"auto_repair_config": [{"enabled": True}]},
        {"auto_repair_config": [{"enabled": False}]},
    ),
    "role-handed-over": ("aws_eks_addon", {"service_account_role_arn": "arn:aws:iam::1:role/r"}, {}),
    "rotation-off": ("google_kms_crypto_key", {"rotation_period": "7776000s"}, {"rotation_period": None}),
    "rule-stays-off": (
        "google_compute_network_firewall_policy_rule",
        {"action": "deny", "disabled": True},
        {"action": "deny", "disabled": False},
    ),
    "routes-refused": (
        "google_compute_router_route_policy",
        {"terms": [{"match": [{"expression": one}]} for one in ("a", "b")]},
        {"terms": [{"match": [{"expression": "a"}]}]},
    ),
    "session-bounded": ("google_compute_router_peer", {"import_policies": []}, {"import_policies": ["p"]}),
    "session-unbounded": ("google_compute_router_peer", {"import_policies": ["p"]}, {"import_policies": []}),
    "session-off": ("google_compute_router_peer", {"enable": True}, {"enable": False}),
    "subnet-public": ("aws_subnet", {"map_public_ip_on_launch": False}, {"map_public_ip_on_launch": True}),
    "subnet-role-gone": ("aws_subnet", {"tags": {"kubernetes.io/role/elb": "1"}}, {"tags": {}}),
    "termination-protection-off": (
        "aws_instance",
        {"disable_api_termination": True},
        {"disable_api_termination": False},
    ),
    "tunnel-logs-off": (
        "aws_vpn_connection",
        {"tunnel1_log_options": [{"cloudwatch_log_options": [{"bgp_log_enabled": True}]}]},
        {"tunnel1_log_options": [{"cloudwatch_log_options": [{"bgp_log_enabled": False}]}]},
    ),
    "upkeep-off": (
        "google_container_node_pool",
        {"management": [{"auto_repair": True, "auto_upgrade": True}]},
        {"management": [{"auto_repair": False, "auto_upgrade": True}]},
    ),
    "versioning-off": (
        "aws_s3_bucket_versioning",
        {"versioning_configuration": [{"status": "Enabled"}]},
        {"versioning_configuration": [{"status": "Suspended"}]},
    ),
}


@pytest.mark.parametrize("rule", _RULES)
def test_rule_fires_in_its_direction_only(rule: str) -> None:
    """The way back is another thing."""
    type_, before, after = _RULES[rule]

    assert rule in found(plan(change(f"{type_}.a", "update", before, after)))
    assert rule not in found(plan(change(f"{type_}.a", "update", after, before)))


def test_what_only_applying_tells_is_not_nothing() -> None:
    """A policy whose name nobody knows yet bounds the session all the same."""
    made = plan(
        change("google_compute_router_peer.a", "update", {}, {}, after_unknown={"import_policies": True})
    )

    assert "session-bounded" in found(made)


def test_every_rule_with_a_direction_fires_somewhere() -> None:
    """One that names attributes that no resource has says nothing, for years."""
    directed = {name for name, rule in default_risks().rules.items() if set(named(rule)) - set(rule.changed)}
    fired = {rule for expected in EXPECTED.values() for rule in expected}

    assert sorted(directed - fired - set(_RULES)) == []
