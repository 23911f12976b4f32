"""The folder of the machines in vCenter."""

from __future__ import annotations

from estate.model.vmware.vsphere.folder import FolderConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, row


def _summary(entity: Entity[FolderConfig]) -> str:
    each = ", one in it per cluster" if entity.config.per_cluster else ""
    return f"{entity.config.path_in(*entity.names)}{each}"


CARD = Card(
    path="vmware.vsphere.folder",
    models=(FolderConfig,),
    noun="VM folder",
    rows=row(_summary),
    stateful={"vsphere_folder": NOTHING_ELSE},
)
