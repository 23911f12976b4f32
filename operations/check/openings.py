"""What the on-prem team has to let through for an environment: ``hybrid firewall``.

Both directions between the data centers and the clouds, by what the files say, and the VPN itself. What the
clouds open on their own side is made by Terraform and not told here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from estate.derived.google.allows import GATEWAY_PORT, gateway_ports
from estate.derived.vpn.routes import joined_from_aws
from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.google.network import NetworkConfig
from estate.model.google.private_access import ZONES
from estate.model.vmware.vmware import VmwareConfig
from operations.check.dns_openings import aws_forwarding, dns_openings
from operations.check.opening import Opening
from operations.check.vpn_openings import vpn_openings

HEADERS = ("source", "target", "port", "why")
_HTTPS = GATEWAY_PORT


def openings(environment: Environment) -> Iterator[Opening]:
    """Yield what has to be let through, out of the data centers first; nothing without a network to speak to."""
    google, vmware = environment.google, environment.vmware
    if google is None or google.network is None:
        return
    yield from vpn_openings(environment)
    yield from dns_openings(environment)
    if vmware:
        yield from _to_google_apis(google.network, vmware)
    yield from _to_clusters(environment, google, google.network)
    if environment.aws:
        yield from _to_eks_clusters(environment.aws, google.network)
    if vmware:
        yield from _to_data_centers(environment, google, vmware)


def forwarding(environment: Environment) -> str:
    """What name servers have to be told, in a sentence without a final period; empty when there is nothing."""
    network = environment.google and environment.google.network
    told = []
    if network and network.inbound_dns:
        told.append(
            f"{', '.join(ZONES)} to the addresses that terraform output -raw dns_forwarders shows in the folder of "
            f"stack {environment.environment}, one in each subnet"
        )
    if of_aws := aws_forwarding(environment):
        told.append(of_aws)
    return f"name servers of the data centers forward {'; '.join(told)}" if told else ""


def _to_google_apis(network: NetworkConfig, vmware: VmwareConfig) -> Iterator[Opening]:
    machines = _listed(
        [
            *(str(use.addresses) for use in vmware.admin_uses()),
            *(str(cluster.network.cidr) for _, cluster in sorted(vmware.user_clusters.items())),
        ]
    )
    if machines:
        access = network.private_google_access
        yield Opening(
            machines, str(access.cidr), _HTTPS, f"on-prem clusters reach Google's APIs ({access.domain})"
        )
    servers = _listed(
        [str(server) for _, one in sorted(vmware.user_clusters.items()) for server in one.network.dns]
    )
    if servers and network.inbound_dns:
        target = _listed([str(subnet.cidr) for _, subnet in sorted(network.subnets.items())])
        yield Opening(
            servers,
            target,
            "udp:53, tcp:53",
            "name servers ask for Google's domains (terraform output dns_forwarders)",
        )


def _to_clusters(environment: Environment, google: GoogleConfig, network: NetworkConfig) -> Iterator[Opening]:
    prefixes = _listed(map(str, network.onprem_prefixes))
    if not prefixes:
        return
    for key, cluster in sorted(google.gke_clusters.items()):
        if cluster.private_endpoint:
            yield Opening(
                prefixes, str(cluster.control_plane_cidr), _HTTPS, f"Kubernetes API of GKE cluster {key}"
            )
        subnet = network.subnets[cluster.subnet]
        yield Opening(
            prefixes,
            str(subnet.cidr),
            ", ".join(gateway_ports(environment)),
            f"gateways of GKE cluster {key}, behind internal load balancers",
        )


def _to_eks_clusters(aws: AwsConfig, network: NetworkConfig) -> Iterator[Opening]:
    for key, cluster in sorted(aws.eks_clusters.items()):
        # Whoever else may come does not stand in a data center.
        sources = [
            str(cidr)
            for cidr in sorted(cluster.endpoint.private_from)
            if any(cidr.overlaps(prefix) for prefix in network.onprem_prefixes)
        ]
        if sources and aws.management_vpc:
            yield Opening(
                _listed(sources), str(aws.management_vpc.cidr), _HTTPS, f"Kubernetes API of EKS cluster {key}"
            )


def _to_data_centers(
    environment: Environment, google: GoogleConfig, vmware: VmwareConfig
) -> Iterator[Opening]:
    subnets = google.network.subnets if google.network else {}
    ranges = [
        str(cidr)
        for _, cluster in sorted(google.gke_clusters.items())
        for cidr in (subnets[cluster.subnet].cidr, subnets[cluster.subnet].pods)
    ]
    yield from _to_user_clusters(_listed(ranges), gateway_ports(environment), vmware)
    # No mesh reaches into AWS.
    yield from _to_user_clusters(_listed(map(str, joined_from_aws(environment))), (_HTTPS,), vmware)


def _to_user_clusters(sources: str, ports: Sequence[str], vmware: VmwareConfig) -> Iterator[Opening]:
    for key, cluster in sorted(vmware.user_clusters.items()) if sources else ():
        yield Opening(
            sources, str(cluster.control_plane.vip), _HTTPS, f"Kubernetes API of user cluster {key}"
        )
        balancer = cluster.load_balancer
        pools = balancer.metal_lb.pools if balancer.metal_lb else {}
        ranges = [str(addresses) for _, pool in sorted(pools.items()) for addresses in pool.addresses]
        gateways = _listed(ranges) or str(balancer.ingress_vip)
        yield Opening(sources, gateways, ", ".join(ports), f"gateways of user cluster {key}")


def _listed(values: Sequence[str] | Iterator[str]) -> str:
    """Each value once, in order."""
    return ", ".join(dict.fromkeys(values))
