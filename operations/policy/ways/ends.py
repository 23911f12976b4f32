"""The resources that stand at the ends of ways."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.ways.way import End, Kind
from operations.policy.stacks import Place, Resource, Stack
from operations.policy.ways.references import same

_CLUSTERS = {
    Kind.GKE_API: "google_container_cluster",
    Kind.GKE_NODES: "google_container_cluster",
    Kind.EKS_API: "aws_eks_cluster",
    Kind.EKS_NODES: "aws_eks_cluster",
}
_NETWORKS = {
    Kind.GOOGLE_APIS: "google_compute_network",
    Kind.GOOGLE_EDGE: "google_compute_network",
    Kind.GOOGLE_SUBNETS: "google_compute_network",
    Kind.AWS_SUBNETS: "aws_vpc",
    Kind.BASTION: "aws_instance",
}


def cluster(stack: Stack, end: End) -> Resource | None:
    """The cluster of an end; None where the stack makes none of that name."""
    type_ = _CLUSTERS.get(end.kind)
    found = stack.resources(type_) if type_ else iter(())
    return next((one for one in found if one.body.get("name") == end.name), None)


def bastion(stack: Stack) -> Resource | None:
    """The bastion, which is the one instance that stacks make."""
    return next(stack.resources("aws_instance"), None)


def accounts(stack: Stack, gke: Resource) -> frozenset[str]:
    """The service accounts of a GKE cluster's nodes, as the stack writes them."""
    return frozenset(
        str(nodes.get("service_account"))
        for pool in stack.resources("google_container_node_pool")
        if same(stack, pool.body.get("cluster"), gke)
        for nodes in pool.blocks("node_config")
    )


def place(stack: Stack, *ends: End) -> Place:
    """Where a finding stands: at the first end that the stack makes something for."""
    return next(_places(stack, ends), stack.place("resource"))


def _places(stack: Stack, ends: tuple[End, ...]) -> Iterator[Place]:
    for end in ends:
        found = cluster(stack, end)
        if found:
            yield found.place
        for one in stack.resources(_NETWORKS.get(end.kind, "")):
            yield one.place
