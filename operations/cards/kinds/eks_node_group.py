"""Node groups of EKS clusters."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.aws.eks_addresses import types_without_prefixes, unknown_types
from estate.model.aws.eks_node_group import Capacity, EksNodeGroupConfig
from operations.cards.card import Card, Entity, Size, Version, Weight, certain, row


def _summary(entity: Entity[EksNodeGroupConfig]) -> str:
    group = entity.config
    spot = ", spot" if group.capacity is Capacity.SPOT else ""
    return (
        f"{group.min_size} to {group.max_size} nodes, {' or '.join(group.instance_types)}{spot}, "
        f"{group.volume.size_gib} GiB of {group.volume.volume_type}"
    )


def _warnings(entity: Entity[EksNodeGroupConfig]) -> Iterator[tuple[Weight, str]]:
    unknown = unknown_types(entity.config)
    if unknown:
        yield (
            Weight.TOLD,
            f"node group {entity.key}: how many addresses {' and '.join(unknown)} takes is not known here, so that its pods' "
            "are not counted; say node_addresses, or add it to estate/facts/aws/instance_interfaces.json",
        )
    cluster = certain(entity.environment.aws).eks_clusters[entity.keys[0]]
    single = types_without_prefixes(entity.config) if cluster.prefix_delegation else []
    if single:
        yield (
            Weight.TOLD,
            f"node group {entity.key}: {' and '.join(single)} takes single addresses for pods as before, because "
            "prefix_delegation is for Nitro types",
        )


CARD = Card(
    path="aws.eks_clusters.*.node_groups.*",
    models=(EksNodeGroupConfig,),
    noun="node group",
    rows=row(_summary),
    warnings=_warnings,
    collections={"NodeGroups": "node group"},
    version=Version("aws_eks_node_group", "version", "cluster_name", "node_group_name", control_plane=False),
    size=Size("EKS group", "min_size", "max_size"),
)
