"""What is installed in EKS clusters: what scales their nodes, makes load balancers for them, and backs them up.

Pods do not reach the nodes' metadata (one hop), so that each is told where it is. Settings are those of the charts:
https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/charts/cluster-autoscaler and
https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/main/helm/aws-load-balancer-controller; of the scaler,
https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md; those of Velero,
`estate/derived/clusters/velero.py` (2026-11-30).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from estate.derived.clusters.software import Software
from estate.derived.clusters.velero import velero
from estate.facts.software import packages
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_backup import BACKUPS_PART, VELERO_ACCOUNT
from estate.model.aws.eks_cluster import (
    LOAD_BALANCER_ACCOUNT,
    LOAD_BALANCER_PART,
    SCALER_ACCOUNT,
    SCALER_PART,
    EksClusterConfig,
)
from estate.model.aws.management_vpc import ExistingVpcConfig
from estate.model.aws.other_vpc import OtherVpcConfig
from estate.model.naming import physical_name


@dataclass(frozen=True)
class EksPlace:
    """A cluster among the others of its environment.

    Attributes:
        names: the organization and the environment, which physical names begin with.
        key: its key.
        aws: the section that it stands in.
    """

    names: tuple[str, str]
    key: str
    aws: AwsConfig

    @property
    def cluster(self) -> EksClusterConfig:
        """What the file says of it."""
        return self.aws.eks_clusters[self.key]

    @property
    def name(self) -> str:
        """Its name."""
        return self.cluster.name_in(*self.names, self.key)

    def account_of(self, service_account: str, part: str) -> Mapping[str, object]:
        """A service account that takes on the cluster's role of that part."""
        role = self.cluster.part_in(*self.names, self.key, part)
        return {
            "name": service_account,
            "annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{self.aws.account_id}:role/{role}"},
        }


def eks_software(place: EksPlace) -> Iterator[Software]:
    """Yield what the cluster asks for."""
    for name in place.cluster.software:
        yield Software(name, name, packages()[name].namespace, _VALUES[name](place))


def _scaler(place: EksPlace) -> Mapping[str, object]:
    tags = packages()["cluster-autoscaler"].tags
    return {
        "fullnameOverride": "cluster-autoscaler",
        "autoDiscovery": {"clusterName": place.name},
        "awsRegion": place.aws.region,
        # Groups that differ in their zone alone grow alike, which a pod with a volume needs: it runs in the volume's zone.
        "extraArgs": {"balance-similar-node-groups": True},
        "image": {"tag": tags[place.cluster.version]},
        "rbac": {"serviceAccount": place.account_of(SCALER_ACCOUNT, SCALER_PART)},
    }


def _load_balancers(place: EksPlace) -> Mapping[str, object]:
    return {
        "clusterName": place.name,
        "region": place.aws.region,
        **_vpc(place),
        "serviceAccount": place.account_of(LOAD_BALANCER_ACCOUNT, LOAD_BALANCER_PART),
        # "should be used for ENI-based CNIs, such as the Amazon VPC CNI": values.yaml of the chart.
        "defaultTargetType": "ip",
        # What a person renders anew keeps the certificate of its webhooks; Argo CD and Config Sync show a chart no cluster to
        # look it up in: templates/_helpers.tpl of v3.5.0.
        "keepTLSSecret": True,
        # Its role has no right to these.
        "enableShield": False,
        "enableWaf": False,
        "enableWafv2": False,
    }


def _vpc(place: EksPlace) -> Mapping[str, object]:
    """The VPC by its id where the file says that, otherwise by the tag that it is made with."""
    vpc = place.aws.vpc_of(place.cluster)
    if isinstance(vpc, ExistingVpcConfig):
        return {"vpcId": vpc.existing.vpc_id}
    if isinstance(vpc, OtherVpcConfig):
        return {"vpcId": vpc.vpc_id}
    return {"vpcTags": {"Name": physical_name(*place.names, "management-vpc")}}


def _backups(place: EksPlace) -> Mapping[str, object]:
    backup, in_aws = place.cluster.backup, {"region": place.aws.region}
    assert backup is not None  # noqa: S101 - narrows the type: the software is asked for with it
    return velero(
        place.name,
        backup,
        {
            "serviceAccount": {"server": place.account_of(VELERO_ACCOUNT, BACKUPS_PART)},
            "credentials": {"useSecret": False},
            "configuration": {
                "backupStorageLocation": [
                    {
                        "name": "default",
                        "provider": "aws",
                        "default": True,
                        "bucket": place.cluster.bucket_in(*place.names, place.key, place.aws.account_id),
                        "config": in_aws,
                    }
                ],
                "volumeSnapshotLocation": [{"name": "default", "provider": "aws", "config": in_aws}],
            },
            "snapshotsEnabled": True,
        },
    )


_VALUES: Final[Mapping[str, Callable[[EksPlace], Mapping[str, object]]]] = {
    "aws-load-balancer-controller": _load_balancers,
    "cluster-autoscaler": _scaler,
    "velero": _backups,
}
