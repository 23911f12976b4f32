"""EKS clusters in an environment's stack: every part, and what waits for what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS, CLUSTER, GROUP, PEOPLE, PIPELINE, SCALING
from tests.model.vmware.documents import changed
from tests.stacks.estates import synthesize_one
from tests.synth import Synthesized

BATCH: dict[str, Any] = {
    "instance_types": ["m7g.large"],
    "capacity": "spot",
    "min_size": 0,
    "max_size": 5,
    "zones": ["eu-west-1b"],
    "version": "1.34",
    "max_unavailable": 2,
    "volume": {"size_gib": 50, "kms_key": "volumes"},
    "labels": {"workload": "batch"},
    "taints": [{"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"}],
}
POLICY = "arn:aws:iam::aws:policy"


def synthesize(outdir: Path, *, protected: bool = True, aws: dict[str, Any] = AWS) -> Synthesized:
    """The stack of dev with this aws section."""
    one = environment("dev", aws=aws, deletion_protection=protected)
    return synthesize_one(outdir, estate(organization(promotion=("dev",)), one), "dev")


def named(found: Synthesized, type_: str, part: str) -> dict[str, Any]:
    """The only resource of a type whose address has a part."""
    [body] = [body for name, body in found.resources(type_).items() if part in name]
    return body


def address(found: Synthesized, type_: str, part: str) -> str:
    """The address of the only resource of a type whose name has a part."""
    [name] = [name for name in found.resources(type_) if part in name]
    return f"{type_}.{name}"


def test_the_control_plane_is_private_encrypted_and_logged(tmp_path: Path) -> None:
    """In the VPC's private subnets, with access entries alone, and its add-ons apart."""
    found = synthesize(tmp_path)

    cluster = found.one("aws_eks_cluster")
    key = address(found, "aws_kms_key", "KmsKeys_secrets")
    subnets = [address(found, "aws_route_table_association", f"Zones_eu-west-1{z}_PrivateA") for z in "abc"]
    group = address(found, "aws_security_group", "ApiSecurityGroup")
    role = address(found, "aws_iam_role", "Cluster_Role")
    assert cluster == {
        "name": "kl-dev-cloud",
        "version": "1.35",
        "role_arn": f"${{{role}.arn}}",
        "access_config": {
            "authentication_mode": "API",
            "bootstrap_cluster_creator_admin_permissions": False,
        },
        "bootstrap_self_managed_addons": False,
        "deletion_protection": True,
        "enabled_cluster_log_types": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        "encryption_config": {"provider": {"key_arn": f"${{{key}.arn}}"}, "resources": ["secrets"]},
        "kubernetes_network_config": {"ip_family": "ipv4", "service_ipv4_cidr": "172.20.0.0/16"},
        "upgrade_policy": {"support_type": "STANDARD"},
        "vpc_config": {
            "subnet_ids": [f"${{{one}.subnet_id}}" for one in subnets],
            "security_group_ids": [f"${{{group}.id}}"],
            "endpoint_private_access": True,
            "endpoint_public_access": False,
        },
        "tags": {"Name": "kl-dev-cloud"},
        "lifecycle": {"prevent_destroy": True},
        "depends_on": [
            address(found, "aws_iam_role_policy_attachment", "Cluster_RolePolicy"),
            address(found, "aws_cloudwatch_log_group", "EksClusters"),
        ],
    }


def test_a_control_plane_keeps_the_role_that_it_has(tmp_path: Path) -> None:
    """Another one would replace the cluster; it may use the key, and neither it nor a policy of it is made."""
    arn = f"arn:aws:iam::{ACCOUNT}:role/eks/others-made-it"
    found = synthesize(tmp_path, aws=changed(AWS, eks_clusters__cloud__role=arn))

    cluster = found.one("aws_eks_cluster")
    policy = json.loads(named(found, "aws_kms_key", "KmsKeys_secrets")["policy"])
    users = next(one for one in policy["Statement"] if one["Sid"] == "EncryptDecrypt")["Principal"]["AWS"]
    assert (cluster["role_arn"], arn in users) == (arn, True)
    assert cluster["depends_on"] == [address(found, "aws_cloudwatch_log_group", "EksClusters")]
    assert not [name for name in found.resources("aws_iam_role") if "Cluster_Role" in name]


