"""What belongs to a VPC beside its subnets: the endpoint of S3, flow logs, and the security group that nobody asked for.

A flow log cannot be changed once it is made, and neither can the name of its log group: they are taken over where they are
called as here, and are made anew beside the old ones where they are not.
https://docs.aws.amazon.com/vpc/latest/userguide/working-with-flow-logs.html ("You can't change the configuration of a flow
log after you've created it", 2026-11-30)
"""

from __future__ import annotations

from typing import Final, get_args

from estate.model.aws.management_vpc import FlowLogRetentionDays
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.objects import VPC, free, is_ours, number
from operations.adopt.terraform.recognizers.aws.roles import leave_role, take_role

_OFFERED: Final = frozenset(get_args(get_args(FlowLogRetentionDays)[0]))
_YEAR: Final = 365
_PARTS: Final = ("management-vpc", "flow-logs")


def recognize_vpc_parts(found: Found, draft: Draft) -> None:
    """Take the endpoint of S3, the flow logs and the default security group of the VPC."""
    vpc = next(iter(draft.origins.get(VPC, ())), None)
    if vpc is None:
        return
    for one in free(found, draft, "aws_vpc_endpoint"):
        gateway = one.text("vpc_endpoint_type") in {"", "Gateway"}
        if one.text("vpc_id") == vpc.text("id") and gateway and one.text("service_name").endswith(".s3"):
            draft.takes(VPC, one)
    _default_group(found, draft, vpc)
    for one in free(found, draft, "aws_flow_log"):
        if one.text("vpc_id") == vpc.text("id"):
            _flow_log(found, draft, one)


def _default_group(found: Found, draft: Draft, vpc: FoundObject) -> None:
    groups = [
        one
        for one in free(found, draft, "aws_default_security_group")
        if one.text("vpc_id") == vpc.text("id")
    ]
    draft.takes(VPC, *groups)
    if not any(one.at("ingress") == [] and one.at("egress") == [] for one in groups):
        id_ = vpc.text("default_security_group_id") or "of the VPC"
        draft.notes.append(
            f"the default security group {id_} has no rules here, so the first apply takes those away that it has; "
            "whatever stands in it without a group of its own needs one before"
        )


def _flow_log(found: Found, draft: Draft, log: FoundObject) -> None:
    name = log.text("log_destination").rpartition(":log-group:")[2].removesuffix(":*") or log.text(
        "log_group_name"
    )
    groups = [
        one for one in free(found, draft, "aws_cloudwatch_log_group") if name and one.text("name") == name
    ]
    if groups and is_ours(draft, name, *_PARTS):
        draft.takes(VPC, log, *groups)
        take_role(found, draft, VPC, log.text("iam_role_arn"))
        put_retention(draft, (*VPC, "flow_log_retention_days"), groups[0])
        return
    for one in (log, *groups):
        draft.leave(
            one,
            "",
            "neither a flow log nor the name of its log group can be changed, and those here are called by the environment",
            "the first apply makes another beside it; destroy this one when its entries are no longer needed",
        )
    leave_role(found, draft, log.text("iam_role_arn"), "writes the VPC's former flow logs")


def put_retention(draft: Draft, path: Keys, group: FoundObject) -> None:
    """Put how long a log group keeps its entries, where that is not a year; leaves what is not offered, such as for ever."""
    days = number(group, "retention_in_days")
    if days in _OFFERED:
        draft.put(path, days if days != _YEAR else None, group)
        return
    draft.takes(path[:-1], group)
    draft.leave(
        group,
        "retention_in_days",
        f"entries are kept {f'{days} days' if days else 'for ever'}, and here for a year unless the file says otherwise",
        f"say {'.'.join(map(str, path))}, at most 3653; what is older goes with the first apply",
    )
