"""What volumes are made of that claims in a cluster get which name no StorageClass.

In EKS, which has no default one from Kubernetes 1.30 on
(https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-extended.html, excerpt of 2026-11-30); other clusters come
with theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from estate.model.aws.aws import AwsConfig
from estate.model.aws.kms_key import ExistingKmsKeyConfig
from estate.model.environment import Environment
from estate.model.organization import Organization


@dataclass(frozen=True)
class StorageClass:
    """Encrypted volumes in EBS.

    Attributes:
        name: its name, which goes with the key: what a StorageClass says cannot be changed.
        kms_key: the key by its ARN, or by its alias where only AWS knows its id; None for AWS's own.
    """

    name: str
    kms_key: str | None


def default_storage(
    organization: Organization, environment: Environment, cluster: str
) -> StorageClass | None:
    """The default class of a cluster; None where somebody else makes it."""
    aws = environment.aws
    if aws is None or cluster not in aws.eks_clusters:
        return None
    config = aws.eks_clusters[cluster]
    if not config.default_storage_class:
        return None
    if config.volumes_key is None:
        return StorageClass("gp3", None)
    return _with(aws, config.volumes_key, (organization.name, environment.environment))


def _with(aws: AwsConfig, key: str, names: tuple[str, str]) -> StorageClass:
    """A class whose volumes a key of the section encrypts.

    EC2 takes "Alias ARN. For example, arn:aws:kms:us-east-1:012345678910:alias/ExampleAlias" for a key
    (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html, excerpt of 2026-11-30), and the driver hands
    it on. A clone of a volume it holds against the key's own ARN, and refuses: pkg/driver/controller.go of
    https://github.com/kubernetes-sigs/aws-ebs-csi-driver, 2026-08-19.
    """
    config = aws.kms_keys[key]
    if isinstance(config, ExistingKmsKeyConfig):
        return StorageClass(f"gp3-{key}", config.existing.key_arn)
    alias = config.alias_in(*names, key)
    return StorageClass(f"gp3-{config.name or key}", f"arn:aws:kms:{aws.region}:{aws.account_id}:{alias}")
