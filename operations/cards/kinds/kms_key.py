"""Keys of AWS KMS, made here or existing."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.eks_addons import AddonName
from estate.model.aws.eks_backup import BACKUPS_PART
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKeyConfig
from operations.cards.card import NOTHING_ELSE, Card, Entity, Step, Turn, Weight, certain, row

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


def _warnings(entity: Entity[_Key]) -> Iterator[tuple[Weight, str]]:
    aws, key = certain(entity.environment.aws), entity.config
    named = {
        name
        for cluster in aws.eks_clusters.values()
        for name in (
            cluster.kms_key,
            cluster.volumes_key,
            cluster.backup.kms_key if cluster.backup else None,
            *(group.volume.kms_key for group in cluster.node_groups.values()),
        )
    }
    if aws.management_service:  # until 2027-03-17
        named |= {aws.management_service.secrets_key, aws.management_service.database_key}  # until 2027-03-17
    lent = isinstance(key, KmsKeyConfig) and key.users
    if entity.key not in named and not lent:
        yield Weight.TOLD, f"nothing is encrypted with aws.kms_keys.{entity.key}, and nobody may use it"


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
        if config.volumes_key == name:
            yield (
                f"the role {config.part_in(*entity.names, cluster, AddonName.EBS_CSI)} to encrypt and decrypt, and "
                f"kms:CreateGrant with kms:GrantIsForAWSResource, for volumes that pods of EKS cluster {cluster} claim"
            )
    for cluster, config in aws.eks_clusters.items():
        yield from _asked_by_velero(entity, cluster, config)
    for cluster, config in aws.eks_clusters.items():
        if name in {group.volume.kms_key for group in config.node_groups.values()}:
            yield (
                "the service-linked role AWSServiceRoleForAutoScaling to encrypt and decrypt, and kms:CreateGrant with "
                f"kms:GrantIsForAWSResource, for the nodes of EKS cluster {cluster}"
            )
    service = aws.management_service  # until 2027-03-17
    if service and name in {service.secrets_key, service.database_key, service.root_volume.kms_key, service.data_volume.kms_key}:  # fmt: skip  # until 2027-03-17
        yield "the roles of the management service to encrypt and decrypt"  # until 2027-03-17


def _asked_by_velero(entity: Entity[_Key], cluster: str, config: EksClusterConfig) -> Iterator[str]:
    """What its role needs of the key of its bucket, and of that of the volumes that it makes of snapshots."""
    if config.backup and entity.key in {config.backup.kms_key, config.volumes_key}:
        through = (
            ", and kms:CreateGrant with kms:GrantIsForAWSResource,"
            if entity.key == config.volumes_key
            else ""
        )
        yield (
            f"the role {config.part_in(*entity.names, cluster, BACKUPS_PART)} to encrypt and decrypt{through} for backups of EKS "
            f"cluster {cluster}"
        )


CARD = Card[_Key](
    path="aws.kms_keys.*",
    models=(KmsKeyConfig, ExistingKmsKeyConfig),
    noun="KMS key",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"KmsKeys": "KMS key"},
    stateful={"aws_kms_key": NOTHING_ELSE},
)
