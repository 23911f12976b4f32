"""The YAML documents: the service's own, and the example of a user cluster."""

from __future__ import annotations

import re
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

import pytest
import yaml
from cdktf import TerraformOutput, TerraformStack

from constructs_lib.aws.kms_key import KmsKey
from constructs_lib.aws.management_service.management_service import ManagementService
from constructs_lib.aws.management_vpc import ManagementVpc
from estate.model.aws.kms_key import KmsKeyConfig
from estate.model.aws.management_service import ManagementServiceConfig
from estate.model.aws.management_vpc import ManagementVpcConfig, ZoneSubnets
from tests.constructs_lib.aws.management_service.defined import (
    ACCOUNT,
    KEY_ARNS,
    NAMING,
    named,
    readable,
    synthesized,
)
from tests.model.aws.test_management_service import ADMIN, MINIMAL
from tests.synth import synthesize

PRIVATE = ["subnet-aaaaaaaa", "subnet-bbbbbbbb", "subnet-cccccccc"]
PUBLIC = ["subnet-aaaaaaaaa", "subnet-bbbbbbbbb", "subnet-ccccccccc"]


def example(tmp_path: Path, **options: Any) -> list[dict[str, Any]]:
    """The documents of the output, references readable."""
    output = synthesized(tmp_path, **options).outputs["cluster_example"]["value"]
    return list(yaml.safe_load_all(readable(output)))


def node_pool(number: int) -> dict[str, Any]:
    """The pool of one zone, as the walkthrough has it."""
    return {
        "apiVersion": "multicloud.cluster.gke.io/v1",
        "kind": "AWSNodePool",
        "metadata": {"name": f"cluster-0-pool-{number}"},
        "spec": {
            "clusterName": "cluster-0",
            "version": "1.16.9-gke.12",
            "region": "eu-west-1",
            "subnetID": PRIVATE[number],
            "minNodeCount": 3,
            "maxNodeCount": 5,
            "instanceType": "t3.medium",
            "keyName": "<KeyPair.key_name>",
            "iamInstanceProfile": "<Roles_NodePool_InstanceProfile.name>",
            "maxPodsPerNode": 100,
            "rootVolume": {"sizeGiB": 10},
            "securityGroupIDs": ["<SecurityGroups_NodePool.id>"],
        },
    }


def test_shows_a_cluster_and_a_node_pool_in_each_zone(tmp_path: Path) -> None:
    """In the shape of the walkthrough, with the ids of this environment."""
    assert example(tmp_path) == [
        {
            "apiVersion": "multicloud.cluster.gke.io/v1",
            "kind": "AWSCluster",
            "metadata": {"name": "cluster-0"},
            "spec": {
                "region": "eu-west-1",
                "networking": {
                    "vpcID": "vpc-00000000",
                    "serviceAddressCIDRBlocks": ["10.1.0.0/16"],
                    "podAddressCIDRBlocks": ["10.2.0.0/16"],
                    "serviceLoadBalancerSubnetIDs": [*PRIVATE, *PUBLIC],
                },
                "controlPlane": {
                    "version": "1.16.9-gke.12",
                    "keyName": "<KeyPair.key_name>",
                    "instanceType": "t3.medium",
                    "iamInstanceProfile": "<Roles_ControlPlane_InstanceProfile.name>",
                    "securityGroupIDs": ["<SecurityGroups_ControlPlane.id>"],
                    "subnetIDs": PRIVATE,
                    "rootVolume": {"sizeGiB": 10},
                    "etcd": {"mainVolume": {"sizeGiB": 10}},
                    "databaseEncryption": {"kmsKeyARN": KEY_ARNS["database"]},
                    "hub": {
                        "membershipName": "projects/kl-sandbox-host/locations/global/memberships/cluster-0"
                    },
                },
                "authentication": {"awsIAM": {"adminIdentityARNs": [ADMIN]}},
            },
        },
        node_pool(0),
        node_pool(1),
        node_pool(2),
    ]


def test_shows_what_the_environment_says(tmp_path: Path) -> None:
    """Version, size and ranges are the environment's to choose."""
    settings = {
        "version": "1.25.5-gke.2100",
        "services": "10.9.0.0/16",
        "pods": "10.10.0.0/15",
        "instance_type": "m5.large",
    }
    cluster, *pools = (document["spec"] for document in example(tmp_path, cluster_example=settings))

    assert cluster["networking"]["serviceAddressCIDRBlocks"] == ["10.9.0.0/16"]
    assert cluster["networking"]["podAddressCIDRBlocks"] == ["10.10.0.0/15"]
    for spec in (cluster["controlPlane"], *pools):
        assert (spec["version"], spec["instanceType"]) == ("1.25.5-gke.2100", "m5.large")


