"""The machine that gkectl runs on."""

from __future__ import annotations

from estate.model.vmware.admin_cluster import AdminWorkstationConfig
from operations.cards.card import Card, Entity, certain, row


def _summary(entity: Entity[AdminWorkstationConfig]) -> str:
    ip, vsphere = entity.config.ip, certain(entity.environment.vmware).vsphere
    ours = vsphere.workstations if vsphere else {}
    made = next((f"vsphere.workstations.{key}" for key, one in ours.items() if one.ip == ip), "made by hand")
    return f"{ip}, {made}"


CARD = Card(
    path="vmware.admin_workstation",
    models=(AdminWorkstationConfig,),
    noun="admin workstation",
    rows=row(_summary),
)
