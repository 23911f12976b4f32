"""Who takes on which role of AWS, and what the role has to be allowed for its task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from operations.policy.permitted.asking import ask_role, ask_trust, service
from operations.policy.permitted.aws_needs import (
    FIND_LOG_GROUP,
    JOIN_CLUSTER,
    MAKE_CLAIMED_VOLUMES,
    NETWORK_PODS,
    OPEN_SESSIONS,
    PULL_IMAGES,
    RUN_CLUSTER,
    TRUST_CLUSTER,
    TRUST_FLOW_LOGS,
    TRUST_INSTANCE,
    TRUST_POD_IDENTITY,
    TRUST_SERVICE_ACCOUNT,
    WRITE_FLOW_LOGS,
)
from operations.policy.permitted.aws_stack import AwsStack
from operations.policy.permitted.expressions import UnreadableError
from operations.policy.permitted.need import Need
from operations.policy.permitted.policies import Caller, Kind, texts
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Block, Resource, Stacks

_ADDONS: Final[Mapping[str, tuple[str, Need]]] = {
    "aws-ebs-csi-driver": ("kube-system:ebs-csi-controller-sa", MAKE_CLAIMED_VOLUMES),
    "vpc-cni": ("kube-system:aws-node", NETWORK_PODS),
}
"""Service accounts of EKS's add-ons that take on a role, and what it is for, by the add-on's name:
https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html, read 2026-11-30."""
_PODS: Final = service("pods.eks.amazonaws.com")


def trusted(stacks: Stacks) -> Iterator[Broken]:
    """Whoever takes a role on and is not trusted by it."""
    for stack in stacks:
        aws = AwsStack(stack)
        for cluster in stack.resources("aws_eks_cluster"):
            role, arn = cluster.body.get("role_arn"), aws.arn(cluster)
            yield from _trust(aws, TRUST_CLUSTER, cluster, role, "eks.amazonaws.com", cluster=arn)
        for group in stack.resources("aws_eks_node_group"):
            yield from _trust(
                aws, TRUST_INSTANCE, group, group.body.get("node_role_arn"), "ec2.amazonaws.com"
            )
        for profile in stack.resources("aws_iam_instance_profile"):
            yield from _trust(aws, TRUST_INSTANCE, profile, profile.body.get("role"), "ec2.amazonaws.com")
        for log in stack.resources("aws_flow_log"):
            role = log.body.get("iam_role_arn")
            yield from _trust(aws, TRUST_FLOW_LOGS, log, role, "vpc-flow-logs.amazonaws.com")
        yield from _addons(aws)
        yield from _pods(aws)


def able(stacks: Stacks) -> Iterator[Broken]:
    """Roles whose policies do not allow what their task takes."""
    for stack in stacks:
        aws = AwsStack(stack)
        for cluster in stack.resources("aws_eks_cluster"):
            yield from _role(aws, RUN_CLUSTER, cluster, cluster.body.get("role_arn"))
        for group in stack.resources("aws_eks_node_group"):
            for need in (JOIN_CLUSTER, PULL_IMAGES):
                yield from _role(aws, need, group, group.body.get("node_role_arn"))
        for addon in stack.resources("aws_eks_addon"):
            if addon.body.get("addon_name") in _ADDONS:
                _, need = _ADDONS[str(addon.body.get("addon_name"))]
                yield from _role(aws, need, addon, _role_of(aws, addon))
        yield from _flow_logs(aws)
        yield from _sessions(aws)


def _trust(aws: AwsStack, need: Need, at: Resource, role: object, by: str, **names: str) -> list[Broken]:
    return ask_trust(aws, need, at, role, service(by), **names) if role else []


def _role(aws: AwsStack, need: Need, at: Resource, role: object, **names: str) -> list[Broken]:
    return ask_role(aws, need, at, role, **names) if role else []


def _addons(aws: AwsStack) -> Iterator[Broken]:
    """Add-ons whose role is taken on with the token of their service account."""
    for addon in aws.stack.resources("aws_eks_addon"):
        role = addon.body.get("service_account_role_arn")
        if role and addon.body.get("addon_name") in _ADDONS:
            account, _ = _ADDONS[str(addon.body.get("addon_name"))]
            issuer = aws.issuer(addon.body.get("cluster_name"))
            provider = aws.expressions.arn("iam", f"oidc-provider/{issuer}", regional=False)
            caller = Caller(provider, Kind.FEDERATED)
            yield from ask_trust(
                aws, TRUST_SERVICE_ACCOUNT, addon, role, caller, issuer=issuer, service_account=account
            )


def _pods(aws: AwsStack) -> Iterator[Broken]:
    """Roles that the Pod Identity agent gives: of associations, and of add-ons that name one."""
    for association in aws.stack.resources("aws_eks_pod_identity_association"):
        body = association.body
        yield from _pod(aws, association, body, str(body.get("namespace")), str(body.get("cluster_name")))
    for addon in aws.stack.resources("aws_eks_addon"):
        for block in addon.blocks("pod_identity_association"):
            namespace = _ADDONS.get(str(addon.body.get("addon_name")), ("kube-system:", None))[0]
            yield from _pod(
                aws, addon, block, namespace.partition(":")[0], str(addon.body.get("cluster_name"))
            )


def _pod(aws: AwsStack, at: Resource, block: Block, namespace: str, cluster: str) -> list[Broken]:
    arn = aws.expressions.arn("eks", f"cluster/{aws.expressions.text(cluster)}")
    names = {"cluster": arn, "namespace": namespace, "name": str(block.get("service_account"))}
    return ask_trust(aws, TRUST_POD_IDENTITY, at, block.get("role_arn"), _PODS, **names)


def _role_of(aws: AwsStack, addon: Resource) -> object:
    """The role of an add-on: by its service account, by the Pod Identity agent, or that of the nodes."""
    by_pods = [block.get("role_arn") for block in addon.blocks("pod_identity_association")]
    nodes = (
        group.body.get("node_role_arn")
        for group in aws.stack.resources("aws_eks_node_group")
        if aws.same(group.body.get("cluster_name"), addon.body.get("cluster_name"))
    )
    return addon.body.get("service_account_role_arn") or next(iter([*by_pods, *nodes]), None)


def _flow_logs(aws: AwsStack) -> Iterator[Broken]:
    for log in aws.stack.resources("aws_flow_log"):
        role, group = log.body.get("iam_role_arn"), aws.expressions.text(log.body.get("log_destination"))
        yield from _role(aws, WRITE_FLOW_LOGS, log, role, group=group)
        yield from _role(aws, FIND_LOG_GROUP, log, role)


def _sessions(aws: AwsStack) -> Iterator[Broken]:
    """Roles of instances that may do a part of what Session Manager takes; those that may do nothing want nothing."""
    for profile in aws.stack.resources("aws_iam_instance_profile"):
        role = aws.role(profile.body.get("role"))
        if role and _begins_sessions(aws, role):
            yield from ask_role(aws, OPEN_SESSIONS, profile, aws.arn(role))


def _begins_sessions(aws: AwsStack, role: Resource) -> bool:
    try:
        statements = aws.identity(role)
    except UnreadableError:
        return True  # what it may is not known, which the answer then says
    return any(
        action.startswith("ssmmessages:") for one in statements for action in texts(one.get("Action", []))
    )
