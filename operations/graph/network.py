"""The hybrid network of an environment as a Mermaid flowchart, drawn from the model and nothing else.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from estate.derived.vpn.routes import advertised, from_onprem
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig
from estate.model.vpn.aws import AwsVpnConfig
from estate.model.vpn.onprem import OnpremVpnConfig
from estate.model.vpn.tunnel import Tunnel
from estate.model.vpn.vpn import Peering, VpnConfig
from operations.texts.harmless import one_line

_INDENT = "    "
_STEERS = re.compile(r"[\"#;`&]|<(?!br>)|(?<!<br)>")


def network_graph(environment: Environment) -> str:
    """Draw the networks, the devices between them, and every tunnel with its link."""
    lines = ["flowchart LR"]
    if environment.vpn and environment.vpn.onprem:
        lines += _indented(_onprem(environment, environment.vpn.onprem))
    if environment.google:
        lines += _indented(_google(environment, environment.google))
    if environment.aws:
        lines += _indented(_aws(environment.aws, environment.vpn.aws if environment.vpn else None))
    if environment.clusters_of_others:
        lines += _indented(_group("attached", "attached to the fleet", _attached(environment)))
    lines += _indented(_links(environment))
    return "\n".join(lines)


def _indented(lines: Iterator[str]) -> list[str]:
    return [f"{_INDENT}{line}" for line in lines]


def _box(id_: str, *lines: str) -> str:
    return f'{id_}["{"<br>".join(map(_label, lines))}"]'


def _label(text: str) -> str:
    """A text as Mermaid shows it; a line may be broken in it.

    https://mermaid.js.org/syntax/flowchart.html (entity codes to escape characters, excerpt, 2026-11-30)
    """
    return _STEERS.sub(lambda one: f"#{ord(one[0])};", one_line(text))


def _group(id_: str, title: str, lines: Iterator[str]) -> Iterator[str]:
    yield f'subgraph {id_}["{_label(title)}"]'
    yield from _indented(lines)
    yield "end"


def _id(*parts: str) -> str:
    """An id that Mermaid takes; keys have no underscore, so no two are one."""
    return "_".join(parts).replace("-", "_")


def _onprem(environment: Environment, vpn: OnpremVpnConfig) -> Iterator[str]:
    def inside() -> Iterator[str]:
        yield _box("onprem_network", "advertises", *map(str, from_onprem(environment)))
        for key, cluster in environment.vmware.user_clusters.items() if environment.vmware else ():
            yield _box(_id("cluster", key), f"user cluster {key}", str(cluster.network.cidr))
        for device, addresses in vpn.devices().items():
            yield _box(_id("device", device), device, *map(str, addresses))

    yield from _group("onprem", f"on-prem, AS {vpn.asn}", inside())


def _transit(vpn: VpnConfig) -> Iterator[str]:
    if vpn.transit is not None:
        by = ", by a hub" if vpn.transit_by.hub else ""
        yield f"{'transit' if vpn.transit else 'no transit'} between them{by}"


def _google(environment: Environment, google: GoogleConfig) -> Iterator[str]:
    vpn = environment.vpn

    def inside() -> Iterator[str]:
        for key in vpn.peerings if vpn else ():
            interfaces = (_box(_id("gateway", key, str(n)), f"interface {n}") for n in (0, 1))
            yield from _group(_id("gateway", key), f"HA VPN {key}", interfaces)
        if vpn:
            told = (f"{len(advertised(environment, key))} ranges to {key}" for key in vpn.peerings)
            yield _box("router", "Cloud Router", f"AS {vpn.asn}", *told, *_transit(vpn))
        for key, subnet in google.network.subnets.items() if google.network else ():
            ranges = [f"{subnet.pods} pods", f"{subnet.services} services"] if subnet.pods else []
            clusters = (
                f"GKE cluster {name}<br>{cluster.control_plane_cidr} API"
                for name, cluster in google.gke_clusters.items()
                if cluster.subnet == key
            )
            yield _box(_id("subnet", key), f"subnet {key}", f"{subnet.cidr} nodes", *ranges, *clusters)

    yield from _group("google", f"Google Cloud, {google.host_project.id} in {google.region}", inside())


def _aws(aws: AwsConfig, vpn: AwsVpnConfig | None) -> Iterator[str]:
    def inside() -> Iterator[str]:
        if aws.management_vpc:
            yield _box("vpc", "management VPC", str(aws.management_vpc.cidr))
        if vpn:
            yield _box("transit_gateway", "transit gateway", f"AS {vpn.transit_gateway_asn}")
        for key in vpn.connections if vpn else ():
            yield _box(_id("connection", key), f"connection {key}")
        for key, other in aws.existing_vpcs.items():
            yield _box(
                _id("existing_vpc", key), f"existing VPC {key}", str(other.cidr), "joined to nothing here"
            )
        for key, cluster in aws.eks_clusters.items():
            yield _box(_id("eks", key), f"EKS cluster {key}", f"{cluster.services} services", *_api(cluster))

    yield from _group("aws", f"AWS, {aws.account_id} in {aws.region}", inside())


def _attached(environment: Environment) -> Iterator[str]:
    """Clusters of others, which the fleet knows and no network here."""
    for key, cluster in environment.clusters_of_others.items():
        host, port = cluster.reached_by.endpoint
        yield _box(_id("attached", key), f"{cluster.distribution} cluster {key}", f"API at {host}:{port}")


def _api(cluster: EksClusterConfig) -> Iterator[str]:
    """From where the API is reached, beside the bastion."""
    endpoint = cluster.endpoint
    for kind, ranges in (("private", endpoint.private_from), ("public", endpoint.public_from)):
        if ranges:
            yield f"{kind} API from {', '.join(map(str, ranges))}"


def _links(environment: Environment) -> Iterator[str]:
    """What hangs together, from the data centers on, as Mermaid lays it out in this order."""
    vpn = environment.vpn
    if vpn and vpn.onprem:
        for key in environment.vmware.user_clusters if environment.vmware else ():
            yield f"{_id('cluster', key)} --- onprem_network"
        for device in vpn.onprem.devices():
            yield f"onprem_network --- {_id('device', device)}"
        for gateway, link, device in _tunnels("onprem", vpn.onprem):
            yield f"{device} {link} {gateway}"
        yield "gateway_onprem --- router"
    google = environment.google
    for key in google.network.subnets if google and google.network and vpn else ():
        yield f"router --- {_id('subnet', key)}"
    if vpn and vpn.aws:
        yield "router --- gateway_aws"
        for gateway, link, connection in _tunnels("aws", vpn.aws):
            yield f"{gateway} {link} {connection}"
        for key in vpn.aws.connections:
            yield f"{_id('connection', key)} --- transit_gateway"
        yield "transit_gateway --- vpc"
    for key, cluster in environment.aws.eks_clusters.items() if environment.aws else ():
        yield f"{_id('existing_vpc', cluster.vpc) if cluster.vpc else 'vpc'} --- {_id('eks', key)}"


def _tunnels(vpn: str, peering: Peering) -> Iterator[tuple[str, str, str]]:
    """Each tunnel's end in Google Cloud, the line between, and its other end."""
    tunnels = peering.all_tunnels()
    best = min(tunnel.priority for tunnel in tunnels.values())
    for name, tunnel in tunnels.items():
        passive = tunnel.priority > best
        note = "<br>passive" if passive else ""
        link = f'{"-.-" if passive else "==="}|"{_label(name)}<br>{tunnel.link_local}{note}"|'
        yield _id("gateway", vpn, str(tunnel.interface)), link, _end(peering, tunnel)


def _end(peering: Peering, tunnel: Tunnel) -> str:
    key = str(tunnel.path[1])
    if isinstance(peering, AwsVpnConfig):
        return _id("connection", key)
    peer = peering.tunnels[key].peer
    return _id("device", peering.peers[peer].device or peer)
