"""What Skiperator is told in a cluster: which networks applications stay out of, how they sign in to Google, what is left alone.

Its settings are those of internal/config of v2.18.0, which refuses every key that it does not know
(https://github.com/kartverket/skiperator/tree/main/internal/config, 2026-12-01). Left out of the networks: clusters in AWS and
of others, whose nodes no file lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from estate.derived.clusters.mesh_trust import identity_provider
from estate.model.environment import Environment
from estate.model.organization import Organization

SKIPERATOR_NAMESPACE: Final = "skiperator-system"

_OTHERS: Final = (
    "argocd",
    "asm-system",
    "cert-manager",
    "config-management-monitoring",
    "config-management-system",
    "default",
    "gatekeeper-system",
    "gke-connect",
    "gke-managed-metrics-server",
    "gke-system",
    "gmp-public",
    "gmp-system",
    "istio-gateways",
    "istio-system",
    "kube-node-lease",
    "kube-public",
    "kube-system",
    "resource-group-system",
    SKIPERATOR_NAMESPACE,
)
"""Namespaces in which it would close the network to what is not its own, there or not: those of its own deployment
(https://github.com/kartverket/skiperator, deployment/ns-exclusions-config.tf, excerpt, 2026-12-01) that clusters here can have."""

_HOST_NAME: Final = "kubernetes.io/hostname"
_ZONE: Final = "topology.kubernetes.io/zone"


@dataclass(frozen=True)
class SkiperatorContents:
    """What it is told in one cluster.

    Attributes:
        settings: its configuration, in its own words.
        excluded: namespaces that it leaves alone, by name.
    """

    settings: Mapping[str, Any]
    excluded: tuple[str, ...]


def has_skiperator(environment: Environment, cluster: str) -> bool:
    """Whether a cluster has it."""
    config = environment.skiperator
    return config is not None and cluster in (config.clusters or environment.own_members)


def skiperator_contents(
    organization: Organization, environment: Environment, cluster: str, others: Sequence[str]
) -> SkiperatorContents | None:
    """What it is told in a cluster; None where it is not.

    Args:
        organization: whose cluster it is.
        environment: its environment.
        cluster: its key.
        others: namespaces of software and of the platform.
    """
    config = environment.skiperator
    if config is None or not has_skiperator(environment, cluster):
        return None
    google = environment.google
    in_google = google is not None and cluster in google.gke_clusters
    settings = {
        "topologyKeys": [_HOST_NAME, *([_ZONE] if in_google else [])],
        # With more than one replica it has to be on, and with one it does no harm.
        "leaderElection": True,
        "isDeployment": True,
        "clusterCIDRExclusionEnabled": not config.nodes_are_reachable,
        "clusterCIDRMap": {"clusters": list(_clusters(organization, environment))},
        "gcpIdentityProvider": identity_provider(organization, environment, cluster),
        "gcpWorkloadIdentityPool": f"{google.host_project.id}.svc.id.goog" if google else "",
        "enableWebhooks": config.webhooks,
    }
    return SkiperatorContents(settings, tuple(sorted({*_OTHERS, *others, *config.excluded_namespaces})))


def _clusters(organization: Organization, environment: Environment) -> Iterator[Mapping[str, Any]]:
    names = (organization.name, environment.environment)
    for key, on_prem in sorted(environment.vmware.user_clusters.items() if environment.vmware else ()):
        plane, network = on_prem.control_plane, on_prem.network
        workers = [str(network.cidr)] if network.dhcp else [f"{ip}/32" for ip in network.node_ips]
        yield {
            "name": on_prem.name_in(*names, key),
            "controlPlaneCIDRs": [f"{ip}/32" for ip in (plane.vip, *plane.ips)],
            "workerNodeCIDRs": workers,
        }
    google = environment.google
    network_of_google = google.network if google else None
    for key, cluster in sorted(google.gke_clusters.items() if google and network_of_google else ()):
        subnets = network_of_google.subnets if network_of_google else {}
        yield {
            "name": cluster.name_in(*names, key),
            "controlPlaneCIDRs": [str(cluster.control_plane_cidr)],
            "workerNodeCIDRs": [str(subnets[cluster.subnet].cidr)],
        }
