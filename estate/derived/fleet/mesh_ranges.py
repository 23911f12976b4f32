"""Between which addresses the clusters of one mesh speak, for the tables of Google Cloud and of the data centers alike.

A pod of a GKE cluster leaves with its own address towards private ranges, one on VMware with its node's: facts of
https://docs.cloud.google.com/kubernetes-engine/docs/concepts/ip-masquerade-agent and of MetalLB's clusters in island mode
(excerpts, 2026-11-29). Only clusters that say a control plane are joined; of a mesh that joins none, nothing is known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from itertools import permutations

from estate.derived.fleet.mesh import WEBHOOK_PORT
from estate.model.environment import Environment
from estate.model.fleet.service_mesh import ServiceMesh
from estate.model.google.gke_cluster import GkeClusterConfig


@dataclass(frozen=True)
class Joined:
    """A cluster of a mesh, by its addresses.

    Attributes:
        key: its key.
        on_prem: whether it stands on VMware.
        callers: where its nodes and pods begin to speak, as others see them: the nodes' range first.
        gateway: where its east-west gateway answers.
        api: where its Kubernetes API answers.
    """

    key: str
    on_prem: bool
    callers: tuple[IPv4Network, ...]
    gateway: IPv4Address
    api: IPv4Network


def joined(environment: Environment) -> tuple[Joined, ...]:
    """The clusters that are joined, those on VMware first."""
    return tuple(_joined(environment))


def pairs(environment: Environment) -> Iterator[tuple[Joined, Joined]]:
    """Yield who speaks to whom: each to each, but what stands in one subnet on VMware, where no firewall is between."""
    for caller, called in permutations(joined(environment), 2):
        if not (caller.on_prem and called.on_prem and caller.callers == called.callers):
            yield caller, called


def is_open(environment: Environment) -> bool:
    """Whether there is a mesh that says of no cluster that it is joined, so that any may be."""
    mesh = _mesh(environment)
    return mesh is not None and not mesh.joins


def webhook_ports(environment: Environment, key: str, cluster: GkeClusterConfig) -> tuple[int, ...]:
    """Where a GKE cluster's control plane calls webhooks on nodes, in order: istiod's where the file forgets it."""
    own = {WEBHOOK_PORT} if any(one.key == key for one in joined(environment)) else set()
    return tuple(sorted({*cluster.webhook_ports, *own}))


def _mesh(environment: Environment) -> ServiceMesh | None:
    return environment.fleet.features.service_mesh if environment.fleet else None


def _joined(environment: Environment) -> Iterator[Joined]:
    mesh, google, vmware = _mesh(environment), environment.google, environment.vmware
    clusters = mesh.clusters if mesh else {}
    said = {
        key: one.east_west_vip for key, one in clusters.items() if one.control_plane and one.east_west_vip
    }
    for key, on_prem in sorted(vmware.user_clusters.items() if vmware else ()):
        if key in said:
            api = IPv4Network(on_prem.control_plane.vip)
            yield Joined(key, on_prem=True, callers=(on_prem.network.cidr,), gateway=said[key], api=api)
    network = google.network if google else None
    for key, cluster in sorted(google.gke_clusters.items() if google and network else ()):
        if key in said and network:
            subnet = network.subnets[cluster.subnet]
            callers = (subnet.cidr, *([subnet.pods] if subnet.pods else []))
            yield Joined(
                key, on_prem=False, callers=callers, gateway=said[key], api=cluster.control_plane_cidr
            )