def test_a_public_endpoint_is_for_named_ranges(tmp_path: Path) -> None:
    """Beside the private one."""
    section = changed(AWS, eks_clusters__cloud__endpoint={"public_from": ["198.51.100.0/24"]})
    found = synthesize(tmp_path, aws=section)

    network = found.one("aws_eks_cluster")["vpc_config"]
    assert (network["endpoint_public_access"], network["public_access_cidrs"]) == (True, ["198.51.100.0/24"])
    assert named(found, "aws_security_group", "ApiSecurityGroup")["ingress"] == []


def test_logs_are_encrypted_and_end(tmp_path: Path) -> None:
    """In the group that EKS would make by itself otherwise, with the same key as secrets."""
    found = synthesize(tmp_path, aws=changed(AWS, eks_clusters__cloud__log_retention_days=30))

    group = named(found, "aws_cloudwatch_log_group", "EksClusters")
    key = named(found, "aws_kms_key", "KmsKeys_secrets")
    log_groups = next(one for one in json.loads(key["policy"])["Statement"] if one["Sid"] == "LogGroups")
    assert (group["name"], group["retention_in_days"]) == ("/aws/eks/kl-dev-cloud/cluster", 30)
    assert group["kms_key_id"] == f"${{{address(found, 'aws_kms_key', 'KmsKeys_secrets')}.arn}}"
    assert log_groups["Condition"]["ArnEquals"]["kms:EncryptionContext:aws:logs:arn"] == [
        f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/aws/eks/kl-dev-cloud/cluster"
    ]


def test_the_role_is_for_this_cluster_alone(tmp_path: Path) -> None:
    """And it may use the key, which no policy of the account hands out."""
    found = synthesize(tmp_path)

    [trust] = json.loads(named(found, "aws_iam_role", "Cluster_Role")["assume_role_policy"])["Statement"]
    key = json.loads(named(found, "aws_kms_key", "KmsKeys_secrets")["policy"])["Statement"]
    users = next(one for one in key if one["Sid"] == "EncryptDecrypt")["Principal"]["AWS"]
    assert trust["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": f"arn:aws:eks:eu-west-1:{ACCOUNT}:cluster/kl-dev-cloud"},
    }
    assert f"${{{address(found, 'aws_iam_role', 'Cluster_Role')}.arn}}" in users


def test_who_reaches_the_private_endpoint_is_said(tmp_path: Path) -> None:
    """Ranges by address, the bastion by its group; rules stand in the group, where others show up as drift."""
    found = synthesize(tmp_path, aws={**AWS, "bastion": {"access": "session_manager"}})

    bastion = address(found, "aws_security_group", "Bastion")
    rules = named(found, "aws_security_group", "ApiSecurityGroup")["ingress"]
    assert [(one["from_port"], one["to_port"]) for one in rules] == [(443, 443), (443, 443)]
    assert [one.get("cidr_blocks") or one["security_groups"] for one in rules] == [
        ["10.30.0.0/16"],
        [f"${{{bastion}.id}}"],
    ]


def test_identities_have_access_entries(tmp_path: Path) -> None:
    """Each administers the whole cluster; nobody does because of having made it."""
    found = synthesize(tmp_path)

    entries = found.resources("aws_eks_access_entry")
    policies = found.resources("aws_eks_access_policy_association").values()
    assert sorted(body["principal_arn"] for body in entries.values()) == sorted([PEOPLE, PIPELINE])
    assert sorted(body["principal_arn"] for body in policies) == sorted(
        f"${{aws_eks_access_entry.{name}.principal_arn}}" for name in entries
    )
    assert {(body["policy_arn"], body["access_scope"]["type"]) for body in policies} == {
        ("arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", "cluster")
    }


def test_without_attach_nobody_installs(tmp_path: Path) -> None:
    """The one entry is the people's."""
    alone = changed(AWS, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)

    assert synthesize(tmp_path, aws=alone).one("aws_eks_access_entry")["principal_arn"] == PEOPLE


