"""Flow logs of a VPC in an encrypted log group; a part of the VPC that owns them.

https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
"""

from __future__ import annotations

import json

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.log_key import define_log_key
from constructs_lib.naming import Kind, Naming


def define_flow_logs(
    scope: Construct,
    *,
    vpc_id: str,
    entity: str,
    retention_days: int,
    naming: Naming,
    account: AwsAccount,
    prevent_destroy: bool,
) -> None:
    """Define flow logs of all traffic, their log group with a key of its own, and the role that writes.

    Args:
        scope: a namespace for them.
        vpc_id: the VPC to watch.
        entity: the VPC's name among the entities.
        retention_days: how long an entry is kept.
        naming: names of the environment.
        account: where the VPC stands.
        prevent_destroy: whether Terraform refuses to destroy the log group and its key.
    """
    log_group_name = naming.name(entity, "flow-logs", kind=Kind.LOG_GROUP)
    log_group_arn = account.arn("logs", f"log-group:{log_group_name}")
    key = define_log_key(
        scope,
        log_group_name=log_group_name,
        entity=entity,
        key="flow-logs",
        naming=naming,
        account=account,
        prevent_destroy=prevent_destroy,
    )
    log_group = CloudwatchLogGroup(
        scope,
        "LogGroup",
        name=log_group_name,
        kms_key_id=key.key_arn,
        retention_in_days=retention_days,
        tags={"Name": log_group_name},
        lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
    )
    role = IamRole(
        scope,
        "Role",
        name=naming.name(entity, "flow-logs", kind=Kind.IAM),
        assume_role_policy=_trust(account),
        tags={"Name": naming.name(entity, "flow-logs")},
    )
    policy = IamRolePolicy(
        scope, "RolePolicy", name="write-flow-logs", role=role.name, policy=_write(account, log_group_arn)
    )
    FlowLog(
        scope,
        "FlowLog",
        vpc_id=vpc_id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=log_group.arn,
        iam_role_arn=role.arn,
        tags={"Name": log_group_name},
        # Without its permissions the role writes nothing and the flow log reports an access error.
        depends_on=[policy],
    )


def _trust(account: AwsAccount) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
        "Action": "sts:AssumeRole",
        # Only for this account's flow logs: the service acts for everybody's.
        "Condition": {
            "StringEquals": {"aws:SourceAccount": account.account_id},
            "ArnLike": {"aws:SourceArn": account.arn("ec2", "vpc-flow-log/*")},
        },
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _write(account: AwsAccount, log_group_arn: str) -> str:
    # No logs:CreateLogGroup: a deleted group must not come back unencrypted and kept for ever.
    write = {
        "Effect": "Allow",
        "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        "Resource": [log_group_arn, f"{log_group_arn}:*"],
    }
    # A call that names no group, so that a statement about one group does not allow it. AWS's own page gives it all
    # resources: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html of 2026-11
    find = {
        "Effect": "Allow",
        "Action": "logs:DescribeLogGroups",
        "Resource": account.arn("logs", "log-group:*"),
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [write, find]})
