"""What an environment runs, by its last applied state.

An admin cluster is no resource: an output says what its file said at the last apply. Where that is still missing,
it is at least of the version that its user clusters run, which it is never older than.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from estate.model.environment import Environment
from operations.promotion.contents import (
    ADMIN_CLUSTER,
    EKS_CLUSTER,
    GKE_CLUSTER,
    USER_CLUSTER,
    VERSIONS,
    Contents,
    Item,
    found,
    rank,
)
from operations.states.state import addresses_in_state, attributes

_CLUSTERS: Final[Mapping[str, tuple[str, str]]] = {
    USER_CLUSTER: ("google_gkeonprem_vmware_cluster", "on_prem_version"),
    GKE_CLUSTER: ("google_container_cluster", "release_channel"),
    EKS_CLUSTER: ("aws_eks_cluster", "version"),
}
_FLEET_FEATURES: Final = {
    "configmanagement": "config_sync",
    "policycontroller": "policy_controller",
    "servicemesh": "service_mesh",
    "fleetobservability": "fleet_observability",
    "clusterupgrade": "cluster_upgrade",
    "multiclusteringress": "multi_cluster_ingress",
}
# By type, or by how the name of the address begins.
_EVIDENCE: Final = {
    "vmware.user_clusters": ("google_gkeonprem_vmware_cluster.", ""),
    "google.gke_clusters": ("google_container_cluster.", ""),
    "aws.eks_clusters": ("aws_eks_cluster.", ""),
    "vpn": ("google_compute_ha_vpn_gateway.", ""),
    "aws.management_service": ("", "ManagementService_"),
    "aws.bastion": ("", "Bastion_"),
}


def running(text: str, name: str, organization: str, environment: Environment) -> Contents:
    """What a state says; all else in it is dropped.

    Args:
        text: what ``terraform state pull`` prints; empty when nothing has been applied yet.
        name: what to call the state in an error.
        organization: the organization's name, which begins the names of clusters.
        environment: whose state it is, for the keys of its clusters.

    Raises:
        InvalidInput: the text is no state.
    """
    if not text.strip():
        return Contents()
    addresses = addresses_in_state(text, name)
    state = json.loads(text)
    versions = dict(_versions(state, organization, environment))
    users = [version for item, version in versions.items() if item.kind == USER_CLUSTER]
    said = (state.get("outputs") or {}).get("admin_cluster_version", {}).get("value")
    if said or users:
        versions[Item(ADMIN_CLUSTER)] = str(said or max(users, key=rank))
    return Contents(versions, frozenset(_features(state, addresses)))


def _versions(
    state: Mapping[str, Any], organization: str, environment: Environment
) -> Iterator[tuple[Item, str]]:
    data = environment.model_dump(mode="json")
    for kind, (type_, attribute) in _CLUSTERS.items():
        keys = {
            cluster.get("name") or f"{organization}-{environment.environment}-{key}": key
            for (key,), cluster in found(data, VERSIONS[kind][:-1])
        }
        for one in attributes(state, type_):
            cluster_name, value = str(one.get("name")), one.get(attribute)
            if isinstance(value, list):
                value = value[0].get("channel") if value else None
            if value:
                # A cluster that the file no longer names runs all the same.
                yield Item(kind, keys.get(cluster_name, cluster_name)), str(value).lower()


def _features(state: Mapping[str, Any], addresses: frozenset[str]) -> Iterator[str]:
    for type_, attribute in (
        ("google_gke_hub_feature", "name"),
        ("google_gke_hub_feature_membership", "feature"),
    ):
        for one in attributes(state, type_):
            if one.get(attribute) in _FLEET_FEATURES:
                yield f"fleet.features.{_FLEET_FEATURES[one[attribute]]}"
    for feature, (type_, prefix) in _EVIDENCE.items():
        if any(one.startswith(type_) and one.partition(".")[2].startswith(prefix) for one in addresses):
            yield feature
