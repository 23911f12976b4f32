"""Needs of AWS on small stacks: what is made elsewhere, and what cannot be evaluated."""

from __future__ import annotations

from typing import Any

import pytest

from operations.policy.stacks import Outside
from tests.operations.policy.permitted.small import ACCOUNT, DEPLOYER, ROOT, allow, document, messages

KEY = "${aws_kms_key.K.arn}"
BY_ROOT = allow("kms:*", Principal={"AWS": ROOT})
APPLIED = Outside(DEPLOYER)


def cluster(**arguments: Any) -> tuple[str, Any]:
    """An EKS cluster with a key."""
    encryption = {"provider": {"key_arn": KEY}}
    return "aws_eks_cluster.C", {"name": "c", "encryption_config": encryption, **arguments}


def key(*statements: dict[str, Any]) -> tuple[str, Any]:
    """A key with a policy."""
    return "aws_kms_key.K", {"policy": document(*statements)}


def test_a_key_without_a_policy_leaves_all_to_the_account() -> None:
    """As AWS makes it; what the account's own policies say of who applies is not seen."""
    for outside in (APPLIED, Outside()):
        assert messages("HYB_MAY_USE_KEY", cluster(), ("aws_kms_key.K", {}), outside=outside) == []


def test_a_policy_that_is_attached_is_the_key_s() -> None:
    """It takes the place of the one that the key was made with."""
    attached = {
        "key_id": "${aws_kms_key.K.key_id}",
        "policy": document(allow("kms:DescribeKey", Principal="*")),
    }

    said = messages(
        "HYB_MAY_USE_KEY", cluster(), key(BY_ROOT), ("aws_kms_key_policy.P", attached), outside=APPLIED
    )

    assert said == [
        f"{DEPLOYER} lacks kms:CreateGrant on aws_kms_key.K, which it takes to make an EKS cluster with a key for its "
        "secrets; let it in the key's policy"
    ]  # fmt: skip


@pytest.mark.parametrize("named", ["${aws_kms_alias.A.arn}", "alias/a", "${aws_kms_alias.A.target_key_arn}"])
def test_a_key_is_found_by_its_alias(named: str) -> None:
    """By its ARN, its name and what it leads to."""
    alias = ("aws_kms_alias.A", {"name": "alias/a", "target_key_id": "${aws_kms_key.K.id}"})
    stray = ("aws_kms_alias.B", {"name": "alias/b", "target_key_id": "1234"})

    made = cluster(encryption_config={"provider": {"key_arn": named}})

    assert len(messages("HYB_MAY_USE_KEY", made, key(), alias, stray, outside=APPLIED)) == 1


def test_a_key_that_is_made_elsewhere_has_its_policy_there() -> None:
    """The prerequisites say what its owner has to allow."""
    arn = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"
    assert messages("HYB_MAY_USE_KEY", cluster(encryption_config={"provider": {"key_arn": arn}})) == []


@pytest.mark.parametrize(("outside", "who"), [(APPLIED, DEPLOYER), (Outside(), "who applies the stack")])
def test_a_key_that_cannot_be_told_is_found(outside: Outside, who: str) -> None:
    """A reference that leads nowhere is never taken for a key of others."""
    made = cluster(encryption_config={"provider": {"key_arn": "${aws_kms_key.Gone.arn}"}})

    [said] = messages("HYB_MAY_USE_KEY", made, outside=outside)

    assert said.startswith(
        f"cannot be evaluated whether {who} has kms:CreateGrant, kms:DescribeKey on the key "
    )
    assert "what ${aws_kms_key.Gone.arn} comes to stands in no stack; write it" in said


def test_one_of_those_whom_the_key_names_is_enough_where_nobody_says_who_applies() -> None:
    """The file leaves it out; nobody at all is too few."""
    somebody = allow(["kms:CreateGrant", "kms:DescribeKey"], Principal={"AWS": DEPLOYER})
    other = allow("kms:DescribeKey", Principal={"AWS": [ROOT, f"{DEPLOYER}s"]})

    assert messages("HYB_MAY_USE_KEY", cluster(), key(somebody, other)) == []
    [said] = messages("HYB_MAY_USE_KEY", cluster(), key(allow("kms:*", Principal={"Service": "x"})))
    assert said.startswith("who applies the stack lacks kms:CreateGrant")


