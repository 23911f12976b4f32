"""Network and control plane of a user cluster: one subnet, its nodes' addresses and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from estate.reading.paths import dotted, quoted
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.gkectl.files import Config
from operations.adopt.gkectl.ip_blocks import Block, Node, read_block, read_blocks, runs
from operations.adopt.gkectl.section import Keys, Section

_CONTROL_PLANE = ("network", "controlPlaneIPBlock")


@dataclass(frozen=True)
class Nodes:
    """Where a cluster's nodes stand.

    Attributes:
        blocks: every block, the workers' first.
        workers: worker nodes; none with DHCP.
        control_plane: control plane nodes.
    """

    blocks: Sequence[Block]
    workers: Sequence[Node]
    control_plane: Sequence[Node]

    @property
    def all(self) -> list[Node]:
        """All nodes with an address of their own."""
        return [*self.workers, *self.control_plane]


def find_nodes(config: Config) -> Nodes:
    """Find a cluster's nodes in its IP block file and its own control plane block.

    The control plane's addresses stand in one of the two; where both have some, the cluster's own count.
    """
    blocks = read_blocks(config.blocks) if config.blocks else []
    listed = [node for block in blocks for node in block.nodes]
    workers = [node for node in listed if not node.is_control_plane]
    control_plane = [node for node in listed if node.is_control_plane]
    if config.document.place(*_CONTROL_PLANE, "ips").value:
        own = read_block(config.document, *_CONTROL_PLANE)
        for node in control_plane:
            node.ip.document.leave_out("network.controlPlaneIPBlock names these nodes", *node.ip.path[:-1])
        blocks, control_plane = [*blocks, own], list(own.nodes)
    return Nodes(blocks, workers, control_plane)


def put_network(
    section: Section, at: Keys, config: Config, admin: Config | None, nodes: Nodes, name: str
) -> None:
    """Put the cluster's `network`.

    Args:
        section: takes it.
        at: keys of the cluster.
        config: the cluster.
        admin: its admin cluster, which it takes the port group from when it says none.
        nodes: the cluster's nodes.
        name: the cluster's name, which makes up the names of nodes that have none.
    """
    document, to = config.document, (*at, "network")
    section.comes_from(to, document.place("network"))
    port_group = document.text("network", "vCenter", "networkName")
    if port_group.value is None and admin:
        inherited = admin.document.text("network", "vCenter", "networkName")
        port_group = inherited if inherited.value else port_group
    section.put((*to, "port_group"), port_group)
    _put_subnet(section, to, document, nodes)
    _put_workers(section, to, document, nodes)
    for key, field, old, others in (
        ("dns", "dnsServers", "dns", "otherdns"),
        ("ntp", "ntpServers", "tod", "othertod"),
        ("search_domains", "searchDomainsForDNS", "", "searchdomainsfordns"),
    ):
        place = document.place("network", "hostConfig", field)
        found = document.texts("network", "hostConfig", field) or list(_old_host_config(config, old, others))
        section.put_list((*to, key), found, place)
    if config.blocks and config.blocks.place("hostconfig").value:
        config.blocks.leave_out("network.hostConfig of the cluster comes before it", "hostconfig")
    section.put((*to, "pods"), document.text("network", "podCIDR"))
    section.put((*to, "services"), document.text("network", "serviceCIDR"))
    _put_hostnames(section, to, nodes, name)


def put_control_plane(section: Section, at: Keys, document: Document, nodes: Nodes) -> None:
    """Put the cluster's `control_plane`."""
    to = (*at, "control_plane")
    section.comes_from(to, document.place("masterNode"))
    section.put((*to, "vip"), document.text("loadBalancer", "vips", "controlPlaneVIP"))
    place = document.place(*_CONTROL_PLANE, "ips")
    section.comes_from((*to, "ips"), nodes.control_plane[0].ip if nodes.control_plane else place)
    addresses: list[str] = []
    for node in nodes.control_plane:
        if len(node.addresses) > 1:
            node.ip.problem(
                f"must be one address, that of a control plane node, got {quoted(node.ip.value or '')}"
            )
            continue
        section.comes_from((*to, "ips", len(addresses)), node.ip)
        addresses.append(str(node.addresses))
        node.ip.use()
    if addresses:
        section.say((*to, "ips"), addresses, comment=_remarks(nodes.control_plane))
    for key, field in (("cpus", "cpus"), ("memory_mb", "memoryMB")):
        value = document.whole("masterNode", field)
        section.put((*to, key), value)
        if value.value is None:
            section.take_default(document, f"masterNode.{field}")


