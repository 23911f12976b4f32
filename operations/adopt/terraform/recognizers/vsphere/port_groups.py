"""Distributed port groups, of switches whose names a state tells."""

from __future__ import annotations

from typing import Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found

_TYPE: Final = "vsphere_distributed_port_group"
_SWITCH: Final = "vsphere_distributed_virtual_switch"
_PORT_GROUPS: Keys = ("vmware", "vsphere", "port_groups")


def recognize_port_groups(found: Found, draft: Draft) -> None:
    """Put the port groups of one VLAN each."""
    switches = {one.text("id"): one.text("name") for one in found.of(_SWITCH)}
    for group in found.of(_TYPE):
        name = group.text("name")
        switch = switches.get(group.text("distributed_virtual_switch_uuid"))
        if group.blocks("vlan_range") or not group.at("vlan_id"):
            why, instead = "is of no single VLAN", "keep it in the other Terraform"
        elif switch is None:
            why = "is of a switch whose name no state tells"
            instead = (
                f"say vmware.vsphere.port_groups.{name} with switch and vlan_id in the file, and adopt again"
            )
        else:
            draft.put((*_PORT_GROUPS, name), {"switch": switch, "vlan_id": int(group.at("vlan_id"))}, group)
            continue
        draft.leave(group, "", why, instead)