@pytest.mark.parametrize(
    ("policy", "why"),
    [
        ("${jsonencode({})}", "the policy of aws_kms_key.K is no document with statements"),
        ('{"Statement": [{"Effect": "Maybe"}]}', "has a statement that says neither Allow nor Deny"),
        (
            document({**BY_ROOT, "Condition": {"DateLessThan": {"aws:CurrentTime": "2030-01-01"}}}),
            "the condition operator DateLessThan is not evaluated here",
        ),
    ],
)
@pytest.mark.parametrize("outside", [APPLIED, Outside()])
def test_a_policy_that_cannot_be_evaluated_is_found(policy: str, why: str, outside: Outside) -> None:
    """It is never taken to allow or to refuse."""
    [said] = messages("HYB_MAY_USE_KEY", cluster(), ("aws_kms_key.K", {"policy": policy}), outside=outside)

    assert said.startswith("cannot be evaluated whether ")
    assert why in said


def test_a_principal_that_cannot_be_told_is_nobody_who_is_known() -> None:
    """Where nobody says who applies, it may be that one."""
    policy = key(allow("kms:*", Principal={"AWS": "${var.who}"}))

    [said] = messages("HYB_MAY_USE_KEY", cluster(), policy, outside=APPLIED)

    assert "what ${var.who} comes to stands in no stack" in said
    assert messages("HYB_MAY_USE_KEY", cluster(), policy) == []


def test_without_an_account_nothing_is_known_of_it() -> None:
    """A provider that is held to none could work in any."""
    policy = key(allow("kms:*", Principal={"AWS": ROOT}))
    template = {"block_device_mappings": [{"ebs": {"kms_key_id": KEY}}]}
    group = {"launch_template": {"id": "${aws_launch_template.T.id}"}}
    resources = (policy, ("aws_launch_template.T", template), ("aws_autoscaling_group.G", group))

    [said] = messages("HYB_MAY_USE_KEY", *resources, provider={"aws": {}})

    assert "cannot be evaluated" in said


def test_a_policy_by_a_data_source_is_read() -> None:
    """As the data source writes it."""
    describe = {
        "actions": ["kms:DescribeKey"],
        "resources": ["*"],
        "principals": {"type": "*", "identifiers": ["*"]},
    }
    grant = {
        "effect": "Allow",
        "not_actions": ["kms:Decrypt"],
        "not_resources": ["arn:aws:kms:eu-west-1:1:key/1"],
        "principals": [{"type": "AWS", "identifiers": [DEPLOYER]}],
        "condition": [{"test": "StringEquals", "variable": "kms:CallerAccount", "values": [ACCOUNT]}],
    }
    never = {
        "effect": "Deny",
        "actions": ["*"],
        "resources": ["*"],
        "not_principals": [{"type": "AWS", "identifiers": [DEPLOYER]}],
    }
    by_data = ("aws_kms_key.K", {"policy": "${data.aws_iam_policy_document.D.json}"})

    def said(*statements: dict[str, Any]) -> list[str]:
        data = {"aws_iam_policy_document": {"D": {"statement": list(statements)}}}
        return messages("HYB_MAY_USE_KEY", cluster(), by_data, outside=APPLIED, data=data)

    assert said(describe, grant) == []
    assert len(said(describe)) == 1
    assert "NotPrincipal is not evaluated here" in said(describe, grant, never)[0]


def test_a_group_may_name_the_scaler_s_role() -> None:
    """One of its own, whose key it uses."""
    role = (
        "aws_iam_service_linked_role.S",
        {"aws_service_name": "autoscaling.amazonaws.com", "custom_suffix": "a"},
    )
    group = {
        "launch_template": {"id": "${aws_launch_template.T.id}"},
        "service_linked_role_arn": "${aws_iam_service_linked_role.S.arn}",
    }
    resources = (
        role,
        ("aws_autoscaling_group.G", group),
        ("aws_launch_template.T", {"block_device_mappings": [{"ebs": {"kms_key_id": KEY}}]}),
        ("aws_launch_template.Unused", {"block_device_mappings": [{"ebs": {"kms_key_id": KEY}}]}),
    )

    assert (
        messages(
            "HYB_MAY_USE_KEY",
            *resources,
            key(allow("kms:*", Principal={"AWS": "${aws_iam_service_linked_role.S.arn}"})),
        )
        == []
    )
    assert len(messages("HYB_MAY_USE_KEY", *resources, key(BY_ROOT, {**BY_ROOT, "Effect": "Deny"}))) == 1


