"""Workstations for gkectl, made in vCenter."""

from __future__ import annotations

from estate.model.vmware.vsphere.workstation import WorkstationConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, row


def _summary(entity: Entity[WorkstationConfig]) -> str:
    machine = entity.config
    return (
        f"{machine.name_in(*entity.names, entity.key)}, {machine.ip} on {machine.network.port_group}, "
        f"{machine.cpus} CPUs, {machine.memory_mb} MiB, {machine.disk_gb} GiB"
    )


CARD = Card(
    path="vmware.vsphere.workstations.*",
    models=(WorkstationConfig,),
    noun="workstation",
    rows=row(_summary),
    collections={"Workstations": "admin workstation"},
    stateful={"vsphere_virtual_machine": NOTHING_ELSE},
)
