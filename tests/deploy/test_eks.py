"""An EKS cluster, deployed with real Terraform into an emulated AWS, as far as that goes.

Taken out of the stack before, because moto 5.2 does not know them: access entries with their policies, and
add-ons. `deletion_protection` goes with a provider that is older than it. Not looked at in the second plan,
because moto forgets or makes them up: FORGOTTEN_BY_MOTO. What moto takes and does not enforce: every policy, the
key's grants, the encryption of secrets and logs; and no node joins.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.toolchain import BOUND_VERSION
from tests.deploy.workplace import Document, Workplace, sandbox_aws

pytestmark = pytest.mark.deploy

LONGEST_OWN_POLICIES = 10_240
UNKNOWN_TO_MOTO = ("aws_eks_access_entry", "aws_eks_access_policy_association", "aws_eks_addon")

FORGOTTEN_BY_MOTO = {
    "aws_eks_cluster": ["access_config", "upgrade_policy"],
    "aws_eks_node_group": ["scaling_config[0].desired_size", "remote_access", "update_config"],
}
"""Attributes that moto does not give back, and the remote access that it gives to whoever did not ask."""


def eks_aws() -> Document:
    """A section with a network and a cluster that has everything."""
    sandbox = sandbox_aws()
    account, network = sandbox["account_id"], sandbox["management_vpc"]
    scaling = (
        f"arn:aws:iam::{account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
    )
    return {
        "region": sandbox["region"],
        "account_id": account,
        "management_vpc": {
            **network,
            "zones": dict(sorted(network["zones"].items())[:2]),
            "nat_gateways": "single",
        },
        "deployer": f"arn:aws:iam::{account}:role/deploy",
        "kms_keys": {"secrets": {"users": [scaling]}},
        "eks_clusters": {
            "cloud": {
                "version": "1.35",
                "kms_key": "secrets",
                "services": "172.20.0.0/16",
                "scaler": "cluster_autoscaler",
                "load_balancer_controller": True,
                "metrics_server": True,
                "endpoint": {"private_from": ["10.30.0.0/16"], "public_from": ["198.51.100.0/24"]},
                "access": {"administrators": {"platform": f"arn:aws:iam::{account}:role/platform-admin"}},
                "node_groups": {
                    "default": {"instance_types": ["m7i.large"], "min_size": 1, "max_size": 3},
                    "batch": {
                        "instance_types": ["m7g.large"],
                        "capacity": "spot",
                        "min_size": 0,
                        "max_size": 3,
                        "volume": {"kms_key": "secrets"},
                        "labels": {"workload": "batch"},
                        "taints": [{"key": "dedicated", "value": "batch", "effect": "NO_SCHEDULE"}],
                    },
                },
            }
        },
    }


def leave_out_what_moto_lacks(work: Workplace) -> None:
    """Take it out of the synthesized stack, and all that refers to it."""
    path = work.stack / "cdk.tf.json"
    stack: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for type_ in UNKNOWN_TO_MOTO:
        assert stack["resource"].pop(type_), f"{type_} is not in the stack: leave it off the list"
    for bodies in stack["resource"].values():
        for body in bodies.values():
            body["depends_on"] = [
                one for one in body.get("depends_on", []) if not one.startswith(UNKNOWN_TO_MOTO)
            ]
    for type_, attributes in FORGOTTEN_BY_MOTO.items():
        for body in stack["resource"][type_].values():
            body["lifecycle"] = {"ignore_changes": attributes}
    if work.tools.version != BOUND_VERSION:
        for body in stack["resource"]["aws_eks_cluster"].values():
            del body["deletion_protection"]
    path.write_text(json.dumps(stack), "utf-8")


@pytest.fixture(scope="module", name="work")
def workplace(new_workplace: NewWorkplace) -> Workplace:
    """The section, applied."""
    work = new_workplace("eks")
    work.write(eks_aws(), deletion_protection=False)
    work.synth()
    leave_out_what_moto_lacks(work)
    work.terraform("init", "-input=false")
    work.plan()
    work.apply_plan()
    return work


def test_the_cluster_stands_as_it_was_asked_for(work: Workplace) -> None:
    """Private, with encrypted secrets and every log."""
    cluster = work.aws.client("eks").describe_cluster(name="kl-sandbox-cloud")["cluster"]

    assert cluster["status"] == "ACTIVE"
    assert cluster["encryptionConfig"][0]["resources"] == ["secrets"]
    assert cluster["logging"]["clusterLogging"][0]["enabled"] is True


def test_nodes_come_from_a_template_of_their_own(work: Workplace) -> None:
    """One each, with the processor that the instance types have."""
    eks = work.aws.client("eks")

    groups = {
        name: eks.describe_nodegroup(clusterName="kl-sandbox-cloud", nodegroupName=name)["nodegroup"]
        for name in ("batch", "default")
    }

    assert {name: group["amiType"] for name, group in groups.items()} == {
        "batch": "AL2023_ARM_64_STANDARD",
        "default": "AL2023_x86_64_STANDARD",
    }
    assert len({group["launchTemplate"]["id"] for group in groups.values()}) == 2


@pytest.mark.parametrize(("role", "policy"), [("load-balancers", "balance"), ("scaler", "scale")])
def test_what_runs_in_it_has_roles_that_iam_takes(work: Workplace, role: str, policy: str) -> None:
    """With policies in the grammar of IAM, and no longer than a role's own may be."""
    iam = work.aws.client("iam")
    name = f"kl-sandbox-eks-cloud-{role}"

    found = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
    assert {one["Effect"] for one in found["Statement"]} == {"Allow"}
    # Characters, white space left out: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
    assert len(json.dumps(found, separators=(",", ":"))) <= LONGEST_OWN_POLICIES


def test_a_second_plan_is_empty(work: Workplace) -> None:
    """Nothing is left to do after an apply."""
    work.assert_plan_is_empty()


def test_the_cluster_goes_again(work: Workplace) -> None:
    """Whole, and nothing of it is left."""
    work.terraform("destroy", "-input=false", "-auto-approve")

    assert work.aws.client("eks").list_clusters()["clusters"] == []
