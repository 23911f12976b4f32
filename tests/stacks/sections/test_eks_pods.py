"""What pods of EKS clusters ask AWS for: roles, a key for volumes, encryption by default."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.vmware.documents import changed
from tests.stacks.sections.test_eks import POLICY, address, named, synthesize


def test_the_scaler_scales_the_groups_of_its_cluster(tmp_path: Path) -> None:
    """By the tag that EKS puts on them, for one service account; without one there is no role."""
    found = synthesize(tmp_path / "with", aws=changed(AWS, eks_clusters__cloud__scaler="cluster_autoscaler"))

    role = named(found, "aws_iam_role", "Scaler")
    look, scale = json.loads(named(found, "aws_iam_role_policy", "Scaler")["policy"])["Statement"]
    assert role["name"] == "kl-dev-eks-cloud-scaler"
    assert "system:serviceaccount:kube-system:cluster-autoscaler" in role["assume_role_policy"]
    assert (look["Resource"], {action.split(":")[1][:3] for action in look["Action"]}) == (
        "*",
        {"Des", "Get"},
    )
    assert scale == {
        "Sid": "Scale",
        "Effect": "Allow",
        "Action": ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        "Resource": f"arn:aws:autoscaling:eu-west-1:{ACCOUNT}:autoScalingGroup:*:autoScalingGroupName/*",
        "Condition": {"StringEquals": {"aws:ResourceTag/k8s.io/cluster-autoscaler/kl-dev-cloud": "owned"}},
    }
    other = synthesize(tmp_path / "other", aws=changed(AWS, eks_clusters__cloud__scaler="other"))
    assert [name for name in other.resources("aws_iam_role") if "Scaler" in name] == []


def test_the_load_balancer_controller_changes_what_is_its_cluster_s(tmp_path: Path) -> None:
    """By the tag that it puts on what it makes, and EKS on the group of the nodes; it looks at all, for one service account."""
    found = synthesize(tmp_path, aws=changed(AWS, eks_clusters__cloud__load_balancer_controller=True))

    role = named(found, "aws_iam_role", "LoadBalancers")
    policy = json.loads(named(found, "aws_iam_role_policy", "LoadBalancers")["policy"])
    said = {one["Sid"]: one for one in policy["Statement"]}
    own = {"StringEquals": {"aws:ResourceTag/elbv2.k8s.aws/cluster": "kl-dev-cloud"}}
    assert role["name"] == "kl-dev-eks-cloud-load-balancers"
    assert "system:serviceaccount:kube-system:aws-load-balancer-controller" in role["assume_role_policy"]
    assert [sid for sid, one in said.items() if one["Resource"] == "*"] == ["Look"]
    assert {verb.split(":")[1][:3] for verb in said["Look"]["Action"]} == {"Des", "Get", "Lis"}
    assert {sid for sid, one in said.items() if "Condition" not in one} == {
        "Look",
        "MakeGroupsIn",
        "TagListeners",
        "Listen",
    }
    assert all(f"eu-west-1:{ACCOUNT}:" in arn for arn in said["Listen"]["Resource"])
    assert said["OpenNodes"]["Condition"] == {
        "StringEquals": {"aws:ResourceTag/kubernetes.io/cluster/kl-dev-cloud": ["owned", "shared"]}
    }
    assert (
        said["ChangeGroups"]["Condition"]
        == said["Change"]["Condition"]
        == said["Register"]["Condition"]
        == own
    )
    assert said["Make"]["Condition"] == {
        "StringEquals": {"aws:RequestTag/elbv2.k8s.aws/cluster": "kl-dev-cloud"}
    }
    assert said["Tag"]["Condition"]["Null"] == {"aws:RequestTag/elbv2.k8s.aws/cluster": "true"}


def test_metrics_come_as_an_add_on_where_they_are_asked_for(tmp_path: Path) -> None:
    """After the nodes, and without a role."""
    found = synthesize(tmp_path, aws=changed(AWS, eks_clusters__cloud__metrics_server=True))

    addon = named(found, "aws_eks_addon", "metrics-server")
    assert addon["addon_name"] == "metrics-server"
    assert addon["depends_on"] == [address(found, "aws_eks_node_group", "default")]
    assert "service_account_role_arn" not in addon


def test_other_service_accounts_have_roles_with_policies_that_exist(tmp_path: Path) -> None:
    """Each for one account in its namespace."""
    policies = [f"arn:aws:iam::{ACCOUNT}:policy/infra/load-balancers", f"{POLICY}/AmazonVPCReadOnlyAccess"]
    role = {"namespace": "infra", "service_account": "controller", "policies": policies}

    found = synthesize(tmp_path, aws=changed(AWS, eks_clusters__cloud__pod_roles={"balancers": role}))

    made = named(found, "aws_iam_role", "PodRoles")
    attached = [
        one for name, one in found.resources("aws_iam_role_policy_attachment").items() if "PodRoles" in name
    ]
    assert made["name"] == "kl-dev-eks-cloud-pod-balancers"
    assert "system:serviceaccount:infra:controller" in made["assume_role_policy"]
    assert sorted(one["policy_arn"] for one in attached) == sorted(policies)


def test_the_storage_driver_uses_the_key_of_claimed_volumes(tmp_path: Path) -> None:
    """By itself and through EBS, which makes a grant for it."""
    section = changed(AWS, kms_keys__volumes={}, eks_clusters__cloud__volumes_key="volumes")

    found = synthesize(tmp_path, aws=section)

    driver = f"${{{address(found, 'aws_iam_role', 'aws-ebs-csi-driver')}.arn}}"
    key = json.loads(named(found, "aws_kms_key", "volumes")["policy"])["Statement"]
    assert {one["Sid"] for one in key if one["Principal"]["AWS"] == [driver]} == {
        "EncryptDecrypt",
        "GrantToAwsServices",
    }
    assert driver not in named(found, "aws_kms_key", "secrets")["policy"]


@pytest.mark.parametrize("said", [True, False])
def test_an_account_encrypts_by_default_where_the_file_says_so(tmp_path: Path, *, said: bool) -> None:
    """Otherwise nobody touches the account's setting."""
    found = synthesize(tmp_path, aws=changed(AWS, ebs_encryption_by_default=said))

    assert [one["enabled"] for one in found.resources("aws_ebs_encryption_by_default").values()] == [
        True
    ] * said