def role(trust: str = document(), **arguments: Any) -> tuple[str, Any]:
    """A role."""
    return "aws_iam_role.R", {"name": "r", "assume_role_policy": trust, **arguments}


def test_a_role_s_own_policy_gives_no_key_that_the_key_s_does_not() -> None:
    """Both sides are asked, with what the role's own conditions ask for."""
    policy = {
        "name": "p",
        "policy": document(
            allow(["kms:Decrypt", "kms:*", "s3:GetObject"], Resource=[KEY, "arn:aws:s3:::b"]),
            allow("kms:CreateGrant", Resource=KEY, Condition={"Bool": {"kms:GrantIsForAWSResource": "true"}}),
            {**allow("kms:Encrypt", Resource=KEY), "Effect": "Deny"},
        ),
    }
    attached = ("aws_iam_role_policy_attachment.A", {"role": "r", "policy_arn": "${aws_iam_policy.P.arn}"})
    others = ("aws_iam_role_policy_attachment.B", {"role": "others", "policy_arn": "${aws_iam_policy.P.arn}"})
    resources = (role(), ("aws_iam_policy.P", policy), attached, others)

    assert messages("HYB_MAY_USE_KEY", *resources, key(BY_ROOT)) == []
    assert [one.partition(" on ")[0].rpartition(" ")[2] for one in messages("HYB_MAY_USE_KEY", *resources, key())] == [
        "kms:Decrypt",
        "kms:CreateGrant",
    ]  # fmt: skip


def test_a_role_whose_policy_cannot_be_read_is_no_user_that_is_known() -> None:
    """What asks about the role says so, and so does the rule about readable policies."""
    inline = ("aws_iam_role_policy.P", {"role": "${aws_iam_role.R.name}", "policy": "${jsonencode({})}"})
    others = ("aws_iam_role_policy.O", {"role": "others", "policy": "${jsonencode({})}"})
    profile = ("aws_iam_instance_profile.I", {"role": "${aws_iam_role.R.id}"})
    volume = ("aws_ebs_volume.V", {"kms_key_id": KEY})
    used = Outside(f"arn:aws:iam::{ACCOUNT}:role/r")

    assert messages("HYB_MAY_USE_KEY", role(), inline, others) == []
    for rule_id, *resources in (
        ("HYB_MAY_DO_TASK", profile),
        ("HYB_MAY_USE_KEY", volume, key(BY_ROOT)),
    ):
        [said] = messages(rule_id, role(), inline, *resources, outside=used)
        assert "the policy of aws_iam_role_policy.P is no document with statements" in said


def test_a_role_that_is_made_elsewhere_is_trusted_and_allowed_there() -> None:
    """Its policies stand in no stack."""
    elsewhere = cluster(role_arn=f"arn:aws:iam::{ACCOUNT}:role/elsewhere", encryption_config=None)

    assert messages("HYB_MAY_TAKE_ROLE", elsewhere) == messages("HYB_MAY_DO_TASK", elsewhere) == []


def test_a_role_that_cannot_be_told_is_found() -> None:
    """For its trust and for its policies."""
    lost = cluster(role_arn="${aws_iam_role.Gone.arn}", encryption_config=None)

    for rule_id in ("HYB_MAY_TAKE_ROLE", "HYB_MAY_DO_TASK"):
        [said] = messages(rule_id, lost)
        assert said.startswith("cannot be evaluated whether the role ${aws_iam_role.Gone.arn} has ")


def test_a_trust_that_cannot_be_read_is_found() -> None:
    """It lets nobody in that is known."""
    profile = ("aws_iam_instance_profile.I", {"role": "r"})

    [said] = messages("HYB_MAY_TAKE_ROLE", role("${jsonencode({})}"), profile)

    assert "the trust of aws_iam_role.R is no document with statements" in said


