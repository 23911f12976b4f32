"""The ways between Google Cloud, AWS and the data centers, which lead through the VPNs."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network

from estate.derived.fleet.mesh_ranges import is_open
from estate.derived.vpn.routes import from_onprem
from estate.derived.ways.aws import eks_ends, private_subnets
from estate.derived.ways.gke import gke_ends, google_apis, google_subnets
from estate.derived.ways.way import End, Kind, Way, data_center
from estate.facts.vmware.hosts import hosts
from estate.facts.ways import clouds
from estate.model.addresses import AddressRange
from estate.model.environment import Environment
from estate.model.google.network import NetworkConfig
from estate.model.google.private_access import ZONES
from estate.model.vmware.user_cluster import UserClusterConfig


def joined_ways(environment: Environment, organization: str) -> Iterator[Way]:
    """Yield the ways between places; nothing without a network in Google Cloud, which every VPN leads to."""
    google = environment.google
    if google is None or google.network is None:
        return
    yield from _from_data_centers(environment, organization, google.network)
    yield from _to_user_clusters(environment, organization)
    yield from _with_aws(environment, organization)


def machines(environment: Environment) -> End | None:
    """The machines of clusters on VMware and their workstations, as a data center's end; None where there are none."""
    vmware = environment.vmware
    if vmware is None:
        return None
    clusters = [cluster.network.cidr for _, cluster in sorted(vmware.user_clusters.items())]
    found: list[AddressRange | IPv4Network] = [*(use.addresses for use in vmware.admin_uses()), *clusters]
    return data_center(found) if found else None


def gateways_of(cluster: UserClusterConfig, key: str) -> End:
    """Where the gateways of a user cluster answer: its pools, or the address on somebody's load balancer."""
    balancer = cluster.load_balancer
    pools = balancer.metal_lb.pools if balancer.metal_lb else {}
    found = [addresses for _, pool in sorted(pools.items()) for addresses in pool.addresses]
    manual = [AddressRange.of(balancer.manual.ingress_vip)] if balancer.manual else []
    return data_center(found or manual, key)


def _from_data_centers(environment: Environment, organization: str, network: NetworkConfig) -> Iterator[Way]:
    vmware = environment.vmware
    callers = machines(environment)
    if vmware and callers:
        names = tuple(host for host in hosts(vmware.location) if host.endswith(ZONES))
        why = f"clusters on VMware call Google's APIs ({network.private_google_access.domain})"
        reason = clouds.CALL_GOOGLE
        yield Way(callers, google_apis(network), reason.ports, reason, why, names)
    servers = [
        AddressRange.of(server)
        for _, cluster in sorted(vmware.user_clusters.items() if vmware else ())
        for server in cluster.network.dns
    ]
    if servers and network.inbound_dns:
        reason = clouds.ASK_NAMES
        why = "name servers ask for Google's domains (terraform output dns_forwarders)"
        yield Way(data_center(servers), google_subnets(network), reason.ports, reason, why)
    if not from_onprem(environment):
        return
    prefixes = data_center(from_onprem(environment))
    for key, cluster in sorted(environment.google.gke_clusters.items() if environment.google else ()):
        nodes, api = gke_ends(environment, organization, key)
        if cluster.private_endpoint:
            reason = clouds.ADMINISTER_GKE
            yield Way(prefixes, api, reason.ports, reason, f"Kubernetes API of GKE cluster {key}")
        subnet = _gateways_in(nodes)
        yield from _gateways(
            environment, prefixes, subnet, f"gateways of GKE cluster {key}, behind internal load balancers"
        )
        reason = clouds.FIND_PATH_MTU
        yield Way(prefixes, subnet, reason.ports, reason, f"pings and path MTU of GKE cluster {key}")


def _gateways_in(nodes: End) -> End:
    """Internal load balancers have addresses of the nodes' subnet, and nodes take what is sent there."""
    return End(nodes.kind, nodes.name, nodes.ranges[:1])


