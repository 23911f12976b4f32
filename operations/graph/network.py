"""The hybrid network of an environment as a Mermaid flowchart, drawn from the model and nothing else.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from collections.abc import Iterator

from environments.model.aws.aws import AwsConfig
from environments.model.environment import Environment
from environments.model.google.google import GoogleConfig
from environments.model.vpn.aws import AwsVpnConfig
from environments.model.vpn.onprem import OnpremVpnConfig
from environments.model.vpn.routes import advertised, from_onprem
from environments.model.vpn.tunnel import Tunnel
from environments.model.vpn.vpn import Peering, VpnConfig

_INDENT = "    "


def network_graph(environment: Environment) -> str:
    """Draw the networks, the devices between them, and every tunnel with its link."""
    lines = ["flowchart LR"]
    if environment.vpn and environment.vpn.onprem:
        lines += _indented(_onprem(environment, environment.vpn.onprem))
    if environment.google:
        lines += _indented(_google(environment.google, environment.vpn))
    if environment.aws:
        lines += _indented(_aws(environment.aws, environment.vpn.aws if environment.vpn else None))
    if environment.vpn:
        lines += _indented(_tunnels(environment.vpn))
        lines += _indented(_routes(environment, environment.vpn))
    return "\n".join(lines)


def _indented(lines: Iterator[str]) -> list[str]:
    return [f"{_INDENT}{line}" for line in lines]


def _box(id_: str, *lines: str) -> str:
    return f'{id_}["{"<br>".join(lines)}"]'


def _group(id_: str, title: str, lines: Iterator[str]) -> Iterator[str]:
    yield f'subgraph {id_}["{title}"]'
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


def _google(google: GoogleConfig, vpn: VpnConfig | None) -> Iterator[str]:
    def inside() -> Iterator[str]:
        for key, subnet in google.network.subnets.items() if google.network else ():
            ranges = [f"{subnet.cidr} nodes", *([f"{subnet.pods} pods"] if subnet.pods else [])]
            yield _box(_id("subnet", key), f"subnet {key}", *ranges)
        if vpn:
            yield _box("router", "Cloud Router", f"AS {vpn.asn}")
        for key in vpn.peerings if vpn else ():
            interfaces = (_box(_id("gateway", key, str(n)), f"interface {n}") for n in (0, 1))
            yield from _group(_id("gateway", key), f"HA VPN gateway {key}", interfaces)

    yield from _group("google", f"Google Cloud, {google.host_project.id} in {google.region}", inside())


def _aws(aws: AwsConfig, vpn: AwsVpnConfig | None) -> Iterator[str]:
    def inside() -> Iterator[str]:
        if aws.management_vpc:
            yield _box("vpc", "management VPC", str(aws.management_vpc.cidr))
        if vpn:
            yield _box("transit_gateway", "transit gateway", f"AS {vpn.transit_gateway_asn}")
        for key in vpn.connections if vpn else ():
            yield _box(_id("connection", key), f"connection {key}")

    yield from _group("aws", f"AWS, {aws.account_id} in {aws.region}", inside())


def _tunnels(vpn: VpnConfig) -> Iterator[str]:
    for key, peering in vpn.peerings.items():
        best = min(tunnel.priority for tunnel in peering.all_tunnels().values())
        for name, tunnel in peering.all_tunnels().items():
            gateway = _id("gateway", key, str(tunnel.interface))
            end = _end(peering, tunnel)
            passive = tunnel.priority > best
            line = "-.-" if passive else "==="
            note = "<br>passive" if passive else ""
            yield f'{gateway} {line}|"{name}<br>{tunnel.link_local}{note}"| {end}'


def _end(peering: Peering, tunnel: Tunnel) -> str:
    key = str(tunnel.path[1])
    if isinstance(peering, AwsVpnConfig):
        return _id("connection", key)
    peer = peering.tunnels[key].peer
    return _id("device", peering.peers[peer].device or peer)


def _routes(environment: Environment, vpn: VpnConfig) -> Iterator[str]:
    """What hangs together inside each side."""
    for key in (
        environment.google.network.subnets if environment.google and environment.google.network else ()
    ):
        yield f"router --- {_id('subnet', key)}"
    for key in vpn.peerings:
        count = len(advertised(environment, key))
        yield f'router -->|"advertises {count} ranges"| {_id("gateway", key)}'
    for device in vpn.onprem.devices() if vpn.onprem else ():
        yield f"onprem_network --- {_id('device', device)}"
    for key in environment.vmware.user_clusters if environment.vmware and vpn.onprem else ():
        yield f"{_id('cluster', key)} --- onprem_network"
    for key in vpn.aws.connections if vpn.aws else ():
        yield f"{_id('connection', key)} --- transit_gateway"
    if vpn.aws:
        yield "transit_gateway --- vpc"