def test_a_managed_policy_that_nobody_knows_may_allow_everything() -> None:
    """It is no reason to say that the role may not, and none to say that it may."""
    attached = (
        "aws_iam_role_policy_attachment.A",
        {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/PowerUserAccess"},
    )
    group = ("aws_eks_node_group.G", {"node_role_arn": "${aws_iam_role.R.arn}"})

    said = messages("HYB_MAY_DO_TASK", role(), group, attached)

    assert len(said) == 2
    assert all("what arn:aws:iam::aws:policy/PowerUserAccess allows is not known here" in one for one in said)


ADDON = {"addon_name": "aws-ebs-csi-driver", "cluster_name": "${aws_eks_cluster.C.name}"}
PODS = document(allow(["sts:AssumeRole", "sts:TagSession"], Principal={"Service": "pods.eks.amazonaws.com"}))


def test_an_add_on_may_have_its_role_from_the_pod_identity_agent() -> None:
    """Or the nodes' own."""
    by_pods = {
        **ADDON,
        "pod_identity_association": [{"role_arn": "${aws_iam_role.R.arn}", "service_account": "x"}],
    }
    group = ("aws_eks_node_group.G", {"node_role_arn": "${aws_iam_role.R.arn}", "cluster_name": "c"})
    of_others = ("aws_eks_node_group.H", {"node_role_arn": "${aws_iam_role.Gone.arn}", "cluster_name": "d"})
    made = cluster(encryption_config=None)

    assert messages("HYB_MAY_TAKE_ROLE", made, role(PODS), ("aws_eks_addon.A", by_pods)) == []
    [by_agent] = messages("HYB_MAY_DO_TASK", made, role(), ("aws_eks_addon.A", by_pods))
    [by_nodes] = [
        one
        for one in messages("HYB_MAY_DO_TASK", made, role(), ("aws_eks_addon.A", ADDON), group, of_others)
        if "volumes" in one
    ]
    assert by_agent == by_nodes
    assert messages("HYB_MAY_DO_TASK", made, ("aws_eks_addon.A", ADDON)) == []


def test_an_add_on_of_a_cluster_that_cannot_be_told_is_found() -> None:
    """Nobody knows whose tokens its role would have to trust."""
    addon = {**ADDON, "cluster_name": "gone", "service_account_role_arn": "${aws_iam_role.R.arn}"}
    trust = document(
        allow("sts:AssumeRoleWithWebIdentity", Principal={"Federated": "arn:aws:iam::1:oidc-provider/x"})
    )

    [said] = messages(
        "HYB_MAY_TAKE_ROLE", cluster(encryption_config=None), role(trust), ("aws_eks_addon.A", addon)
    )

    assert "cannot be evaluated" in said


def test_a_state_s_bucket_whose_policy_cannot_be_read_is_found() -> None:
    """Policies of other buckets say nothing of it."""
    backend = {"backend": {"s3": {"bucket": "b", "key": "k"}}}
    bucket = ("aws_s3_bucket.B", {"bucket": "b"})
    unreadable = (
        "aws_s3_bucket_policy.P",
        {"bucket": "${aws_s3_bucket.B.bucket}", "policy": "${jsonencode({})}"},
    )
    others = ("aws_s3_bucket_policy.O", {"bucket": "o", "policy": "${jsonencode({})}"})

    assert messages("HYB_MAY_KEEP_STATE", bucket, others, terraform=backend) == []
    [said] = messages("HYB_MAY_KEEP_STATE", bucket, unreadable, terraform=backend)
    assert said.startswith("cannot be evaluated whether whoever applies dev has s3:ListBucket")
    assert messages("HYB_MAY_KEEP_STATE", unreadable, terraform=backend) == []
    assert messages("HYB_MAY_KEEP_STATE", ("aws_s3_bucket.B", {"bucket": "x"}), terraform=backend) == []


def test_expressions_that_lead_round_in_a_circle_end() -> None:
    """They cannot be told."""
    circle = {"name": "${aws_iam_role.C.name}", "assume_role_policy": document()}
    profile = ("aws_iam_instance_profile.I", {"role": "${aws_iam_role.C.name}"})

    [said] = messages("HYB_MAY_TAKE_ROLE", ("aws_iam_role.C", circle), profile)

    assert "ec2.amazonaws.com lacks sts:AssumeRole" in said
