"""Flow logs: who may write them, who may read the key, for whom the role works."""

from __future__ import annotations

import json

import pytest
from cdktf import TerraformStack
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.flow_logs import define_flow_logs
from constructs_lib.naming import Naming
from tests.synth import Synthesized, synthesize

LOG_GROUP = "arn:aws:logs:eu-west-1:012345678901:log-group:kl-sandbox-management-vpc-flow-logs"


def define(stack: TerraformStack) -> None:
    """Define the flow logs of a VPC that is known by its id."""
    define_flow_logs(
        Construct(stack, "FlowLogs"),
        vpc_id="vpc-0123456789abcdef0",
        entity="management-vpc",
        retention_days=30,
        naming=Naming(organization="kl", environment="sandbox"),
        account=AwsAccount(account_id="012345678901", region="eu-west-1"),
        prevent_destroy=True,
    )


@pytest.fixture(scope="module")
def flow_logs(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    """Flow logs and nothing else."""
    return synthesize(tmp_path_factory.mktemp("out"), define)


def test_all_traffic_goes_to_an_encrypted_log_group(flow_logs: Synthesized) -> None:
    """What was let through matters as much as what was refused."""
    key, group = flow_logs.address("aws_kms_key"), flow_logs.address("aws_cloudwatch_log_group")
    role, policy = flow_logs.address("aws_iam_role"), flow_logs.address("aws_iam_role_policy")

    assert flow_logs.one("aws_flow_log") == {
        "vpc_id": "vpc-0123456789abcdef0",
        "traffic_type": "ALL",
        "log_destination_type": "cloud-watch-logs",
        "log_destination": f"${{{group}.arn}}",
        "iam_role_arn": f"${{{role}.arn}}",
        "tags": {"Name": "kl-sandbox-management-vpc-flow-logs"},
        "depends_on": [policy],
    }
    assert flow_logs.one("aws_cloudwatch_log_group") == {
        "name": "kl-sandbox-management-vpc-flow-logs",
        "kms_key_id": f"${{{key}.arn}}",
        "retention_in_days": 30,
        "tags": {"Name": "kl-sandbox-management-vpc-flow-logs"},
        "lifecycle": {"prevent_destroy": True},
    }


def test_the_key_serves_this_log_group_only(flow_logs: Synthesized) -> None:
    """The group's ARN is written out: read from the group, key and group would wait for each other."""
    statements = json.loads(flow_logs.one("aws_kms_key")["policy"])["Statement"]

    assert [statement["Sid"] for statement in statements] == ["Administer", "LogGroups"]
    assert statements[1]["Condition"] == {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": [LOG_GROUP]}}


def test_the_key_s_alias_cannot_be_that_of_an_environment_s_key(flow_logs: Synthesized) -> None:
    """Those begin with kms-key, this one with the VPC's name."""
    assert flow_logs.one("aws_kms_alias")["name"] == "alias/kl-sandbox-management-vpc-flow-logs"


def test_the_role_writes_to_this_log_group_only(flow_logs: Synthesized) -> None:
    """It cannot make a group: one that was deleted must not come back unencrypted; finding it names none."""
    policy = json.loads(flow_logs.one("aws_iam_role_policy")["policy"])

    assert policy["Statement"] == [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": [LOG_GROUP, f"{LOG_GROUP}:*"],
        },
        {
            "Effect": "Allow",
            "Action": "logs:DescribeLogGroups",
            "Resource": "arn:aws:logs:eu-west-1:012345678901:log-group:*",
        },
    ]


def test_the_role_works_for_this_account_s_flow_logs_only(flow_logs: Synthesized) -> None:
    """The service that assumes it acts for every customer of AWS."""
    role = flow_logs.one("aws_iam_role")

    assert role["name"] == "kl-sandbox-management-vpc-flow-logs"
    assert json.loads(role["assume_role_policy"])["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": "012345678901"},
                "ArnLike": {"aws:SourceArn": "arn:aws:ec2:eu-west-1:012345678901:vpc-flow-log/*"},
            },
        }
    ]
