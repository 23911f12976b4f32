"""Roles that pods of EKS clusters take on."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.eks_pod_role import PodRole
from operations.cards.card import Card, Entity, Step, Turn, certain, row


def _summary(entity: Entity[PodRole]) -> str:
    role = entity.config
    policies = ", ".join(arn.rpartition("/")[2] for arn in role.policies)
    return f"{policies} for {role.namespace}/{role.service_account}"


def _steps(entity: Entity[PodRole]) -> Iterator[Step]:
    aws, role = certain(entity.environment.aws), entity.config
    own = [arn for arn in role.policies if f":{aws.account_id}:" in arn]
    if own:
        yield Step(
            Turn.BEFORE,
            f"make the policies of pod role {entity.key} of EKS cluster {entity.keys[0]}, unless they are there, from what its "
            "vendor publishes",
            tuple(f"aws iam get-policy --policy-arn {arn}" for arn in own),
        )


CARD = Card(
    path="aws.eks_clusters.*.pod_roles.*",
    models=(PodRole,),
    noun="pod role",
    rows=row(_summary),
    steps=_steps,
    collections={"PodRoles": "pod role"},
)
