"""The YAML documents of a management service: its own, and the example of a user cluster.

Ids and ARNs in them may be tokens: Terraform puts the values in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from constructs_lib.aws.management_service.ciphertexts import Ciphertext
from constructs_lib.aws.management_service.service import Service
from estate.model.aws.volume import VolumeConfig

_API_VERSION: Final = "multicloud.cluster.gke.io/v1"
_CLUSTER: Final = "cluster-0"
_CONTROL_PLANE_REPLICAS: Final = 3
# The product's own example: the walkthrough's numbers.
_MIN_NODES, _MAX_NODES, _MAX_PODS, _VOLUME_GIB = 3, 5, 100, 10
DOCUMENT_KEY: Final = "management.yaml"
"""Key of the service's own document in the bootstrap bucket."""

KEYS_FOLDER: Final = "/run/gke-aws"
"""Where the instance has its secrets: memory, gone with the instance."""


@dataclass(frozen=True)
class ClusterExampleIds:
    """What a user cluster refers to; all may be tokens.

    Attributes:
        vpc_id: the VPC.
        private_subnet_ids: private subnets by zone.
        public_subnet_ids: public subnets by zone.
        key_pair_name: EC2 key pair of the nodes.
        control_plane_profile: name of the instance profile of control planes.
        node_pool_profile: name of the instance profile of node pools.
        control_plane_group_id: security group of control planes.
        node_pool_group_id: security group of node pools.
        database_key_arn: key that encrypts the cluster's database.
    """

    vpc_id: str
    private_subnet_ids: Mapping[str, str]
    public_subnet_ids: Mapping[str, str]
    key_pair_name: str
    control_plane_profile: str
    node_pool_profile: str
    control_plane_group_id: str
    node_pool_group_id: str
    database_key_arn: str


def cluster_example(service: Service, ids: ClusterExampleIds) -> str:
    """Write one AWSCluster with three control plane subnets and one AWSNodePool a zone, to start from.

    Schema: https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/reference/awscluster
    and .../awsnodepools.
    """
    private = [subnet_id for _, subnet_id in sorted(ids.private_subnet_ids.items())]
    return _yaml(
        _cluster(service, ids, private),
        *(_node_pool(service, ids, number, subnet_id) for number, subnet_id in enumerate(private)),
    )


def _cluster(service: Service, ids: ClusterExampleIds, private: list[str]) -> dict[str, Any]:
    example, project = service.config.cluster_example, service.config.google_cloud.project_id
    public = [subnet_id for _, subnet_id in sorted(ids.public_subnet_ids.items())]
    return {
        "apiVersion": _API_VERSION,
        "kind": "AWSCluster",
        "metadata": {"name": _CLUSTER},
        "spec": {
            "region": service.account.region,
            "networking": {
                "vpcID": ids.vpc_id,
                "serviceAddressCIDRBlocks": [str(example.services)],
                "podAddressCIDRBlocks": [str(example.pods)],
                "serviceLoadBalancerSubnetIDs": [*private, *public],
            },
            "controlPlane": {
                "version": example.version,
                "keyName": ids.key_pair_name,
                "instanceType": example.instance_type,
                "iamInstanceProfile": ids.control_plane_profile,
                "securityGroupIDs": [ids.control_plane_group_id],
                "subnetIDs": private[:_CONTROL_PLANE_REPLICAS],
                "rootVolume": {"sizeGiB": _VOLUME_GIB},
                "etcd": {"mainVolume": {"sizeGiB": _VOLUME_GIB}},
                "databaseEncryption": {"kmsKeyARN": ids.database_key_arn},
                "hub": {"membershipName": f"projects/{project}/locations/global/memberships/{_CLUSTER}"},
            },
            "authentication": {"awsIAM": {"adminIdentityARNs": list(service.config.admin_identity_arns)}},
        },
    }


def _node_pool(service: Service, ids: ClusterExampleIds, number: int, subnet_id: str) -> dict[str, Any]:
    example = service.config.cluster_example
    return {
        "apiVersion": _API_VERSION,
        "kind": "AWSNodePool",
        "metadata": {"name": f"{_CLUSTER}-pool-{number}"},
        "spec": {
            "clusterName": _CLUSTER,
            "version": example.version,
            "region": service.account.region,
            "subnetID": subnet_id,
            "minNodeCount": _MIN_NODES,
            "maxNodeCount": _MAX_NODES,
            "instanceType": example.instance_type,
            "keyName": ids.key_pair_name,
            "iamInstanceProfile": ids.node_pool_profile,
            "maxPodsPerNode": _MAX_PODS,
            "rootVolume": {"sizeGiB": _VOLUME_GIB},
            "securityGroupIDs": [ids.node_pool_group_id],
        },
    }


def management_document(
    service: Service, *, bucket: str, key_arns: Mapping[str, str], tags: Mapping[str, str]
) -> str:
    """Write the AWSManagementService document that the instance's agent reads.

    Without the VPC, which the agent stands in already, and without any secret: the service account keys
    are named by where the instance has them.

    Args:
        service: the service.
        bucket: name of the bootstrap bucket.
        key_arns: ARNs of KMS keys by their key in aws.kms_keys.
        tags: tags for what the service makes.
    """
    config = service.config
    return _yaml(
        {
            "apiVersion": _API_VERSION,
            "kind": "AWSManagementService",
            "metadata": {"name": "management"},
            "spec": {
                "version": config.version,
                "region": service.account.region,
                "authentication": {"awsIAM": {"adminIdentityARNs": list(config.admin_identity_arns)}},
                "kmsKeyARN": key_arns[config.secrets_key],
                "databaseEncryption": {"kmsKeyARN": key_arns[config.database_key]},
                "googleCloud": {
                    "projectID": config.google_cloud.project_id,
                    "serviceAccountKeys": {
                        "managementService": f"{KEYS_FOLDER}/{Ciphertext.MANAGEMENT_SERVICE_KEY}",
                        "connectAgent": f"{KEYS_FOLDER}/{Ciphertext.CONNECT_AGENT_KEY}",
                        "node": f"{KEYS_FOLDER}/{Ciphertext.NODE_KEY}",
                    },
                },
                "iam": _present(permissionsBoundary=config.iam.permissions_boundary, path=config.iam.path),
                "rootVolume": _volume(config.root_volume, config.root_volume.kms_key, key_arns),
                "dataVolume": _volume(
                    config.data_volume, config.data_volume.kms_key or config.database_key, key_arns
                ),
                "tags": dict(tags),
                "bootstrapS3Bucket": bucket,
            },
        }
    )


def _volume(config: VolumeConfig, kms_key: str | None, key_arns: Mapping[str, str]) -> dict[str, Any]:
    return _present(
        volumeType=str(config.volume_type),
        iops=config.iops,
        kmsKeyARN=key_arns[kms_key] if kms_key else None,
    )


def _present(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _yaml(*documents: dict[str, Any]) -> str:
    return yaml.safe_dump_all(documents, explicit_start=True, sort_keys=False)