def _put_subnet(section: Section, to: Keys, document: Document, nodes: Nodes) -> None:
    known = [block for block in nodes.blocks if block.cidr]
    section.comes_from((*to, "cidr"), document.place(*_CONTROL_PLANE, "netmask"))
    section.comes_from((*to, "gateway"), document.place(*_CONTROL_PLANE, "gateway"))
    for block in known:
        first = known[0]
        if (block.cidr, block.gateway.value) != (first.cidr, first.gateway.value):
            block.gateway.problem(
                f"must be in the one subnet that all nodes of a cluster stand in here, {first.cidr} behind "
                f"{quoted(first.gateway.value or '')}, got {block.cidr} behind {quoted(block.gateway.value or '')}"
            )
        section.put((*to, "cidr"), block.netmask, str(first.cidr))
        section.put((*to, "gateway"), block.gateway)


def _put_workers(section: Section, to: Keys, document: Document, nodes: Nodes) -> None:
    mode = document.text("network", "ipMode", "type")
    mode.use()
    section.comes_from((*to, "dhcp"), mode)
    section.comes_from((*to, "node_ips"), document.place("network", "ipMode", "ipBlockFilePath"))
    kind = mode.value or str(section.take_default(document, "network.ipMode.type"))
    kind = kind.lower()
    if kind == "dhcp":
        document.leave_out(
            "with DHCP no worker has an address of a file", "network", "ipMode", "ipBlockFilePath"
        )
        section.say((*to, "dhcp"), value=True)
        return
    if kind != "static":
        mode.problem(f"must be static or dhcp, got {quoted(kind)}")
    of_workers = [block for block in nodes.blocks if set(block.nodes) & set(nodes.workers)]
    if len(of_workers) > 1:
        section.changes.append(
            f"{of_workers[0].place.document.name}: its {len(of_workers)} blocks of workers become one, in their order"
        )
    ranges = runs(nodes.workers)
    for position, (_, node) in enumerate(ranges):
        section.comes_from((*to, "node_ips", position), node.ip)
    for node in nodes.workers:
        node.ip.use()
    if ranges:
        section.comes_from((*to, "node_ips"), ranges[0][1].ip)
        remarks = _remarks(nodes.workers)
        section.say((*to, "node_ips"), [str(addresses) for addresses, _ in ranges], comment=remarks)


def _old_host_config(config: Config, first: str, others: str) -> Iterator[Field[str]]:
    """The servers that an IP block file of the first versions names."""
    if config.blocks is None:
        return
    one: Field[Any] = config.blocks.text("hostconfig", first)
    if first and one.value is not None:
        yield one
    yield from config.blocks.texts("hostconfig", others)


def _put_hostnames(section: Section, to: Keys, nodes: Nodes, name: str) -> None:
    """Names that differ from those made up here; where a node has none, no name is made up at all."""
    unnamed = [node for node in nodes.all if node.hostname.value is None]
    if unnamed:
        section.say((*to, "derive_hostnames"), value=False)
    for node in nodes.all:
        if len(node.addresses) > 1:
            node.ip.document.leave_out(
                "names a whole range; only one address can have a name", *node.hostname.path
            )
            section.changes.append(
                f"{dotted(node.ip.path)}: {node.ip.value} is written out, one entry for each of its addresses"
            )
            continue
        address = str(node.addresses)
        made_up = f"{name}-{address.replace('.', '-')}"
        if unnamed or node.hostname.value != made_up:
            section.put((*to, "hostnames", address), node.hostname)
        else:
            node.hostname.use()


def _remarks(nodes: Sequence[Node]) -> str:
    return "; ".join(f"{node.addresses}: {remark}" for node in nodes if (remark := node.ip.remark))
