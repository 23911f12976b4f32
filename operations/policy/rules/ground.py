"""Whether a pipeline's identities can change what they stand on: the state's bucket with its key, and themselves.

Each call that would change it is put to the policies of the stack that makes it, as AWS would: the identity's own, its
boundary, and that of the bucket or the key. So is each to a role that an identity could make for itself, which may be
allowed everything. In Google Cloud an identity has nothing in the ground's project but states by their names.

Left out: what somebody else gives to these identities elsewhere, which no stack shows.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html (2026-12-01)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from estate.derived.stack_plan import BOOTSTRAP_SUFFIX
from operations.policy.finding import Level
from operations.policy.permitted.answer import Answer, all_of, unknown
from operations.policy.permitted.aws_stack import AwsStack
from operations.policy.permitted.expressions import UnreadableError
from operations.policy.permitted.policies import Call, Caller, Policy, by_identity, by_resource, texts
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Resource, Stack, Stacks, blocks_of

_OF_BUCKET: Final = (
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
)
_OF_OBJECT: Final = ("s3:DeleteObject", "s3:GetObject", "s3:PutObject")
_OF_VERSIONS: Final = ("s3:DeleteObjectVersion",)
_OF_KEY: Final = ("kms:CreateGrant", "kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion")
_OF_ROLE: Final = (
    "iam:AttachRolePolicy",
    "iam:DeleteRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
)
_OF_POLICY: Final = ("iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:SetDefaultPolicyVersion")
_OF_ISSUER: Final = (
    "iam:AddClientIDToOpenIDConnectProvider",
    "iam:DeleteOpenIDConnectProvider",
    "iam:UpdateOpenIDConnectProviderThumbprint",
)
_BY_TYPE: Final = {
    "aws_iam_role": _OF_ROLE,
    "aws_iam_policy": _OF_POLICY,
    "aws_iam_openid_connect_provider": _OF_ISSUER,
}
_EVERYTHING: Final[Policy] = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]

_READ_OBJECTS: Final = frozenset({"roles/storage.objectUser", "roles/storage.objectViewer"})
"""Roles that reach objects alone: no bucket, no policy.
https://docs.cloud.google.com/storage/docs/access-control/iam-roles (2026-12-01)"""

_CLAUSE: Final = re.compile(
    r'resource\.type == "storage\.googleapis\.com/Bucket"|resource\.name == "projects/_/buckets/[^/"]+/objects/([^"]+)"'
)
_MEMBER: Final = re.compile(r"google_\w+_iam_member")


@dataclass(frozen=True)
class _Who:
    """An identity, or a role that one could make.

    Attributes:
        place: the role of the stack that it is, or that could make it.
        arn: its ARN.
        words: what it is called in a sentence.
        identity: its own statements.
        boundary: its boundary's; None without one.
    """

    place: Resource
    arn: str
    words: str
    identity: Policy
    boundary: Policy | None


def _firm(stacks: Stacks) -> Iterator[Broken]:
    for stack in stacks:
        if stack.name.endswith(BOOTSTRAP_SUFFIX):
            yield from _in_aws(AwsStack(stack))
            yield from _in_google(stack, stacks)


def _in_aws(aws: AwsStack) -> Iterator[Broken]:
    for role in aws.roles():
        try:
            who = list(_identities(aws, role))
        except UnreadableError as error:
            yield role.place, f"what it may do to its ground cannot be told: {error}"
            continue
        for one in who:
            yield from _reach(aws, one)


def _identities(aws: AwsStack, role: Resource) -> Iterator[_Who]:
    own, boundary = aws.identity(role), _boundary(aws, role)
    yield _Who(role, aws.arn(role), "it", own, boundary)
    for statement in own:
        if statement.get("Effect") == "Allow" and "iam:CreateRole" in texts(statement.get("Action", [])):
            for pattern in texts(statement.get("Resource", [])):
                if ":role/" in pattern:
                    made = pattern.replace("*", "made")
                    yield _Who(role, made, f"a role that it could make, {made},", _EVERYTHING, boundary)


def _boundary(aws: AwsStack, role: Resource) -> Policy | None:
    said = role.body.get("permissions_boundary")
    if said is None:
        return None
    for policy in aws.stack.resources("aws_iam_policy"):
        if aws.expressions.text(said) == aws.arn(policy):
            return aws.expressions.policy(policy.body.get("policy"))
    raise UnreadableError(f"its boundary {said} is in no stack")


def _reach(aws: AwsStack, who: _Who) -> Iterator[Broken]:
    for what, resource_arn, actions, policy in _ground(aws):
        reached = []
        for action in actions:
            answer = _answer(who, Call(Caller(who.arn), action, resource_arn, _context(aws, who)), policy)
            if answer.holds is not False:
                reached.append(action if answer.holds else f"{action} ({', '.join(answer.why)})")
        if reached:
            yield (
                who.place.place,
                f"{who.words} may change what it stands on, {what}: {', '.join(reached)}; deny it",
            )


