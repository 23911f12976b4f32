"""A renamed key of what stands in an account: Terraform's plan moves its addresses and changes nothing."""

from __future__ import annotations

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.inventory import account_inventory
from tests.deploy.test_eks import eks_aws, leave_out_what_moto_lacks
from tests.deploy.workplace import sandbox_aws

pytestmark = pytest.mark.deploy


def test_a_renamed_kms_key_is_moved_and_stays_as_it_is(new_workplace: NewWorkplace) -> None:
    """Address and key in YAML change; alias, tag, description and the key itself do not; settled, all is quiet."""
    work = new_workplace("rename")
    aws = sandbox_aws()
    work.write({key: aws[key] for key in ("region", "account_id", "kms_keys")}, deletion_protection=True)
    work.init()
    work.apply()
    before = account_inventory(work.aws)
    record = work.environments / "stateful" / "sandbox.txt"

    said = work.hybrid("rename", "sandbox:aws.kms_keys.database", "etcd", "--write")
    work.synth()
    plan = work.plan()
    work.apply_plan()
    work.hybrid("settle", "sandbox", "--write")
    work.synth()

    assert "keeps database" in said
    assert plan.actions == {}
    assert sorted(address.split("_", 3)[2] for address in plan.moves) == ["alias.KmsKeys", "key.KmsKeys"]
    assert [new.split("_")[3] for new in plan.moves.values()] == ["etcd", "etcd"]
    assert account_inventory(work.aws) == before
    work.assert_plan_is_empty()
    assert "KmsKeys_etcd_" in record.read_text("utf-8")
    assert "KmsKeys_database_" not in record.read_text("utf-8")


def test_a_renamed_eks_cluster_and_its_key_are_moved_and_stay_as_they_are(
    new_workplace: NewWorkplace,
) -> None:
    """The cluster with its roles, logs, nodes and templates; the key that encrypts its secrets and a volume."""
    work = new_workplace("rename-eks")
    work.write(eks_aws(), deletion_protection=True)
    work.synth()
    leave_out_what_moto_lacks(work)
    work.terraform("init", "-input=false")
    work.apply()

    work.hybrid("rename", "sandbox:aws.eks_clusters.cloud", "web", "--write")
    said = work.hybrid("rename", "sandbox:aws.kms_keys.secrets", "vault", "--write")
    work.synth()
    leave_out_what_moto_lacks(work)
    plan = work.plan()
    work.apply_plan()

    assert "aws.eks_clusters.web.node_groups.batch.volume.kms_key names it vault" in said
    assert plan.actions == {}
    assert {address.partition(".")[0] for address in plan.moves} == {
        "aws_cloudwatch_log_group",
        "aws_eks_cluster",
        "aws_eks_node_group",
        "aws_iam_openid_connect_provider",
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "aws_kms_alias",
        "aws_kms_key",
        "aws_launch_template",
        "aws_security_group",
    }
    assert work.aws.client("eks").list_clusters()["clusters"] == ["kl-sandbox-cloud"]
    work.assert_plan_is_empty()
