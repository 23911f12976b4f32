"""What a cluster that is joined to others gets of the mesh: its names, its way in, and what it shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from estate.derived.clusters.software import Software
from estate.derived.fleet.mesh import MeshMember, mesh_members
from estate.facts.software import Package, packages
from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.fleet.service_mesh import ControlPlane, MutualTls
from estate.model.organization import Organization

MESH_NAMESPACE: Final = "istio-system"
"""Where control planes of Istio and of Cloud Service Mesh run."""

_CHARTS: Final = ("istio-base", "istiod")
"""What upstream Istio is installed by: its definitions, then the control plane."""


@dataclass(frozen=True)
class MeshContents:
    """The mesh in one cluster.

    Attributes:
        member: the cluster, as the others know it.
        mtls: whether workloads take plain text.
        shared_hosts: services that callers reach in every cluster; all others are each cluster's own.
        balancer: annotations by which the cluster's load balancer gives the gateway its address in no public network.
        tag: revision that namespaces ask for, where it is another name for the control plane's own.
    """

    member: MeshMember
    mtls: MutualTls
    shared_hosts: tuple[str, ...]
    balancer: Mapping[str, str]
    tag: str | None = None


def mesh_contents(organization: Organization, environment: Environment, cluster: str) -> MeshContents | None:
    """What a cluster gets; None where it is joined to none."""
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    members = {one.key: one for one in mesh_members(environment, organization)}
    if mesh is None or cluster not in members:
        return None
    member = members[cluster]
    asked = mesh.clusters[cluster].revision
    return MeshContents(
        member=member,
        mtls=mesh.mtls,
        shared_hosts=mesh.shared_hosts,
        balancer=_INTERNAL if member.kind is ClusterKind.GOOGLE else {},
        tag=asked if asked != member.revision else None,
    )


_INTERNAL: Final = {
    "networking.gke.io/load-balancer-type": "Internal",
    # A VPN may end in another region than the cluster's.
    "networking.gke.io/internal-load-balancer-allow-global-access": "true",
}
"""https://docs.cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters, 2026-11-29."""


def service_settings(shared_hosts: tuple[str, ...]) -> list[Mapping[str, object]]:
    """What istiod is told of services: each is its cluster's own, unless it is listed.

    A service of the same namespace and name in two clusters would otherwise be one, with its callers' traffic over both
    sites, from the moment that one control plane reads the other cluster. What is listed is told by an exclusion, which
    goes before the wildcard: pilot/pkg/model/cluster_local.go of istio/istio, release-1.31 (2026-12-01).
    """
    own: Mapping[str, object] = {"settings": {"clusterLocal": True}, "hosts": ["*"]}
    shared: Mapping[str, object] = {"settings": {"clusterLocal": False}, "hosts": list(shared_hosts)}
    return [own, *([shared] if shared_hosts else [])]


def control_plane_settings(contents: MeshContents) -> Mapping[str, Mapping[str, object]]:
    """What a control plane is told of the mesh, in the words that charts and asmcli's overlay share: meshConfig and global."""
    member = contents.member
    return {
        "meshConfig": {
            # Callers resolve what only another cluster has.
            "defaultConfig": {"proxyMetadata": {"ISTIO_META_DNS_CAPTURE": "true"}},
            "serviceSettings": service_settings(contents.shared_hosts),
        },
        "global": {
            "meshID": member.mesh_id,
            "multiCluster": {"clusterName": member.name},
            "network": member.network,
        },
    }


def istio_releases() -> dict[str, tuple[Package, ...]]:
    """The releases of upstream Istio that a cluster may name, by version: the packages of each."""
    found: dict[str, list[Package]] = {}
    for name, package in packages().items():
        if name.partition("@")[0] in _CHARTS:
            found.setdefault(package.version, []).append(package)
    return {version: tuple(ones) for version, ones in found.items()}


def mesh_software(organization: Organization, environment: Environment, cluster: str) -> list[Software]:
    """The charts of a cluster that runs upstream Istio; none where a person installs Google's."""
    contents = mesh_contents(organization, environment, cluster)
    if contents is None or contents.member.control_plane is not ControlPlane.ISTIO:
        return []
    validated = {"base": {"validationFailurePolicy": "Fail"}}
    values: Mapping[str, Mapping[str, object]] = {
        "istio-base": validated,
        "istiod": {
            **control_plane_settings(contents),
            **validated,
            **({"revisionTags": [contents.tag]} if contents.tag else {}),
        },
    }
    return [
        Software(
            package.name,
            package.name.partition("@")[0],
            package.namespace,
            values[package.name.partition("@")[0]],
        )
        for package in istio_releases().get(contents.member.version, ())
    ]