def test_pods_take_on_roles_by_the_clusters_issuer(tmp_path: Path) -> None:
    """One service account each, for one audience."""
    found = synthesize(tmp_path)

    issuer = f"{address(found, 'aws_eks_cluster', 'Cluster')}.identity[0].oidc[0].issuer"
    host = f'${{replace({issuer}, "https://", "")}}'
    provider = found.one("aws_iam_openid_connect_provider")
    policy = named(found, "aws_iam_role", "ebs-csi")["assume_role_policy"]
    [trust] = json.loads(policy.replace(host, "HOST"))["Statement"]
    assert (provider["url"], provider["client_id_list"]) == (f"${{{issuer}}}", ["sts.amazonaws.com"])
    assert trust["Condition"]["StringEquals"] == {
        "HOST:aud": "sts.amazonaws.com",
        "HOST:sub": "system:serviceaccount:kube-system:ebs-csi-controller-sa",
    }


def test_every_add_on_comes_in_its_turn(tmp_path: Path) -> None:
    """The network before nodes, which are not ready without it; DNS and disks after, which need nodes."""
    versions = {"coredns": "v1.12.4-eksbuild.1"}
    found = synthesize(tmp_path, aws=changed(AWS, eks_clusters__cloud__addon_versions=versions))

    addons = {body["addon_name"]: body for body in found.resources("aws_eks_addon").values()}
    network = [address(found, "aws_eks_addon", name) for name in ("vpc-cni", "kube-proxy")]
    nodes = address(found, "aws_eks_node_group", "default")
    assert set(addons) == {"vpc-cni", "kube-proxy", "coredns", "aws-ebs-csi-driver"}
    assert addons["coredns"]["addon_version"] == "v1.12.4-eksbuild.1"
    assert "addon_version" not in addons["kube-proxy"]
    assert set(network) < set(found.one("aws_eks_node_group")["depends_on"])
    assert addons["coredns"]["depends_on"] == [nodes]
    assert nodes in addons["aws-ebs-csi-driver"]["depends_on"]
    assert {name for name, body in addons.items() if "service_account_role_arn" in body} == {
        "vpc-cni",
        "aws-ebs-csi-driver",
    }


@pytest.mark.parametrize(("said", "value"), [(True, "true"), (False, "false"), (None, None)])
def test_prefix_delegation_is_said_to_the_network(
    tmp_path: Path, *, said: bool | None, value: str | None
) -> None:
    """In the add-on's own words; the provider would leave the last ones where it is taken out, so that false is said."""
    section = AWS if said is None else changed(AWS, eks_clusters__cloud__prefix_delegation=said)
    found = synthesize(tmp_path, aws=section)

    addons = {body["addon_name"]: body for body in found.resources("aws_eks_addon").values()}
    configured = {
        name: body["configuration_values"] for name, body in addons.items() if "configuration_values" in body
    }
    env = {"ENABLE_PREFIX_DELEGATION": value, "WARM_PREFIX_TARGET": "1"}
    assert configured == ({"vpc-cni": json.dumps({"env": env})} if value else {})


@pytest.mark.parametrize(
    ("said", "value"),
    [("vpc_cni", "true"), ("other", "false"), ("none", "false")],
    ids=["on", "other", "off"],
)
def test_network_policies_are_said_to_the_network(tmp_path: Path, said: str, value: str) -> None:
    """As a text, beside what else is said to it."""
    section = changed(
        AWS, eks_clusters__cloud__network_policies=said, eks_clusters__cloud__prefix_delegation=True
    )
    found = synthesize(tmp_path, aws=section)

    network = json.loads(named(found, "aws_eks_addon", "vpc-cni")["configuration_values"])
    assert network["enableNetworkPolicy"] == value
    assert network["env"]["ENABLE_PREFIX_DELEGATION"] == "true"


def test_roles_have_what_they_need_and_no_more(tmp_path: Path) -> None:
    """The nodes' role cannot touch networks or disks."""
    found = synthesize(tmp_path)

    attached = {
        name.removeprefix("EksClusters_cloud_").rsplit("_", 1)[0]: body["policy_arn"]
        for name, body in found.resources("aws_iam_role_policy_attachment").items()
    }
    assert attached == {
        "Cluster_RolePolicy": f"{POLICY}/AmazonEKSClusterPolicy",
        "Nodes_JoinCluster": f"{POLICY}/AmazonEKSWorkerNodePolicy",
        "Nodes_PullImages": f"{POLICY}/AmazonEC2ContainerRegistryPullOnly",
        "Addons_vpc-cni_RolePolicy": f"{POLICY}/AmazonEKS_CNI_Policy",
        "Addons_aws-ebs-csi-driver_RolePolicy": f"{POLICY}/service-role/AmazonEBSCSIDriverPolicy",
    }


