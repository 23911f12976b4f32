"""Node groups of EKS clusters."""

from __future__ import annotations

from estate.model.aws.eks_node_group import Capacity, EksNodeGroupConfig
from operations.cards.card import Card, Entity, Size, Version, row


def _summary(entity: Entity[EksNodeGroupConfig]) -> str:
    group = entity.config
    spot = ", spot" if group.capacity is Capacity.SPOT else ""
    return (
        f"{group.min_size} to {group.max_size} nodes, {' or '.join(group.instance_types)}{spot}, "
        f"{group.volume.size_gib} GiB of {group.volume.volume_type}"
    )


CARD = Card(
    path="aws.eks_clusters.*.node_groups.*",
    models=(EksNodeGroupConfig,),
    noun="node group",
    rows=row(_summary),
    collections={"NodeGroups": "node group"},
    version=Version("aws_eks_node_group", "version", "cluster_name", "node_group_name", control_plane=False),
    size=Size("EKS group", "min_size", "max_size"),
)
