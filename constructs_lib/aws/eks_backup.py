"""What Velero keeps the backups of an EKS cluster in, and what it may do in the account.

The bucket names no part of the cluster, so that it stays as it is when the cluster is made anew; the role trusts the cluster's
issuer, and follows it. What the role may do is what the plugin's README asks for, narrowed: snapshots are taken of volumes
that the storage driver made (https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html: it tags them), and carry the
cluster's name, by which alone they are read back and deleted.

https://github.com/velero-io/velero-plugin-for-aws/blob/v1.14.2/README.md, and velero-plugin-for-aws/volume_snapshotter.go there:
tags of a volume are those of its snapshot, and those of a restored volume likewise (2026-11-30).
"""

from __future__ import annotations

import json
from typing import Final

from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from constructs_lib.aws.eks_oidc_provider import EksOidcProvider
from constructs_lib.aws.eks_site import EksSite
from constructs_lib.aws.private_bucket import PrivateBucket, define_private_bucket
from constructs_lib.aws.statement import allow
from constructs_lib.naming import Kind
from estate.model.aws.eks_backup import BACKUP_OF, BACKUPS_PART, VELERO_ACCOUNT, VELERO_NAMESPACE

_DELETED_KEPT_DAYS: Final = 30
"""Days in which a backup that somebody deleted, or wrote over, can be had back."""

_OBJECTS: Final = (
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
    "s3:PutObjectTagging",
)


class EksBackup(Construct):
    """Define the bucket of a cluster's backups, and the role of its Velero.

    Stateful. With the bucket go the backups; it goes with what is in it where nothing is protected.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: EksSite,
        bucket: str,
        key_arn: str,
        oidc_provider: EksOidcProvider,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        define_private_bucket(
            self,
            PrivateBucket(
                name=bucket,
                partition=config.account.partition,
                tags={"Name": config.named(BACKUPS_PART)},
                old_versions_days=_DELETED_KEPT_DAYS,
                key_arn=key_arn,
            ),
            prevent_destroy=prevent_destroy,
        )
        name = config.named(BACKUPS_PART, Kind.IAM)
        role = oidc_provider.define_role(self, name, VELERO_ACCOUNT, namespace=VELERO_NAMESPACE)
        IamRolePolicy(self, "RolePolicy", name="back-up", role=role.name, policy=_policy(config, bucket))
        self.role_arn: Final[str] = role.arn


def _policy(site: EksSite, bucket: str) -> str:
    partition, region = site.account.partition, site.account.region
    kept = f"arn:{partition}:s3:::{bucket}"
    volumes = site.account.arn("ec2", "volume/*")
    # A snapshot's ARN has no account where it is made, and one where it is shared.
    snapshots = f"arn:{partition}:ec2:{region}:*:snapshot/*"
    own = {"StringEquals": {f"aws:ResourceTag/{BACKUP_OF}": site.name}}
    new = {"StringEquals": {f"aws:RequestTag/{BACKUP_OF}": site.name}}
    claimed = {"StringEquals": {"aws:ResourceTag/ebs.csi.aws.com/cluster": "true"}}
    made = {"StringEquals": {"ec2:CreateAction": ["CreateSnapshot", "CreateVolume"]}}
    statements = [
        allow("List", ("s3:ListBucket",), kept),
        allow("Keep", _OBJECTS, f"{kept}/*"),
        allow("Look", ("ec2:DescribeSnapshots", "ec2:DescribeVolumes"), "*"),
        allow("Save", ("ec2:CreateSnapshot",), volumes, claimed),
        allow("MakeSnapshots", ("ec2:CreateSnapshot",), snapshots, new),
        allow("Restore", ("ec2:CreateVolume",), snapshots, own),
        allow("MakeVolumes", ("ec2:CreateVolume",), volumes, new),
        allow("TagNew", ("ec2:CreateTags",), [snapshots, volumes], made),
        allow("Delete", ("ec2:DeleteSnapshot",), snapshots, own),
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