def with_batch(outdir: Path) -> Synthesized:
    """A stack with the group `batch`, whose disks have a key of their own."""
    groups = {"default": GROUP, "batch": BATCH}
    keys = {**AWS["kms_keys"], "volumes": {"users": [SCALING]}}
    section = changed(AWS, kms_keys=keys, eks_clusters__cloud=changed(CLUSTER, node_groups=groups))
    return synthesize(outdir, aws=section)


def test_a_node_group_says_all_that_was_said(tmp_path: Path) -> None:
    """Its name is its key; the number of nodes is left to whoever scales it."""
    found = with_batch(tmp_path)

    group = named(found, "aws_eks_node_group", "batch")
    template = address(found, "aws_launch_template", "batch")
    subnet = address(found, "aws_route_table_association", "Zones_eu-west-1b_PrivateA")
    del group["depends_on"]
    assert group == {
        "cluster_name": f"${{{address(found, 'aws_eks_cluster', 'Cluster')}.name}}",
        "node_group_name": "batch",
        "node_role_arn": f"${{{address(found, 'aws_iam_role', 'Nodes')}.arn}}",
        "version": "1.34",
        "ami_type": "AL2023_ARM_64_STANDARD",
        "capacity_type": "SPOT",
        "instance_types": ["m7g.large"],
        "subnet_ids": [f"${{{subnet}.subnet_id}}"],
        "launch_template": {
            "id": f"${{{template}.id}}",
            "version": f"${{tostring({template}.latest_version)}}",
        },
        "scaling_config": {"desired_size": 0, "min_size": 0, "max_size": 5},
        "update_config": {"max_unavailable": 2},
        "labels": {"workload": "batch"},
        "taint": [{"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"}],
        "tags": {"Name": "kl-dev-eks-cloud-batch"},
        "lifecycle": {"ignore_changes": ["scaling_config[0].desired_size"]},
    }


def test_a_plain_node_group_stands_in_every_zone(tmp_path: Path) -> None:
    """On x86 and on demand, at the cluster's version, which Terraform would not raise if nobody said it."""
    group = synthesize(tmp_path).one("aws_eks_node_group")

    assert len(group["subnet_ids"]) == 3
    assert (group["ami_type"], group["capacity_type"]) == ("AL2023_x86_64_STANDARD", "ON_DEMAND")
    assert group["version"] == "1.35"
    assert {"labels", "taint"} & set(group) == set()


def test_disks_are_encrypted_and_metadata_needs_a_session(tmp_path: Path) -> None:
    """With a key of one's own where it is said; pods do not reach the node's role."""
    found = with_batch(tmp_path)

    templates = found.resources("aws_launch_template").values()
    batch = named(found, "aws_launch_template", "batch")["block_device_mappings"][0]
    default = named(found, "aws_launch_template", "default")["block_device_mappings"][0]
    assert [one["metadata_options"] for one in templates] == [
        {"http_endpoint": "enabled", "http_tokens": "required", "http_put_response_hop_limit": 1}
    ] * 2
    assert batch["device_name"] == "/dev/xvda"
    assert batch["ebs"] == {
        "delete_on_termination": "true",
        "encrypted": "true",
        "kms_key_id": f"${{{address(found, 'aws_kms_key', 'volumes')}.arn}}",
        "volume_size": 50,
        "volume_type": "gp3",
    }
    assert (default["ebs"]["encrypted"], "kms_key_id" in default["ebs"]) == ("true", False)


def test_what_is_launched_is_tagged(tmp_path: Path) -> None:
    """The provider's default tags end at the template."""
    template = synthesize(tmp_path).one("aws_launch_template")

    assert [one["resource_type"] for one in template["tag_specifications"]] == ["instance", "volume"]
    assert all("aws_default_tags" in one["tags"] for one in template["tag_specifications"])


@pytest.mark.parametrize("protected", [True, False])
def test_protection_reaches_the_cluster(tmp_path: Path, *, protected: bool) -> None:
    """Terraform's own and the service's."""
    cluster = synthesize(tmp_path, protected=protected).one("aws_eks_cluster")

    assert (cluster["lifecycle"]["prevent_destroy"], cluster["deletion_protection"]) == (protected, protected)
