"""Rules of DRS that keep workstations on different hosts."""

from __future__ import annotations

from estate.model.naming import physical_name
from estate.model.vmware.vsphere.anti_affinity_rule import AntiAffinityRuleConfig
from operations.cards.card import Card, Entity, row


def _summary(entity: Entity[AntiAffinityRuleConfig]) -> str:
    how = "never" if entity.config.mandatory else "not"
    name = physical_name(*entity.names, entity.key)
    return f"{name}: {', '.join(entity.config.workstations)} {how} on one host"


CARD = Card(
    path="vmware.vsphere.anti_affinity_rules.*",
    models=(AntiAffinityRuleConfig,),
    noun="DRS anti-affinity rule",
    rows=row(_summary),
)
