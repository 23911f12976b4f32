"""Which APIs an environment's content needs in its host project; derived, never listed twice.

https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/minimal-infrastructure
has the list for clusters on VMware.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.fleet.attached import attached_services
from estate.derived.fleet.mesh_trust import mesh_trust
from estate.derived.fleet.services import fleet_services
from estate.derived.google.agents import backs_up
from estate.derived.vpn.routes import by_hub
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig, LoadBalancerRules

_VMWARE = (
    "anthos",
    "anthosaudit",
    "anthosgke",
    "cloudresourcemanager",
    "connectgateway",
    "container",
    "gkeconnect",
    "gkehub",
    "gkeonprem",
    "iam",
    "kubernetesmetadata",
    "logging",
    "monitoring",
    "opsconfigmonitoring",
    "serviceusage",
    "stackdriver",
    "storage",
)

_CLUSTERS = ("cloudresourcemanager", "compute", "container", "iam", "logging", "monitoring")
"""What a project needs whose clusters are GKE's, for the clusters, their nodes and the nodes' account."""

_TRANSIT = "networkconnectivity"
"""What a hub between VPNs needs."""

_AUTHORITY = "privateca"
"""What a project needs that the root of a mesh stands in."""

_BACKUP = "gkebackup"
"""What a project needs besides whose clusters Google backs up."""


def _network_and_clusters(google: GoogleConfig) -> Iterator[str]:
    if google.network:
        yield from ("compute", "dns")
    if google.kms_keys:
        yield "cloudkms"
    if google.service_projects:
        # Attached projects' agents get roles here, and GKE wants its API on in the host project too.
        yield from ("cloudresourcemanager", "compute", "container")
    if makes_rules(google):
        yield "iam"  # holds the role
    if any(cluster.project is None for cluster in google.gke_clusters.values()):
        yield from _CLUSTERS
    if backs_up(google, None):
        yield _BACKUP


def makes_rules(google: GoogleConfig) -> bool:
    """Whether GKE makes firewall rules for load balancers of clusters in service projects."""
    projects = google.service_projects
    return any(
        projects[cluster.project].load_balancer_rules is LoadBalancerRules.GKE
        for cluster in google.gke_clusters.values()
        if cluster.project in projects
    )


def service_project_services(google: GoogleConfig, key: str) -> tuple[str, ...]:
    """The APIs that a service project needs, in order."""
    holds = any(cluster.project == key for cluster in google.gke_clusters.values())
    names = [*(_CLUSTERS if holds else ("compute",)), *([_BACKUP] if backs_up(google, key) else [])]
    return tuple(f"{name}.googleapis.com" for name in sorted(names))


def needed_services(environment: Environment) -> frozenset[str]:
    """The APIs that the environment's content needs, in full; none without a google section."""
    if not environment.google:
        return frozenset()
    names = fleet_services(environment.fleet).union(
        _VMWARE if environment.vmware else (),
        _network_and_clusters(environment.google),
        attached_services(environment),
        (_TRANSIT,) if by_hub(environment) else (),
        (_AUTHORITY,) if has_authority(environment) else (),
    )
    return frozenset(f"{name}.googleapis.com" for name in names) | set(environment.google.services)


def has_authority(environment: Environment) -> bool:
    """Whether the environment's stack makes the root of its mesh."""
    trust = mesh_trust(environment)
    return bool(trust and trust.service)


def owned_services(environment: Environment) -> tuple[str, ...]:
    """The APIs that the environment itself switches on, in order: none in a project that it only shares."""
    if not environment.google or environment.google.host_project.owner:
        return ()
    return tuple(sorted(needed_services(environment)))
