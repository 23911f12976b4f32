"""What the nodes of clusters in clouds take of their subnets and of Cloud NAT, and how much there is."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.aws.eks_addresses import RESERVED_BY_AWS, zone_needs
from estate.derived.google.room import PORTS_OF_AN_ADDRESS, nat_ports, room_for_nodes, room_for_pods
from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig

Row = tuple[str, str, str, str]
HEADERS: Row = ("what", "where", "takes", "of")


def cloud_rows(environment: Environment) -> list[Row]:
    """A row for each thing that can run out, with clusters at their largest and updating."""
    google, aws = environment.google, environment.aws
    return [*(_google(google) if google else ()), *(_aws(aws) if aws else ())]


def _google(google: GoogleConfig) -> Iterator[Row]:
    network = google.network
    if network is None:
        return
    for key, cluster in sorted(google.gke_clusters.items()):
        subnet, nodes = network.subnets[cluster.subnet], cluster.most_nodes
        yield (f"nodes of {key}", str(subnet.cidr), str(nodes), str(room_for_nodes(network, subnet)))
        each = f"nodes, of {cluster.addresses_per_node} addresses each"
        yield (f"pods of {key}", str(subnet.pods), f"{nodes} {each}", str(room_for_pods(cluster, subnet)))
    for nat in nat_ports(google):
        has = str(nat.addresses * PORTS_OF_AN_ADDRESS) if nat.addresses else "as many as are needed"
        yield ("ports of Cloud NAT", nat.region, f"{nat.nodes * nat.each} for {nat.nodes} nodes", has)


def _aws(aws: AwsConfig) -> Iterator[Row]:
    for key, _, vpc in aws.vpcs():
        for zone, need in sorted(zone_needs(aws, key).items()) if aws.clusters_in(key) else ():
            subnet, where, has = vpc.private_ranges.get(zone), zone, "not known here"
            if subnet:
                where, has = f"{subnet} in {zone}", str(subnet.num_addresses - RESERVED_BY_AWS)
            where += f" of existing_vpcs.{key}" if key else ""
            takes = f"{need.least.addresses} with a pod on each node, {need.most.addresses} when full"
            yield (f"{need.nodes} EKS nodes, and an update's", where, takes, has)
