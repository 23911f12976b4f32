"""Who needs which key of AWS: whoever applies, services, and roles whose policies name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from operations.policy.permitted.asking import ask_key, service
from operations.policy.permitted.aws_needs import (
    CREATE_CLUSTER,
    ENCRYPT_LOGS,
    MAKE_VOLUME,
    START_NODES,
    USE_BY_POLICY,
    WRITE_ENCRYPTED,
)
from operations.policy.permitted.aws_stack import AwsStack
from operations.policy.permitted.conditions import Context, brought
from operations.policy.permitted.expressions import UnreadableError
from operations.policy.permitted.policies import Caller, texts
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Block, Resource, Stacks, reference

_SCALING: Final = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"


def key_users(stacks: Stacks) -> Iterator[Broken]:
    """Whoever needs a key and is not let in by its policy."""
    for stack in stacks:
        aws = AwsStack(stack)
        deployer = Caller(stack.outside.deployer) if stack.outside.deployer else None
        yield from _clusters(aws, deployer)
        yield from _volumes(aws, deployer)
        yield from _scaled(aws)
        yield from _logs(aws)
        yield from _roles(aws)
        yield from _writers(aws)


def _clusters(aws: AwsStack, deployer: Caller | None) -> Iterator[Broken]:
    for cluster in aws.stack.resources("aws_eks_cluster"):
        for provider in cluster.blocks("encryption_config", "provider"):
            yield from ask_key(aws, CREATE_CLUSTER, cluster, provider.get("key_arn"), deployer)


def _volumes(aws: AwsStack, deployer: Caller | None) -> Iterator[Broken]:
    for volume in aws.stack.resources("aws_ebs_volume", "aws_instance"):
        blocks = [*volume.blocks("root_block_device"), *volume.blocks("ebs_block_device"), volume.body]
        for key in _keys(blocks):
            yield from ask_key(aws, MAKE_VOLUME, volume, key, deployer)


def _scaled(aws: AwsStack) -> Iterator[Broken]:
    """Launch templates by way of what starts instances from them: the scaler, by the role that a group names."""
    common = aws.expressions.arn("iam", _SCALING, regional=False)
    used: dict[str | None, set[str]] = {}
    for group in aws.stack.resources("aws_eks_node_group", "aws_autoscaling_group"):
        role = aws.expressions.text(group.body.get("service_linked_role_arn", common))
        for block in group.blocks("launch_template"):
            used.setdefault(reference(block.get("id")), set()).add(role)
    for template in aws.stack.resources("aws_launch_template"):
        for role in sorted(used.get(template.place.address, ())):
            for key in _keys(template.blocks("block_device_mappings", "ebs")):
                yield from ask_key(aws, START_NODES, template, key, Caller(role))


def _logs(aws: AwsStack) -> Iterator[Broken]:
    writer = service(f"logs.{aws.expressions.region}.amazonaws.com")
    for group in aws.stack.resources("aws_cloudwatch_log_group"):
        for key in _keys([group.body]):
            yield from ask_key(aws, ENCRYPT_LOGS, group, key, writer, group=aws.arn(group))


def _keys(blocks: list[Block]) -> list[str]:
    return [block["kms_key_id"] for block in blocks if block.get("kms_key_id")]


def _roles(aws: AwsStack) -> Iterator[Broken]:
    """A role's policy gives the use of a key only where the key's own policy lets the role, or the account, use it."""
    for role in aws.roles():
        try:
            given = list(_given(aws, role))
        except UnreadableError:
            continue  # HYB_IAM_READABLE tells, and so does whatever else asks about the role
        for key, actions, context in given:
            need = replace(USE_BY_POLICY, asks=actions, context=context)
            yield from ask_key(aws, need, role, aws.arn(key), Caller(aws.arn(role)))


def _given(aws: AwsStack, role: Resource) -> Iterator[tuple[Resource, tuple[str, ...], Context]]:
    """Keys that the statements of a role's policies name, with the actions and what a call has to bring."""
    for _, policy in aws.policies_of(role):
        for statement in policy:
            actions = tuple(one for one in texts(statement.get("Action", [])) if _is_of_a_key(one))
            for resource in texts(statement.get("Resource", [])):
                key = aws.key(resource)
                if key and actions and statement["Effect"] == "Allow":
                    yield key, actions, brought(statement.get("Condition", {}))


def _writers(aws: AwsStack) -> Iterator[Broken]:
    """Roles that may put objects into a bucket, whose key then has to let them use it."""
    for encryption in aws.stack.resources("aws_s3_bucket_server_side_encryption_configuration"):
        bucket = aws.expressions.text(encryption.body.get("bucket"))
        for block in encryption.blocks("rule", "apply_server_side_encryption_by_default"):
            key = block.get("kms_master_key_id")
            for role in aws.roles() if key else ():
                if _writes(aws, role, f":s3:::{bucket}/*"):
                    yield from ask_key(aws, WRITE_ENCRYPTED, role, key, Caller(aws.arn(role)))


def _writes(aws: AwsStack, role: Resource, objects: str) -> bool:
    """Whether a role's policy names the objects of a bucket, to put some."""
    try:
        return any(
            statement["Effect"] == "Allow"
            and "s3:PutObject" in texts(statement.get("Action", []))
            and any(one.endswith(objects) for one in texts(statement.get("Resource", [])))
            for _, policy in aws.policies_of(role)
            for statement in policy
        )
    except UnreadableError:
        return False  # told by HYB_IAM_READABLE


def _is_of_a_key(action: str) -> bool:
    """Whether an action is one of KMS; a pattern of actions cannot be asked for."""
    return action.startswith("kms:") and "*" not in action
