"""Which recognizers there are, in the order in which they run: what others refer to comes first.

A new kind of entity brings its own, or says here why no state tells of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from operations.adopt.terraform.draft import Recognizer
from operations.adopt.terraform.recognizers.aws.account import recognize_account
from operations.adopt.terraform.recognizers.aws.bastion import recognize_bastion
from operations.adopt.terraform.recognizers.aws.eks_access import recognize_eks_access
from operations.adopt.terraform.recognizers.aws.eks_addons import recognize_eks_addons
from operations.adopt.terraform.recognizers.aws.eks_clusters import recognize_eks_clusters
from operations.adopt.terraform.recognizers.aws.eks_node_groups import recognize_eks_node_groups
from operations.adopt.terraform.recognizers.aws.judged import leave_what_is_refused
from operations.adopt.terraform.recognizers.aws.kms_keys import recognize_kms_keys
from operations.adopt.terraform.recognizers.aws.no_place import NO_PLACE, recognize_no_place
from operations.adopt.terraform.recognizers.aws.other_vpcs import recognize_other_vpcs
from operations.adopt.terraform.recognizers.aws.resolver import recognize_resolver
from operations.adopt.terraform.recognizers.aws.vpc import recognize_vpc
from operations.adopt.terraform.recognizers.aws.vpc_parts import recognize_vpc_parts
from operations.adopt.terraform.recognizers.aws.vpn import recognize_vpn
from operations.adopt.terraform.recognizers.aws.zones import recognize_zones
from operations.adopt.terraform.recognizers.google.data_centers import recognize_data_centers
from operations.adopt.terraform.recognizers.google.dns import recognize_dns
from operations.adopt.terraform.recognizers.google.firewall import recognize_firewall
from operations.adopt.terraform.recognizers.google.fleet import recognize_fleet
from operations.adopt.terraform.recognizers.google.gke_clusters import recognize_gke_clusters
from operations.adopt.terraform.recognizers.google.kms_keys import recognize_cloud_kms
from operations.adopt.terraform.recognizers.google.nat import recognize_nat
from operations.adopt.terraform.recognizers.google.network import recognize_network
from operations.adopt.terraform.recognizers.google.projects import recognize_projects
from operations.adopt.terraform.recognizers.google.subnets import recognize_subnets
from operations.adopt.terraform.recognizers.google.user_clusters import recognize_user_clusters
from operations.adopt.terraform.recognizers.google.vpn_ends import recognize_vpns
from operations.adopt.terraform.recognizers.labels import recognize_labels
from operations.adopt.terraform.recognizers.vsphere.folders import recognize_folders
from operations.adopt.terraform.recognizers.vsphere.port_groups import recognize_port_groups
from operations.adopt.terraform.recognizers.vsphere.resource_pools import recognize_resource_pools


@dataclass(frozen=True)
class Recognized:
    """What one recognizer reads.

    Attributes:
        cards: paths of the cards of what it puts into the draft.
        types: the types of Terraform that it reads.
        run: the recognizer.
    """

    cards: tuple[str, ...]
    types: tuple[str, ...]
    run: Recognizer


GOOGLE: Final[tuple[Recognized, ...]] = (
    Recognized(
        ("google", "google.service_projects.*"),
        (
            "google_compute_shared_vpc_host_project",
            "google_compute_shared_vpc_service_project",
            "google_project",
            "google_project_iam_custom_role",
            "google_project_iam_member",
            "google_project_service",
        ),
        recognize_projects,
    ),
    Recognized(("google.network",), ("google_compute_network", "google_compute_route"), recognize_network),
    Recognized(
        ("google.network.subnets.*", "google.network.proxy_subnets.*"),
        ("google_compute_subnetwork", "google_compute_subnetwork_iam_member"),
        recognize_subnets,
    ),
    Recognized(
        ("google.network.nat",),
        ("google_compute_address", "google_compute_router", "google_compute_router_nat"),
        recognize_nat,
    ),
    Recognized(("google.network",), ("google_compute_router_route_policy",), recognize_data_centers),
    Recognized(("google.kms_keys.*",), ("google_kms_crypto_key", "google_kms_key_ring"), recognize_cloud_kms),
    Recognized(
        ("google.gke_clusters.*", "google.gke_clusters.*.backup", "google.gke_clusters.*.node_pools.*"),
        (
            "google_artifact_registry_repository_iam_member",
            "google_container_cluster",
            "google_container_node_pool",
            "google_gke_backup_backup_plan",
            "google_service_account",
        ),
        recognize_gke_clusters,
    ),
    Recognized(("dns",), ("google_dns_managed_zone", "google_dns_policy"), recognize_dns),
    Recognized(
        ("google.network.firewall",),
        (
            "google_compute_firewall",
            "google_compute_network_firewall_policy",
            "google_compute_network_firewall_policy_association",
            "google_compute_network_firewall_policy_rule",
        ),
        recognize_firewall,
    ),
    Recognized(
        ("vpn", "vpn.*"),
        (
            "google_compute_external_vpn_gateway",
            "google_compute_ha_vpn_gateway",
            "google_compute_router",
            "google_compute_router_interface",
            "google_compute_router_peer",
            "google_compute_vpn_tunnel",
        ),
        recognize_vpns,
    ),
    Recognized(
        ("vmware", "vmware.user_clusters.*", "vmware.user_clusters.*.node_pools.*"),
        ("google_gkeonprem_vmware_cluster", "google_gkeonprem_vmware_node_pool"),
        recognize_user_clusters,
    ),
    Recognized(
        ("fleet", "fleet.features.*"),
        (
            "google_container_attached_cluster",
            "google_gke_hub_feature",
            "google_gke_hub_feature_membership",
            "google_gke_hub_fleet",
            "google_gke_hub_membership",
        ),
        recognize_fleet,
    ),
)
"""Projects and networks, then what stands in them, then what clusters and fleets make of it."""

AWS: Final[tuple[Recognized, ...]] = (
    Recognized(("aws",), ("aws_ebs_encryption_by_default",), recognize_account),
    Recognized(("aws.management_vpc",), ("aws_vpc",), recognize_vpc),
    Recognized(("aws.existing_vpcs.*",), ("aws_eks_cluster", "aws_subnet", "aws_vpc"), recognize_other_vpcs),
    Recognized(
        ("aws.management_vpc",),
        (
            "aws_eip",
            "aws_internet_gateway",
            "aws_nat_gateway",
            "aws_route",
            "aws_route_table",
            "aws_route_table_association",
            "aws_subnet",
        ),
        recognize_zones,
    ),
    Recognized(
        ("aws.management_vpc",),
        ("aws_default_security_group", "aws_flow_log", "aws_vpc_endpoint"),
        recognize_vpc_parts,
    ),
    Recognized(
        ("aws.kms_keys.*",), ("aws_kms_alias", "aws_kms_key", "aws_kms_key_policy"), recognize_kms_keys
    ),
    Recognized(
        ("aws.eks_clusters.*",),
        ("aws_cloudwatch_log_group", "aws_eks_cluster", "aws_iam_openid_connect_provider", "aws_iam_role"),
        recognize_eks_clusters,
    ),
    Recognized(
        ("aws.eks_clusters.*",),
        (
            "aws_eks_access_entry",
            "aws_eks_access_policy_association",
            "aws_security_group",
            "aws_security_group_rule",
            "aws_vpc_security_group_ingress_rule",
        ),
        recognize_eks_access,
    ),
    Recognized(
        ("aws.eks_clusters.*.node_groups.*",),
        ("aws_eks_node_group", "aws_launch_template"),
        recognize_eks_node_groups,
    ),
    Recognized(
        ("aws.eks_clusters.*", "aws.eks_clusters.*.pod_roles.*"),
        ("aws_eks_addon", "aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"),
        recognize_eks_addons,
    ),
    Recognized(
        ("aws.bastion",),
        ("aws_eip_association", "aws_iam_instance_profile", "aws_instance", "aws_key_pair"),
        recognize_bastion,
    ),
    Recognized(
        ("dns",),
        (
            "aws_route53_resolver_endpoint",
            "aws_route53_resolver_rule",
            "aws_route53_resolver_rule_association",
        ),
        recognize_resolver,
    ),
    Recognized(
        ("vpn.*",),
        (
            "aws_customer_gateway",
            "aws_ec2_transit_gateway",
            "aws_ec2_transit_gateway_vpc_attachment",
            "aws_vpn_connection",
        ),
        recognize_vpn,
    ),
    Recognized((), ("aws_eks_cluster", "aws_kms_key"), leave_what_is_refused),
    Recognized((), tuple(sorted(NO_PLACE)), recognize_no_place),
)
"""Networks and keys, then clusters, then what connects them; last, what nobody took."""

VSPHERE: Final[tuple[Recognized, ...]] = (
    Recognized(("vmware.vsphere", "vmware.vsphere.folder"), ("vsphere_folder",), recognize_folders),
    Recognized(("vmware.vsphere.resource_pools.*",), ("vsphere_resource_pool",), recognize_resource_pools),
    Recognized(
        ("vmware.vsphere.port_groups.*",),
        ("vsphere_distributed_port_group", "vsphere_distributed_virtual_switch"),
        recognize_port_groups,
    ),
)
"""What clusters on VMware say that they stand in comes after them."""

EVERYWHERE: Final = (Recognized((), ("everything with labels or tags",), recognize_labels),)
"""What no kind of entity has alone."""

RECOGNIZERS: Final = (*EVERYWHERE, *GOOGLE, *AWS, *VSPHERE)
"""All of them."""

_ORGANIZATION: Final = "is said in organization.yaml, for all environments"
_BY_HAND: Final = "is described by hand: no recognizer reads it yet"

NONE: Final[Mapping[str, str]] = {
    "state": "is where Terraform of these files keeps what it knows, which no other Terraform's state says",
    "bootstrap": "is what a person makes for a pipeline of these files, and begins with a state that is empty",
    "monitoring": "runs in the clusters, which no state of clouds tells of",
    "skiperator": "runs in the clusters, which no state of clouds tells of",
    "organization": _ORGANIZATION,
    "organization.platform_team": _ORGANIZATION,
    "organization.teams.*": _ORGANIZATION,
    "organization.break_glass.*": _ORGANIZATION,
    "organization.google_groups": _ORGANIZATION,
    "organization.cluster_roles.*": _ORGANIZATION,
    "organization.argo_cd": _ORGANIZATION,
    "organization.gitops": _ORGANIZATION,
    "vmware.admin_workstation": "is made by gkectl, outside of Terraform",
    "vmware.admin_cluster": "is made by gkectl, outside of Terraform",
    "vmware.user_clusters.*.backup": "runs in the cluster, which no state of clouds tells of",
    "aws.eks_clusters.*.backup": "is kept by Velero, whose schedule stands in the cluster; its bucket stays with the Terraform that made it",
    "aws.eks_clusters.*.attach": "is installed by one of the administrators, and which one stands in no state",
    "fleet.features.service_mesh.trust": "is asked for by what runs in clusters, which no state of clouds tells of; a pool that stands is "
    "taken in by its name, with import entries",
    "fleet.attached_clusters.*": "is reached by a context of a kubeconfig, which stands in no state",
    "aws.management_service": "is taken in by its document: hybrid adopt management-service",  # until 2027-03-17
    "vmware.vsphere.tags": _BY_HAND,
    "vmware.vsphere.access": _BY_HAND,
    "vmware.vsphere.workstations.*": _BY_HAND,
    "vmware.vsphere.anti_affinity_rules.*": _BY_HAND,
}
"""What no state tells of, by the path of its card, with why."""
