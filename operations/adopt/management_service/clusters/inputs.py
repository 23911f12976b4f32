"""What the new cluster is made from."""

from __future__ import annotations

from dataclasses import dataclass

from estate.model.aws.aws import AwsConfig
from estate.model.aws.management_vpc import ManagementVpc
from operations.adopt.gkectl.target import Target
from operations.adopt.management_service.clusters.cloud import Cloud
from operations.adopt.management_service.clusters.documents import Documents


@dataclass(frozen=True)
class Inputs:
    """What the new cluster is made from.

    Attributes:
        documents: the cluster as it runs.
        target: the environment that takes the new one in.
        aws: its AWS section.
        vpc: its VPC.
        cloud: what AWS said of subnets and keys.
        key: the new cluster's key by the command line.
        installer: the role of the command line that attaches the new cluster.
        platform_version: the version of the command line.
    """

    documents: Documents
    target: Target
    aws: AwsConfig
    vpc: ManagementVpc
    cloud: Cloud
    key: str | None = None
    installer: str | None = None
    platform_version: str | None = None
