"""EKS clusters in VPCs that others made: by ids, and with nothing made in the VPC but what belongs to the cluster."""

from __future__ import annotations

from pathlib import Path

from tests.model.aws.eks_documents import AWS, CLUSTER, ELSEWHERE
from tests.model.vmware.documents import changed
from tests.stacks.sections.test_eks import named, synthesize

SUBNETS = ["subnet-0a000001", "subnet-0a000002"]


def test_a_cluster_stands_there_without_a_vpc_of_our_own(tmp_path: Path) -> None:
    """In the private subnets, and its API's security group beside it; no subnet, route, gateway or log of the VPC is made."""
    group = {"default": {**CLUSTER["node_groups"]["default"], "zones": ["eu-west-1b"]}}
    found = synthesize(tmp_path, aws=changed(ELSEWHERE, eks_clusters__cloud__node_groups=group))

    api = named(found, "aws_security_group", "ApiSecurityGroup")
    assert found.one("aws_eks_cluster")["vpc_config"]["subnet_ids"] == SUBNETS
    assert found.one("aws_eks_node_group")["subnet_ids"] == SUBNETS[1:]
    assert (api["vpc_id"], [rule["cidr_blocks"] for rule in api["ingress"]]) == (
        "vpc-0a000001",
        [["10.30.0.0/16"]],
    )
    types = set(found.json["resource"])
    assert not {one for one in types if one.startswith(("aws_vpc", "aws_subnet", "aws_route", "aws_flow"))}


def test_the_bastion_comes_to_clusters_of_its_own_vpc(tmp_path: Path) -> None:
    """A security group of another VPC is none that a rule may name."""
    near = changed(CLUSTER, services="172.21.0.0/16")
    section = {
        **ELSEWHERE,
        "bastion": {"access": "session_manager"},
        "management_vpc": AWS["management_vpc"],
        "eks_clusters": {**ELSEWHERE["eks_clusters"], "near": near},
    }
    found = synthesize(tmp_path, aws=section)

    by_group = {
        key: [
            rule
            for rule in named(found, "aws_security_group", f"{key}_Cluster_Api")["ingress"]
            if "security_groups" in rule
        ]
        for key in ("cloud", "near")
    }
    assert (len(by_group["cloud"]), len(by_group["near"])) == (0, 1)
    clusters = {
        body["name"]: body["vpc_config"]["subnet_ids"] for body in found.resources("aws_eks_cluster").values()
    }
    assert clusters["kl-dev-cloud"] == SUBNETS
    assert all(one.startswith("${") for one in clusters["kl-dev-near"])