def define_with_four_zones(stack: TerraformStack) -> None:
    """Define the service in a VPC of its own and with keys of its own, as most environments have them."""
    zones = {
        f"eu-west-1{zone}": ZoneSubnets(
            private=IPv4Network(f"10.0.{number}.0/24"), public=IPv4Network(f"10.0.{number + 8}.0/24")
        )
        for number, zone in enumerate("abcd")
    }
    vpc = ManagementVpc(
        stack,
        "Vpc",
        config=ManagementVpcConfig(cidr=IPv4Network("10.0.0.0/16"), zones=zones),
        naming=NAMING,
        account=ACCOUNT,
    )
    service = ManagementService(
        stack,
        "Service",
        config=ManagementServiceConfig.model_validate(MINIMAL),
        naming=NAMING,
        account=ACCOUNT,
        vpc=vpc,
        keys={
            key: KmsKey(stack, key, config=KmsKeyConfig(), naming=NAMING, account=ACCOUNT, key=key)
            for key in ("secrets", "database")
        },
    )
    TerraformOutput(stack, "cluster_example", value=service.cluster_example)


def test_references_survive_in_the_text(tmp_path: Path) -> None:
    """Terraform puts the ids in: each reference must stand whole, on one line, unquoted."""
    output = synthesize(tmp_path, define_with_four_zones).outputs["cluster_example"]["value"]
    references = re.findall(r"^ +(?:- |\w+: )\$\{(aws_\w+)\.[-\w]+\.\w+\}$", output, flags=re.MULTILINE)

    assert len(references) == output.count("${")
    assert "TOKEN" not in output


def test_a_control_plane_has_three_replicas_in_four_zones(tmp_path: Path) -> None:
    """Three subnets for the control plane, a pool in each of the four."""
    output = synthesize(tmp_path, define_with_four_zones).outputs["cluster_example"]["value"]
    cluster, *pools = yaml.safe_load_all(re.sub(r"\$\{aws_\w+\.([-\w]+?)_[0-9A-F]{8}\.\w+\}", r"\1", output))

    subnets = [f"Vpc_Zones_eu-west-1{zone}_PrivateAssociation" for zone in "abcd"]
    assert cluster["spec"]["controlPlane"]["subnetIDs"] == subnets[:3]
    assert [pool["spec"]["subnetID"] for pool in pools] == subnets
    assert len(cluster["spec"]["networking"]["serviceLoadBalancerSubnetIDs"]) == 8


def document(tmp_path: Path, **options: Any) -> dict[str, Any]:
    """The service's own document in the bucket."""
    objects = named(synthesized(tmp_path, **options).resources("aws_s3_object"))
    loaded: dict[str, Any] = yaml.safe_load(objects["BootstrapBucket_Objects_Document"]["content"])
    return loaded


def test_the_agent_finds_its_settings_in_the_bucket(tmp_path: Path) -> None:
    """The document that anthos-gke took, with keys by the place where the instance has them."""
    assert document(tmp_path) == {
        "apiVersion": "multicloud.cluster.gke.io/v1",
        "kind": "AWSManagementService",
        "metadata": {"name": "management"},
        "spec": {
            "version": "aws-1.4.1-gke.15",
            "region": "eu-west-1",
            "authentication": {"awsIAM": {"adminIdentityARNs": [ADMIN]}},
            "kmsKeyARN": KEY_ARNS["secrets"],
            "databaseEncryption": {"kmsKeyARN": KEY_ARNS["database"]},
            "googleCloud": {
                "projectID": "kl-sandbox-host",
                "serviceAccountKeys": {
                    "managementService": "/run/gke-aws/management-service-key",
                    "connectAgent": "/run/gke-aws/connect-agent-key",
                    "node": "/run/gke-aws/node-key",
                },
            },
            "iam": {"path": "/"},
            "rootVolume": {"volumeType": "gp3"},
            "dataVolume": {"volumeType": "gp3", "kmsKeyARN": KEY_ARNS["database"]},
            "tags": {},
            "bootstrapS3Bucket": "<BootstrapBucket.bucket>",
        },
    }


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        (
            {"iam": {"path": "/gke/", "permissions_boundary": "arn:aws:iam::aws:policy/PowerUserAccess"}},
            "iam",
            {"permissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess", "path": "/gke/"},
        ),
        (
            {"root_volume": {"volume_type": "io1", "iops": 200, "kms_key": "disks"}},
            "rootVolume",
            {"volumeType": "io1", "iops": 200, "kmsKeyARN": KEY_ARNS["disks"]},
        ),
        (
            {"data_volume": {"kms_key": "disks"}},
            "dataVolume",
            {"volumeType": "gp3", "kmsKeyARN": KEY_ARNS["disks"]},
        ),
        ({"labels": {"team": "platform"}}, "tags", {"team": "platform"}),
    ],
    ids=["iam", "root_volume", "data_volume", "labels"],
)
def test_the_document_says_what_the_environment_says(
    tmp_path: Path, options: dict[str, Any], field: str, value: dict[str, Any]
) -> None:
    """User clusters are made with the same boundary, keys and tags."""
    assert document(tmp_path, **options)["spec"][field] == value