def _answer(who: _Who, call: Call, policy: Policy | None) -> Answer:
    if policy is None:
        return unknown("the policy of what it is about is not in the stack")
    let = (
        by_resource(policy, call, who.identity)
        if call.action.startswith("kms:")
        else by_identity(who.identity, call, policy)
    )
    return all_of([let, by_identity(who.boundary, call)]) if who.boundary is not None else let


def _context(aws: AwsStack, who: _Who) -> dict[str, str]:
    context = {
        "aws:PrincipalArn": who.arn,
        "aws:PrincipalAccount": aws.expressions.account,
        "aws:RequestedRegion": aws.expressions.region,
        "aws:SecureTransport": "true",
        "s3:TlsVersion": "1.3",
    }
    said = who.place.body.get("permissions_boundary")
    # Whoever gives a role rights says under which boundary, and would say the one that is asked for.
    return context | ({"iam:PermissionsBoundary": aws.expressions.text(said)} if said else {})


def _ground(aws: AwsStack) -> Iterator[tuple[str, str, Sequence[str], Policy | None]]:
    """What stands there, with the actions that change it and its own policy."""
    keys = [str(one.get("key")) for one in blocks_of(aws.stack.terraform.get("backend", {}), "s3")]
    for bucket in aws.stack.resources("aws_s3_bucket"):
        arn = f"arn:aws:s3:::{bucket.body.get('bucket')}"
        policy = _bucket_policy(aws, bucket)
        yield bucket.place.address, arn, _OF_BUCKET, policy
        yield f"versions in {bucket.place.address}", f"{arn}/any/terraform.tfstate", _OF_VERSIONS, policy
        for key in keys:
            yield f"its own state in {bucket.place.address}", f"{arn}/{key}", _OF_OBJECT, policy
    for key_ in aws.stack.resources("aws_kms_key"):
        yield key_.place.address, aws.arn(key_), _OF_KEY, _read(aws, key_)
    for type_, actions in _BY_TYPE.items():
        for one in aws.stack.resources(type_):
            yield one.place.address, aws.arn(one), actions, ()


def _bucket_policy(aws: AwsStack, bucket: Resource) -> Policy | None:
    for policy in aws.stack.resources("aws_s3_bucket_policy"):
        if aws.same(policy.body.get("bucket"), bucket.body.get("bucket")):
            return _read(aws, policy)
    return ()


def _read(aws: AwsStack, resource: Resource) -> Policy | None:
    try:
        return aws.expressions.policy(resource.body.get("policy"))
    except UnreadableError:
        return None


def _in_google(ground: Stack, stacks: Stacks) -> Iterator[Broken]:
    accounts = list(ground.resources("google_service_account"))
    projects = {str(one.body.get("project")) for one in accounts}
    members = {
        f"serviceAccount:{one.body.get('account_id')}@{one.body.get('project')}.iam.gserviceaccount.com"
        for one in accounts
    } | {f"${{{one.place.address}.member}}" for one in accounts}
    for stack in stacks:
        for resource in stack:
            if _MEMBER.fullmatch(resource.type) and resource.body.get("member") in members:
                yield from _grant(ground, resource, projects)


def _grant(ground: Stack, resource: Resource, projects: set[str]) -> Iterator[Broken]:
    role, member = resource.body.get("role"), resource.body.get("member")
    if resource.type == "google_project_iam_member":
        if resource.body.get("project") in projects:
            yield resource.place, f"gives {member} {role} in the project of what it stands on; take it out"
    elif resource.type != "google_storage_bucket_iam_member":
        yield resource.place, f"gives {member} {role} on a part of what it stands on; take it out"
    elif role not in _READ_OBJECTS:
        yield (
            resource.place,
            f"gives {member} {role} on the bucket of states, which is more than their objects; take it out",
        )
    else:
        yield from _of_states(ground, resource)


def _of_states(ground: Stack, resource: Resource) -> Iterator[Broken]:
    own = {str(one.get("prefix")) for one in blocks_of(ground.terraform.get("backend", {}), "gcs")}
    clauses = [
        clause
        for condition in resource.blocks("condition")
        for clause in str(condition.get("expression")).split(" || ")
    ]
    read = [_CLAUSE.fullmatch(clause) for clause in clauses]
    member = resource.body.get("member")
    if not clauses or not all(read):
        yield resource.place, f"lets {member} get at objects that are not named one by one; name each state"
    for one in read:
        if one and one[1] and one[1].rpartition("/")[0] in own:
            yield (
                resource.place,
                f"lets {member} get at {one[1]}, the state of what it stands on; take it out",
            )


RULES = (
    Rule("HYB_GROUND_FIRM", Level.HIGH, "No identity of a pipeline can change what it stands on", _firm),
)
