"""Rules on clusters that a mesh joins: what runs where, by which versions, and at which addresses they reach each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from estate.derived.clusters.mesh import istio_releases
from estate.derived.fleet.mesh import MeshMember, mesh_members
from estate.facts.mesh_versions import mesh_minors, minors_apart
from estate.facts.vmware.versions import minor
from estate.model.access.team import SYSTEM_PREFIXES
from estate.model.addresses import AddressRange
from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.fleet.service_mesh import ControlPlane
from estate.model.rules import Path, Violation, rule

_MESH: Final[Path] = ("fleet", "features", "service_mesh")
_KEPT_BY_GOOGLE: Final = 2
"""Addresses at either end of a subnet that Google keeps: https://docs.cloud.google.com/vpc/docs/subnets (2026-12-01)."""


def _path(member: MeshMember, *rest: str) -> Path:
    return (*_MESH, "clusters", member.key, *rest)


def _members(environment: Environment) -> tuple[MeshMember, ...]:
    """With no organization's name in theirs, which no rule here looks at."""
    return mesh_members(environment, "")


@rule(on=Environment)
def google_s_control_plane_runs_on_prem(environment: Environment) -> Iterator[Violation]:
    """Cloud Service Mesh in a cluster of Google Cloud is deprecated there: https://docs.cloud.google.com/service-mesh/versions."""
    for member in _members(environment):
        if member.control_plane is ControlPlane.CSM and member.kind is ClusterKind.GOOGLE:
            yield Violation(
                _path(member, "control_plane"),
                f"must be istio for {member.kind}.{member.key}, got csm, which Google has deprecated in its own cloud",
            )


@rule(on=Environment)
def control_planes_run_on_their_kubernetes(environment: Environment) -> Iterator[Violation]:
    """A control plane is supported on some minor versions of Kubernetes; GKE's channels choose theirs by themselves."""
    clusters = environment.vmware.user_clusters if environment.vmware else {}
    for member in _members(environment):
        on_prem = clusters.get(member.key)
        runs_on = mesh_minors(member.control_plane)[minor(member.version)].kubernetes
        if on_prem and minor(on_prem.version) not in runs_on:
            yield Violation(
                _path(member, "version"),
                f"must be one that runs on Kubernetes {minor(on_prem.version)}, which vmware.user_clusters.{member.key} has; "
                f"{member.control_plane} {member.version} runs on {', '.join(runs_on)}",
                ("vmware", "user_clusters", member.key, "version"),
            )


@rule(on=Environment)
def control_planes_are_near_each_other(environment: Environment) -> Iterator[Violation]:
    """Of one mesh no two control planes are more than one minor version apart."""
    for one, other in combinations(_members(environment), 2):
        if minors_apart(one.version, other.version) > 1:
            yield Violation(
                _path(other, "version"),
                f"must be at most one minor version from {one.version} of {one.key}, in the same mesh, got {other.version}; "
                "upgrade the older one first",
                _path(one, "version"),
            )


@rule(on=Environment)
def istio_is_a_release_that_is_installed(environment: Environment) -> Iterator[Violation]:
    """Upstream Istio comes by its charts, in a release that stands in the data file."""
    known = istio_releases()
    for member in _members(environment):
        if member.control_plane is ControlPlane.ISTIO and member.version not in known:
            yield Violation(
                _path(member, "version"),
                f"must be one of {', '.join(known)}, got {member.version}; another one is added to estate/facts/software.yaml",
            )


@rule(on=Environment)
def gateways_have_addresses_of_their_clusters(environment: Environment) -> Iterator[Violation]:
    """The east-west address is one that the cluster's load balancer gives, and nobody else's."""
    for member in _members(environment):
        why = (
            _on_prem(environment, member)
            if member.kind is ClusterKind.ON_PREM
            else _in_google(environment, member)
        )
        if why:
            yield Violation(_path(member, "east_west_vip"), f"{why}, got {member.east_west_vip}")


@rule(on=Environment)
def apis_of_joined_clusters_can_be_reached(environment: Environment) -> Iterator[Violation]:
    """Every control plane reads the others' APIs at private addresses, with a Kubernetes token and none of Google's."""
    clusters = environment.google.gke_clusters if environment.google else {}
    for member in _members(environment):
        in_google = clusters.get(member.key)
        if in_google and not in_google.private_endpoint:
            yield Violation(
                (*member.kind.path, member.key, "private_endpoint"),
                "must be true for a cluster with a control_plane, got false: the other clusters' control planes read its API there",
                _path(member, "control_plane"),
            )


def _on_prem(environment: Environment, member: MeshMember) -> str | None:
    clusters = environment.vmware.user_clusters if environment.vmware else {}
    balancer = clusters[member.key].load_balancer.metal_lb
    if balancer is None:
        return "needs load_balancer.metal_lb, because no other one here gives a Service an address"
    pools = [addresses for pool in balancer.pools.values() for addresses in pool.addresses]
    if not any(member.east_west_vip in addresses for addresses in pools):
        return f"must be in a pool of vmware.user_clusters.{member.key}.load_balancer.metal_lb: {', '.join(map(str, pools))}"
    if member.east_west_vip == balancer.ingress_vip:
        return "must be another address than ingress_vip, where the cluster's ingress answers"
    return None


def _in_google(environment: Environment, member: MeshMember) -> str | None:
    google = environment.google
    clusters = google.gke_clusters if google else {}
    subnets = google.network.subnets if google and google.network else {}
    key = clusters[member.key].subnet
    whole = AddressRange.of(subnets[key].cidr)
    free = AddressRange(whole.first + _KEPT_BY_GOOGLE, whole.last - _KEPT_BY_GOOGLE)
    if member.east_west_vip not in free:
        return f"must be in {free} of subnet {key}, in which the cluster stands"
    return None


@rule(on=Environment)
def the_system_is_shared_with_nobody(environment: Environment) -> Iterator[Violation]:
    """Services of the system are each cluster's own, its API and its control plane of the mesh among them."""
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    for place, host in enumerate(mesh.shared_hosts if mesh else ()):
        namespace = host.split(".")[1]
        if namespace == "default" or namespace.startswith(SYSTEM_PREFIXES):
            yield Violation(
                (*_MESH, "shared_hosts", place),
                f"must be of a namespace that is not the system's, got {host}; take it out",
            )


@rule(on=Estate)
def what_is_joined_has_a_tree(estate: Estate) -> Iterator[Violation]:
    """The objects that join clusters are manifests, and without a tree nothing would make them."""
    for name, environment in () if estate.organization.gitops else estate.environments.items():
        for member in _members(environment):
            yield Violation(
                (name, *_path(member, "control_plane")),
                "is told to the cluster by manifests, and there is no tree of them; add gitops: {} to organization.yaml, or take "
                "it out",
                (ORGANIZATION, "gitops"),
            )
