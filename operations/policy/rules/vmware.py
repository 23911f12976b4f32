"""GKE on VMware: what every supported version has, and what the provider's defaults leave out."""

from __future__ import annotations

from collections.abc import Iterator

from estate.facts.vmware.versions import why_unsupported
from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Stacks, resources

_CLUSTER = "google_gkeonprem_vmware_cluster"
_CONTROL_PLANE_NODES = 3


def _controlplane_v2(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, _CLUSTER):
        if cluster.body.get("enable_control_plane_v2") is not True:
            yield cluster.place, "enable_control_plane_v2 is not true, and its default is false; say true"
        elif not cluster.blocks("network_config", "control_plane_v2_config"):
            yield (
                cluster.place,
                "has no control_plane_v2_config; name the control plane's addresses, which are always static",
            )


def _dataplane_v2(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, _CLUSTER):
        if not any(block.get("dataplane_v2_enabled") is True for block in cluster.blocks("dataplane_v2")):
            yield (
                cluster.place,
                "dataplane_v2_enabled is not true, so nothing enforces network policies; say true",
            )


def _version(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, _CLUSTER):
        version = str(cluster.body.get("on_prem_version"))
        why = why_unsupported(version)
        if why:
            yield cluster.place, f"on_prem_version {why}"


def _three_nodes(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, _CLUSTER):
        replicas = [block.get("replicas") for block in cluster.blocks("control_plane_node")] or [None]
        if replicas != [_CONTROL_PLANE_NODES]:
            got = "not said, which makes 1" if replicas == [None] else str(replicas[0])
            yield (
                cluster.place,
                f"control_plane_node.replicas is {got}; say 3, for etcd survives the loss of one of 3",
            )
        blocks = cluster.blocks("network_config", "control_plane_v2_config", "control_plane_ip_block")
        for block in blocks:
            count = len(block.get("ips", []))
            if count != _CONTROL_PLANE_NODES:
                yield cluster.place, f"control_plane_ip_block has {count} addresses; name 3"


RULES = (
    Rule(
        "HYB_VMWARE_CONTROLPLANE",
        Level.HIGH,
        "User clusters have Controlplane V2 with its addresses",
        _controlplane_v2,
    ),
    Rule("HYB_VMWARE_DATAPLANE", Level.HIGH, "User clusters have Dataplane V2", _dataplane_v2),
    Rule("HYB_VMWARE_VERSION", Level.HIGH, "User clusters run a version that Google supports", _version),
    Rule("HYB_VMWARE_REPLICAS", Level.HIGH, "User clusters have three control-plane nodes", _three_nodes),
)
