"""What an account holds against what a state says, for finding orphans on either side."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.deploy.emulated_aws import EmulatedAws

Inventory = dict[str, frozenset[str]]
"""Ids by Terraform's resource type; types without any are left out."""

# What stands or falls with a resource that is looked for.
_PARTS = frozenset(
    {
        "aws_default_security_group",
        "aws_eip_association",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "aws_lb_listener",
        "aws_route",
        "aws_route_table_association",
        "aws_s3_bucket_lifecycle_configuration",
        "aws_s3_bucket_ownership_controls",
        "aws_s3_bucket_policy",
        "aws_s3_bucket_public_access_block",
        "aws_s3_bucket_server_side_encryption_configuration",
        "aws_s3_bucket_versioning",
        "aws_s3_object",
        "aws_vpc_security_group_egress_rule",
        "aws_vpc_security_group_ingress_rule",
    }
)


def account_inventory(aws: EmulatedAws) -> Inventory:
    """Everything that the account holds, of the types known here."""
    found = ((type_, frozenset(ids(aws.client(service)))) for type_, (service, ids) in _LOOKUPS.items())
    return {type_: ids for type_, ids in found if ids}


def state_inventory(path: Path) -> Inventory:
    """Everything that a state file names, without the parts of something else."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for resource in json.loads(path.read_text("utf-8"))["resources"]:
        # One that is still being made stands there already, without an instance.
        if resource["mode"] == "managed" and resource["type"] not in _PARTS and resource["instances"]:
            ids[resource["type"]] |= {instance["attributes"]["id"] for instance in resource["instances"]}
    unknown = ids.keys() - _LOOKUPS.keys()
    assert not unknown, f"the inventory does not know where to look for {sorted(unknown)}"
    return {type_: frozenset(found) for type_, found in ids.items()}


def difference(one: Inventory, other: Inventory) -> Inventory:
    """What the one holds and the other does not."""
    rest = ((type_, ids - other.get(type_, frozenset())) for type_, ids in one.items())
    return {type_: ids for type_, ids in rest if ids}


def _each(
    operation: str, key: str, name: str, of: Callable[[Any], bool] = bool
) -> Callable[[Any], Iterator[Any]]:
    """Look the ids up with one list operation of a boto3 client, for the items that ``of`` takes."""

    def ids(client: Any) -> Iterator[str]:
        for page in _pages(client, operation):
            yield from (item[name] for item in page[key] if of(item))

    return ids


def _pages(client: Any, operation: str) -> Iterable[Any]:
    return (
        client.get_paginator(operation).paginate()
        if client.can_paginate(operation)
        else [getattr(client, operation)()]
    )


def _instances(client: Any) -> Iterator[str]:
    for reservation in _each("describe_instances", "Reservations", "Instances")(client):
        for instance in reservation:
            tags = {tag["Key"] for tag in instance.get("Tags", [])}
            # An auto scaling group's instances come and go with it.
            if instance["State"]["Name"] != "terminated" and "aws:autoscaling:groupName" not in tags:
                yield instance["InstanceId"]


def _keys(client: Any) -> Iterator[str]:
    # moto makes AWS's own keys when they are first used, and says that they are the customer's.
    of_aws = set(_each("list_aliases", "Aliases", "TargetKeyId", _is_of_aws)(client))
    for key_id in _each("list_keys", "Keys", "KeyId", lambda key: key["KeyId"] not in of_aws)(client):
        if client.describe_key(KeyId=key_id)["KeyMetadata"]["KeyState"] != "PendingDeletion":
            yield key_id


def _is_of_aws(alias: Any) -> bool:
    return str(alias["AliasName"]).startswith("alias/aws/")


def _policies(client: Any) -> Iterator[str]:
    for page in client.get_paginator("list_policies").paginate(Scope="Local"):
        yield from (policy["Arn"] for policy in page["Policies"])


def _is_service_linked(role: Any) -> bool:
    return str(role["Path"]).startswith("/aws-service-role/")


_LOOKUPS: dict[str, tuple[str, Callable[[Any], Iterator[str]]]] = {
    "aws_autoscaling_group": (
        "autoscaling",
        _each("describe_auto_scaling_groups", "AutoScalingGroups", "AutoScalingGroupName"),
    ),
    "aws_cloudwatch_log_group": ("logs", _each("describe_log_groups", "logGroups", "logGroupName")),
    "aws_ebs_volume": (
        "ec2",
        _each("describe_volumes", "Volumes", "VolumeId", lambda v: not v["Attachments"]),
    ),
    "aws_eip": ("ec2", _each("describe_addresses", "Addresses", "AllocationId")),
    "aws_flow_log": ("ec2", _each("describe_flow_logs", "FlowLogs", "FlowLogId")),
    "aws_iam_instance_profile": (
        "iam",
        _each("list_instance_profiles", "InstanceProfiles", "InstanceProfileName"),
    ),
    "aws_iam_policy": ("iam", _policies),
    "aws_iam_role": (
        "iam",
        _each("list_roles", "Roles", "RoleName", lambda role: not _is_service_linked(role)),
    ),
    "aws_iam_service_linked_role": ("iam", _each("list_roles", "Roles", "Arn", _is_service_linked)),
    "aws_instance": ("ec2", _instances),
    "aws_internet_gateway": (
        "ec2",
        _each("describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    ),
    "aws_key_pair": ("ec2", _each("describe_key_pairs", "KeyPairs", "KeyName")),
    "aws_kms_alias": (
        "kms",
        _each("list_aliases", "Aliases", "AliasName", lambda alias: not _is_of_aws(alias)),
    ),
    "aws_kms_key": ("kms", _keys),
    "aws_launch_template": ("ec2", _each("describe_launch_templates", "LaunchTemplates", "LaunchTemplateId")),
    "aws_lb": ("elbv2", _each("describe_load_balancers", "LoadBalancers", "LoadBalancerArn")),
    "aws_lb_target_group": ("elbv2", _each("describe_target_groups", "TargetGroups", "TargetGroupArn")),
    "aws_nat_gateway": (
        "ec2",
        _each("describe_nat_gateways", "NatGateways", "NatGatewayId", lambda nat: nat["State"] != "deleted"),
    ),
    "aws_route_table": (
        "ec2",
        _each(
            "describe_route_tables",
            "RouteTables",
            "RouteTableId",
            lambda table: not any(association["Main"] for association in table["Associations"]),
        ),
    ),
    "aws_s3_bucket": ("s3", _each("list_buckets", "Buckets", "Name")),
    "aws_security_group": (
        "ec2",
        _each("describe_security_groups", "SecurityGroups", "GroupId", lambda g: g["GroupName"] != "default"),
    ),
    "aws_subnet": ("ec2", _each("describe_subnets", "Subnets", "SubnetId", lambda s: not s["DefaultForAz"])),
    "aws_vpc": ("ec2", _each("describe_vpcs", "Vpcs", "VpcId", lambda vpc: not vpc["IsDefault"])),
    "aws_vpc_endpoint": (
        "ec2",
        _each("describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId", lambda e: e["State"] != "deleted"),
    ),
}
