"""Who may enter EKS clusters that others made, their nodes, add-ons and roles of service accounts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.operations.adopt.terraform.recognizers.aws.drafts import (
    CLUSTER,
    ISSUER,
    arn,
    left,
    role_arn,
)
from tests.operations.adopt.terraform.recognizers.aws.eks_states import (
    PATH,
    addon,
    administers,
    cluster,
    entry,
    group,
    in_place,
    role,
)
from tests.operations.adopt.terraform.states import resource


def test_administrators_and_everybody_else(tmp_path: Path) -> None:
    """Who administers the whole cluster is named; nodes have entries by themselves, and people come by the gateway."""
    said, draft = in_place(
        tmp_path,
        cluster(),
        resource("aws_eks_access_entry.admin", entry("kl-prod-admin", kubernetes_groups=["masters"])),
        resource("aws_eks_access_entry.team", entry("team")),
        resource("aws_eks_access_entry.nodes", entry("nodes", type="EC2_LINUX")),
        resource("aws_eks_access_entry.other", {**entry("other"), "cluster_name": "other"}),
        resource("aws_eks_access_policy_association.admin", administers("kl-prod-admin")),
        resource(
            "aws_eks_access_policy_association.other", {**administers("other"), "cluster_name": "other"}
        ),
        resource("aws_eks_access_policy_association.team", administers("team", kind="namespace")),
        resource(
            "google_container_attached_cluster.this",
            {"id": "attached", "oidc_config": [{"issuer_url": f"https://{ISSUER}"}]},
        ),
        resource(
            "google_container_attached_cluster.other", {"id": "other", "oidc_config": [{"issuer_url": "x"}]}
        ),
        resource("aws_iam_openid_connect_provider.other", {"id": "github", "url": "token.example.com"}),
    )

    assert said["access"] == {"administrators": {"admin": role_arn("kl-prod-admin")}}
    assert {address: why for address, why in left(draft).items() if "eks_cluster" not in address} == {
        "aws_eks_access_entry.admin.kubernetes_groups": "masters: who administers needs no group of Kubernetes here",
        "aws_eks_access_entry.team": "an access entry here administers the whole cluster",
        "aws_eks_access_entry.nodes": "EKS makes the entries of its nodes by itself",
        "aws_eks_access_policy_association.team": "gives less than the whole cluster, or to an entry that no state has",
        "google_container_attached_cluster.this": "which of the cluster's administrators installs Google's agent stands in "
        "no state",
    }


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"endpoint_public_access": True, "public_access_cidrs": ["0.0.0.0/0"]}, True),
        ({"endpoint_public_access": True}, True),
        ({"endpoint_public_access": False, "public_access_cidrs": ["0.0.0.0/0"]}, False),
    ],
    ids=["everywhere", "unsaid", "off"],
)
def test_an_api_for_the_whole_internet_is_told_of(
    config: dict[str, Any], tmp_path: Path, *, said: bool
) -> None:
    """The first apply closes it, so people have to be somewhere else by then."""
    cluster_said, draft = in_place(tmp_path, cluster(vpc_config=[{"vpc_id": "vpc-1", **config}]))

    assert ("module.eks.aws_eks_cluster.this[0].vpc_config.public_access_cidrs" in left(draft)) is said
    assert "endpoint" not in cluster_said


def test_rules_inside_a_group_of_our_own_are_ranges(tmp_path: Path) -> None:
    """The bastion's rule is the file's own; rules for other ports say nothing of the API."""
    https = {"protocol": "tcp", "from_port": 443, "to_port": 443}
    own = {
        "id": "sg-cluster",
        "name": f"kl-prod-eks-{CLUSTER}-api",
        "vpc_id": "vpc-1",
        "ingress": [
            {**https, "cidr_blocks": ["10.30.0.0/16", "10.20.0.0/16"]},
            {**https, "security_groups": ["sg-bastion"]},
            {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["10.1.0.0/16"]},
        ],
    }
    single = {
        "id": "r",
        "security_group_id": "sg-cluster",
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
    }
    said, draft = in_place(
        tmp_path,
        cluster(),
        resource("aws_security_group.own", own),
        resource("aws_security_group.other", {"id": "sg-other", "name": "other", "vpc_id": "vpc-1"}),
        resource("aws_vpc_security_group_ingress_rule.one", {**single, "cidr_ipv4": "10.40.0.0/16"}),
        resource("aws_vpc_security_group_egress_rule.one", {**single, "cidr_ipv4": "10.50.0.0/16"}),
    )

    assert said["endpoint"]["private_from"] == ["10.20.0.0/16", "10.30.0.0/16", "10.40.0.0/16"]
    assert left(draft)["aws_security_group.other"] == "security groups here belong to what stands in them"
    assert "aws_security_group.own" not in left(draft)


def test_a_group_with_a_role_of_its_own_gets_one_beside_it(tmp_path: Path) -> None:
    """Neither role nor template can be changed; the new one has the same shape and another name."""
    template = {
        "id": "lt-1",
        "name": "default-2024",
        "user_data": "set -eu",
        "instance_type": "m7i.xlarge",
        "block_device_mappings": [
            {
                "ebs": [
                    {
                        "volume_size": 10,
                        "volume_type": "io1",
                        "iops": 1000,
                        "kms_key_id": arn("kms", "key/volumes"),
                    }
                ]
            }
        ],
    }
    said, draft = in_place(
        tmp_path,
        cluster(),
        resource(
            "aws_eks_node_group.this",
            group(
                instance_types=[],
                capacity_type="SPOT",
                version="1.34",
                ami_type="BOTTLEROCKET_x86_64",
                subnet_ids=["subnet-private-b"],
                launch_template=[{"id": "lt-1", "name": "default-2024"}],
                remote_access=[{"ec2_ssh_key": "k"}],
                update_config=[{"max_unavailable_percentage": 33}],
                labels={"b": "2", "a": "1", "node.kubernetes.io/tier": "web", "example.com/team": "shop"},
                taint=[{"key": "dedicated", "value": None, "effect": "NO_SCHEDULE"}],
            ),
        ),
        resource("aws_eks_node_group.other", {**group(), "cluster_name": "other", "id": "other"}),
        resource("aws_launch_template.this", template),
        resource("aws_iam_role.nodes", role("nodes")),
    )

    assert said["node_groups"] == {
        "default-2": {
            "instance_types": ["m7i.xlarge"],
            "capacity": "spot",
            "min_size": 2,
            "max_size": 5,
            "zones": ["eu-west-1b"],
            "version": "1.34",
            "volume": {"volume_type": "io1", "size_gib": 20, "iops": 1000, "kms_key": "key-volumes"},
            "labels": {"a": "1", "b": "2", "example.com/team": "shop"},
            "taints": [{"key": "dedicated", "value": "", "effect": "NO_SCHEDULE"}],
        }
    }
    stays = "a group's role and launch template cannot be changed, and those here are called by the cluster"
    assert {address: why for address, why in left(draft).items() if "aws_eks_cluster" not in address} == {
        "aws_eks_node_group.this": stays,
        "aws_launch_template.this": stays,
        "aws_iam_role.nodes": "role nodes is that of nodes, and its name cannot be changed",
        "aws_eks_node_group.this.ami_type": "is BOTTLEROCKET_x86_64, and nodes here start from EKS's Amazon Linux 2023",
        "aws_eks_node_group.this.labels": "node.kubernetes.io/tier: such labels are those of Kubernetes and EKS",
        "aws_eks_node_group.this.remote_access": "nodes here have no SSH",
        "aws_eks_node_group.this.update_config.max_unavailable_percentage": "an upgrade here takes a number of nodes away at "
        "once, one unless the file says otherwise",
        "aws_launch_template.this.user_data": "nodes here start as EKS's image starts them",
    }


def test_a_group_that_is_called_as_here_is_taken(tmp_path: Path) -> None:
    """With its role, which it shares, and its template; it keeps its name where another has its key."""
    parts = f"kl-prod-eks-{CLUSTER}"
    said, draft = in_place(
        tmp_path,
        cluster(),
        resource("aws_eks_node_group.old", group("batch-2", disk_size=50)),
        resource("aws_eks_node_group.none", group("batch")),
        resource(
            "aws_eks_node_group.own",
            group(
                "batch-2-2",
                id="own",
                node_role_arn=role_arn(f"{parts}-nodes"),
                launch_template=[{"name": f"{parts}-batch-2-2"}],
                update_config=[{"max_unavailable": 3}],
            ),
        ),
        resource("aws_launch_template.own", {"id": "lt-own", "name": f"{parts}-batch-2-2"}),
        resource("aws_iam_role.nodes", role(f"{parts}-nodes")),
    )

    groups = said["node_groups"]
    assert {key: one.get("name") for key, one in groups.items()} == {
        "batch-2-2": None,
        "batch-2": None,
        "batch-2-2-2": "batch-2-2",
    }
    assert (groups["batch-2-2"]["volume"], groups["batch-2-2-2"]["max_unavailable"]) == ({"size_gib": 50}, 3)
    assert "aws_iam_role" in {one.type for one in draft.origins[PATH]}


def test_add_ons_and_what_they_are_set_to(tmp_path: Path) -> None:
    """Those of a cluster here, with prefix delegation; every other setting and add-on is listed."""
    cni = {
        "env": {
            "ENABLE_PREFIX_DELEGATION": "true",
            "WARM_PREFIX_TARGET": "1",
            "AWS_VPC_K8S_CNI_LOGLEVEL": "DEBUG",
        }
    }
    said, draft = in_place(
        tmp_path,
        cluster(),
        addon("vpc-cni", configuration_values=json.dumps(cni), service_account_role_arn=role_arn("cni")),
        addon("kube-proxy", configuration_values="mode: ipvs"),
        addon("coredns", configuration_values="[]"),
        addon("metrics-server"),
        addon("eks-pod-identity-agent"),
        resource("aws_eks_addon.other", {"id": "other", "cluster_name": "other", "addon_name": "coredns"}),
        resource("aws_iam_role.cni", role("cni")),
        resource("aws_iam_role.driver", role("driver", "kube-system:ebs-csi-controller-sa")),
        resource("aws_eks_pod_identity_association.this", {"id": "a-1", "cluster_name": CLUSTER}),
        resource("aws_eks_fargate_profile.this", {"id": "f-1", "cluster_name": CLUSTER}),
    )

    assert (said["prefix_delegation"], said["metrics_server"]) == (True, True)
    one = "module.eks.aws_eks_addon"
    assert {address: why for address, why in left(draft).items() if "aws_eks_cluster" not in address} == {
        f"{one}.vpc-cni.configuration_values": "env.AWS_VPC_K8S_CNI_LOGLEVEL: add-ons here have no settings but "
        "prefix_delegation; the first apply takes it away",
        f"{one}.kube-proxy.configuration_values": "(in YAML): add-ons here have no settings but prefix_delegation; it stays "
        "as it is",
        f"{one}.eks-pod-identity-agent": "eks-pod-identity-agent is none of the add-ons that a cluster here has: vpc-cni, "
        "kube-proxy, coredns, aws-ebs-csi-driver, metrics-server",
        "aws_iam_role.cni": "role cni is that of the add-on vpc-cni, and its name cannot be changed",
        "aws_iam_role.driver": "role driver is that of an add-on, and its name cannot be changed",
        "aws_eks_pod_identity_association.this": "service accounts take on roles by the cluster's OIDC provider here",
        "aws_eks_fargate_profile.this": "nodes of clusters here are in managed groups",
    }


def test_roles_of_service_accounts(tmp_path: Path) -> None:
    """Those that are called as here are taken; of what is installed by others, the file says so much."""
    parts = f"kl-prod-eks-{CLUSTER}"
    policy = {"role": f"{parts}-pod-dns", "policy_arn": "arn:aws:iam::345678901234:policy/dns"}
    said, draft = in_place(
        tmp_path,
        cluster(),
        resource(
            "aws_iam_role.balancers",
            role(f"{parts}-load-balancers", "kube-system:aws-load-balancer-controller"),
        ),
        resource("aws_iam_role.scaler", role("karpenter", "kube-system:cluster-autoscaler")),
        resource("aws_iam_role.dns", role(f"{parts}-pod-dns", "dns:external-dns")),
        resource("aws_iam_role.app", role("app", "shop:app")),
        resource("aws_iam_role_policy_attachment.dns", {"id": "p", **policy}),
        resource(
            "aws_iam_role.odd",
            role("odd", assume_role_policy=json.dumps({"Statement": ["?", {"Principal": "*"}]})),
        ),
    )

    assert (said["load_balancer_controller"], said["scaler"]) == (True, "other")
    assert said["pod_roles"] == {
        "dns": {"namespace": "dns", "service_account": "external-dns", "policies": [policy["policy_arn"]]}
    }
    assert {address: why for address, why in left(draft).items() if "aws_eks_cluster" not in address} == {
        "aws_iam_role.scaler": "role karpenter is taken on by kube-system:cluster-autoscaler, and its name cannot be changed",
        "aws_iam_role.app": "role app is taken on by shop:app, and its name cannot be changed",
        "aws_iam_role.odd": "is taken on by nothing of the file",
    }