def _gateways(environment: Environment, source: End, target: End, why: str) -> Iterator[Way]:
    yield Way(source, target, clouds.CALL_GATEWAYS.ports, clouds.CALL_GATEWAYS, why)
    if is_open(environment):
        yield Way(source, target, clouds.CALL_MESH.ports, clouds.CALL_MESH, f"{why}, of the mesh")


def _to_user_clusters(environment: Environment, organization: str) -> Iterator[Way]:
    clusters = environment.google.gke_clusters if environment.google else {}
    for key, cluster in sorted(environment.vmware.user_clusters.items() if environment.vmware else ()):
        for gke in sorted(clusters):
            nodes, _ = gke_ends(environment, organization, gke)
            yield from _gateways(
                environment, nodes, gateways_of(cluster, key), f"gateways of user cluster {key}"
            )
            if is_open(environment):
                reason = clouds.FIND_ENDPOINTS
                api = data_center([AddressRange.of(cluster.control_plane.vip)], key)
                yield Way(
                    nodes, api, reason.ports, reason, f"Kubernetes API of user cluster {key}, for the mesh"
                )


def _with_aws(environment: Environment, organization: str) -> Iterator[Way]:
    subnets = private_subnets(environment.aws)
    prefixes = from_onprem(environment)
    yield from _to_eks_apis(environment, organization)
    if not subnets or not environment.vpn or not environment.vpn.aws:
        return
    aws = End(Kind.AWS_SUBNETS, ranges=subnets)
    reason = clouds.CALL_GATEWAYS
    for key in sorted(environment.google.gke_clusters if environment.google else ()):
        nodes, _ = gke_ends(environment, organization, key)
        subnet = _gateways_in(nodes)
        yield Way(
            aws,
            subnet,
            reason.ports,
            reason,
            f"gateways of GKE cluster {key}, behind internal load balancers",
        )
        yield Way(
            aws,
            subnet,
            clouds.FIND_PATH_MTU.ports,
            clouds.FIND_PATH_MTU,
            f"pings and path MTU of GKE cluster {key}",
        )
    for key in sorted(environment.aws.clusters_in(None) if environment.aws else ()):
        why = f"gateways of EKS cluster {key}, behind internal load balancers"
        for gke in sorted(environment.google.gke_clusters if environment.google else ()):
            nodes, _ = gke_ends(environment, organization, gke)
            yield Way(nodes, aws, reason.ports, reason, why)
        if environment.vpn.transit and prefixes:
            yield Way(data_center(prefixes), aws, reason.ports, reason, why)
    user_clusters = environment.vmware.user_clusters if environment.vmware and environment.vpn.transit else {}
    for key, user_cluster in sorted(user_clusters.items()):
        yield Way(
            aws, gateways_of(user_cluster, key), reason.ports, reason, f"gateways of user cluster {key}"
        )


def _to_eks_apis(environment: Environment, organization: str) -> Iterator[Way]:
    aws, network = environment.aws, environment.google and environment.google.network
    in_google = (
        [cidr for subnet in network.subnets.values() for _, cidr in subnet.ranges()] if network else []
    )
    for key, cluster in sorted(aws.clusters_in(None).items() if private_subnets(aws) and aws else ()):
        _, api = eks_ends(environment, organization, key)
        for cidr in sorted(cluster.endpoint.private_from):
            reason = clouds.REACH_EKS_API
            if any(cidr.overlaps(prefix) for prefix in from_onprem(environment)):
                source = data_center([cidr])
            elif any(cidr.overlaps(range_) for range_ in in_google):
                source = End(Kind.GOOGLE_SUBNETS, ranges=(cidr,))
            else:
                # Of the VPC, or of a network that nobody here joins.
                source = End(Kind.INTERNET, "elsewhere", (cidr,))
            yield Way(source, api, reason.ports, reason, f"Kubernetes API of EKS cluster {key}")
