"""Address plans of the Shared VPC that nobody thought of: overlaps are refused, wherever they are, and nothing else."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from estate.model.environment import Environment
from estate.model.google.gke_cluster import GkeClusterConfig
from tests.model.google.documents import CLUSTER, GOOGLE, POOL, with_
from tests.model.refusals import refusals

AWS = {
    "region": "eu-west-1",
    "account_id": "123456789012",
    "management_vpc": {
        "existing": {
            "vpc_id": "vpc-0123456789abcdef0",
            "zones": {
                "eu-west-1a": {"private": "subnet-0123456789abcdef0", "public": "subnet-0123456789abcdef1"}
            },
        }
    },
}


def networks(smallest: int, largest: int) -> st.SearchStrategy[IPv4Network]:
    """Ranges within 10.0.0.0/12, near enough for overlaps to be as frequent as not."""
    return st.integers(largest, smallest).flatmap(
        lambda prefix: st.integers(0, 2 ** (prefix - 12) - 1).map(
            lambda place: IPv4Network(((10 << 24) + (place << (32 - prefix)), prefix))
        )
    )


@settings(max_examples=50)
@given(
    cidr=networks(20, 16),
    pods=networks(18, 14),
    services=networks(24, 18),
    vpc=networks(18, 16),
    prefix=networks(20, 14),
)
def test_ranges_that_overlap_are_refused_and_no_others(
    cidr: IPv4Network, pods: IPv4Network, services: IPv4Network, vpc: IPv4Network, prefix: IPv4Network
) -> None:
    """A subnet's three ranges, a VPC in AWS, a data center."""
    google = with_(
        GOOGLE, "network.subnets.gke", {"cidr": str(cidr), "pods": str(pods), "services": str(services)}
    )
    google = with_(google, "network.onprem_prefixes", [str(prefix)])
    document = {
        "environment": "dev",
        "state": {"local": {}},
        "google": google,
        "fleet": {},
        "aws": with_(AWS, "management_vpc.existing.cidr", str(vpc)),
    }

    found = refusals(Environment, document)

    overlapping = any(
        one.overlaps(other) for one, other in combinations((cidr, pods, services, vpc, prefix), 2)
    )
    assert bool(found) == overlapping, found


@settings(max_examples=50)
@given(pods=st.integers(8, 256), nodes=st.integers(3, 400), prefix=st.integers(14, 22))
def test_a_cluster_is_taken_when_its_nodes_and_pods_have_room(pods: int, nodes: int, prefix: int) -> None:
    """Counted here the long way: every node with twice its pods, rounded up to a power of two."""
    google = with_(GOOGLE, "gke_clusters.cloud.max_pods_per_node", pods)
    google = with_(google, "gke_clusters.cloud.node_pools.default", {**POOL, "max_nodes": nodes})
    google = with_(google, "network.subnets.gke.pods", f"10.68.0.0/{prefix}")
    document = {"environment": "dev", "state": {"local": {}}, "google": google, "fleet": {}}
    block = 1
    while block < 2 * pods:
        block *= 2

    found = refusals(Environment, document)

    assert (found == {}) == ((nodes + 1) * block <= 2 ** (32 - prefix))
    assert GkeClusterConfig.model_validate({**CLUSTER, "max_pods_per_node": pods}).addresses_per_node == block
