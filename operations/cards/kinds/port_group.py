"""Distributed port groups in vCenter."""

from __future__ import annotations

from estate.model.vmware.vsphere.port_group import PortGroupConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, row


def _summary(entity: Entity[PortGroupConfig]) -> str:
    return f"VLAN {entity.config.vlan_id} on {entity.config.switch}"


CARD = Card(
    path="vmware.vsphere.port_groups.*",
    models=(PortGroupConfig,),
    noun="distributed port group",
    rows=row(_summary),
    collections={"PortGroups": "port group"},
    stateful={"vsphere_distributed_port_group": NOTHING_ELSE},
)
