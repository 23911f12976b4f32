"""The admin cluster, which is made by hand and no resource; an output says its version."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.vmware.admin_cluster import LONGEST_NAME_IN_CONSOLE, AdminClusterConfig
from operations.cards.card import Card, Entity, Promoted, Weight, row


def _summary(entity: Entity[AdminClusterConfig]) -> str:
    return f"{entity.config.name}, {entity.config.version}, made by hand"


def _warnings(entity: Entity[AdminClusterConfig]) -> Iterator[tuple[Weight, str]]:
    if not entity.config.addresses:
        yield (
            Weight.BROKEN,
            "vmware.admin_cluster says no addresses: a user cluster that takes one of them is not noticed",
        )
    name = entity.config.name
    if len(name) > LONGEST_NAME_IN_CONSOLE:
        yield (
            Weight.TOLD,
            f"the admin cluster's name {name} has {len(name)} characters: gkectl takes it, and Google's console at most "
            f"{LONGEST_NAME_IN_CONSOLE}",
        )


CARD = Card(
    path="vmware.admin_cluster",
    models=(AdminClusterConfig,),
    noun="admin cluster",
    rows=row(_summary),
    warnings=_warnings,
    promoted=Promoted("version"),
)
