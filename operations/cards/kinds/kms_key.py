"""Keys of AWS KMS, made here or existing."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKeyConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, Step, Turn, certain, row

_Key = KmsKeyConfig | ExistingKmsKeyConfig


def _summary(entity: Entity[_Key]) -> str:
    if isinstance(entity.config, ExistingKmsKeyConfig):
        return f"existing {entity.config.existing.key_arn}"
    return f"rotated yearly, {entity.config.deletion_window_days} days to undo a deletion"


def _steps(entity: Entity[_Key]) -> Iterator[Step]:
    """What the owner of a key has to allow, as the policies of keys that are made here do."""
    if not isinstance(entity.config, ExistingKmsKeyConfig):
        return
    asked, arn = list(_asked(entity)), entity.config.existing.key_arn
    if asked:
        yield Step(
            Turn.BEFORE,
            f"have the owner of {arn} (kms_keys.{entity.key}) allow in its policy: {'; '.join(asked)}",
            (f"aws kms get-key-policy --policy-name default --output text --key-id {arn}",),
        )


def _asked(entity: Entity[_Key]) -> Iterator[str]:
    aws, name = certain(entity.environment.aws), entity.key
    for cluster, config in aws.eks_clusters.items():
        if config.kms_key == name:
            yield (
                f"{aws.deployer or f'the role that applies {entity.environment.environment}'} kms:DescribeKey and "
                "kms:CreateGrant, the latter without a condition on kms:GrantIsForAWSResource, and "
                f"logs.{aws.region}.amazonaws.com to encrypt and decrypt, both for EKS cluster {cluster}"
            )
    for cluster, config in aws.eks_clusters.items():
        if name in {group.volume.kms_key for group in config.node_groups.values()}:
            yield (
                "the service-linked role AWSServiceRoleForAutoScaling to encrypt and decrypt, and kms:CreateGrant with "
                f"kms:GrantIsForAWSResource, for the nodes of EKS cluster {cluster}"
            )
    service = aws.management_service  # until 2027-03-17
    if service and name in {service.secrets_key, service.database_key, service.root_volume.kms_key, service.data_volume.kms_key}:  # fmt: skip  # until 2027-03-17
        yield "the roles of the management service to encrypt and decrypt"  # until 2027-03-17


CARD = Card[_Key](
    path="aws.kms_keys.*",
    models=(KmsKeyConfig, ExistingKmsKeyConfig),
    noun="KMS key",
    rows=row(_summary),
    steps=_steps,
    collections={"KmsKeys": "KMS key"},
    stateful={"aws_kms_key": NOTHING_ELSE},
)
