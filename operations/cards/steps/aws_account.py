"""AWS before the first apply: the account, who may apply, identities that policies name, and roles of AWS's services.

KMS refuses a key policy that names a role or user which is not there ("Policy contains a statement with one or more
invalid principals", https://github.com/lightspin-tech/eks-creation-engine/issues/4, of AWSServiceRoleForAutoScaling),
and EKS an access entry ("The specified principalArn is invalid",
https://github.com/awslabs/minimum-viable-dataspace-on-aws/issues/5); both seen as excerpts, 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from estate.derived.aws.services import made_at_first_use, passed_on, services
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_node_group import Capacity
from estate.model.aws.kms_key import KmsKeyConfig
from estate.model.environment import Environment
from operations.cards.card import Step, Turn

_SERVICE_LINKED: Final = "aws-service-role"
_SPOT: Final = "spot.amazonaws.com"


def account_steps(environment: Environment, aws: AwsConfig) -> Iterator[Step]:
    """What has to be there of the account before anything is applied."""
    who = aws.deployer or "the role or user that applies"
    themselves = list(made_at_first_use(environment, aws))
    roles = ", ".join(("the roles that it makes", *passed_on(aws)))
    ground = environment.bootstrap
    yield Step(
        Turn.RIGHTS,
        f"have account {aws.account_id}, which the ground's identities are made in"
        if ground
        else f"have account {aws.account_id}, and in it let {who} manage {', '.join(services(environment, aws))}, with "
        f"iam:PassRole for {roles}"
        + (f" and iam:CreateServiceLinkedRole for {', '.join(themselves)}" if themselves else "")
        + f"; hybrid permissions {environment.environment} --for writer --format json has the policy",
        (f"aws sts get-caller-identity --query Account --output text  # {aws.account_id}",),
    )
    found = named_identities(aws)
    if ground:
        found = {arn: uses for arn, uses in found.items() if arn != aws.deployer}
    if found:
        named = "; ".join(f"{arn} ({', '.join(uses)})" for arn, uses in found.items())
        yield Step(
            Turn.RIGHTS,
            "have these roles and users, which AWS refuses to name in a policy or an access entry while they are not "
            f"there: {named}",
            tuple(_look_up(aws, arn) for arn in found),
        )
    images = _images(aws)
    if images:
        yield Step(
            Turn.RIGHTS,
            f"have these images in {aws.region}, which account {aws.account_id} may start: {', '.join(images)}",
            (
                f"aws ec2 describe-images --region {aws.region} --image-ids {' '.join(images)} --query 'Images[].Name'",
            ),
        )
    made = service_linked(aws)
    if made:
        yield Step(
            Turn.BEFORE,
            "make the roles of AWS's own services that are needed before these would make them, unless they are there: "
            f"{'; '.join(made.values())}",
            tuple(f"aws iam create-service-linked-role --aws-service-name {name}" for name in made),
        )


def _images(aws: AwsConfig) -> list[str]:
    """Images that machines are made from and that the file names by their id."""
    images = [aws.bastion.ami_id if aws.bastion else None]
    images += [aws.management_service.ami_id] if aws.management_service else []  # until 2027-03-17
    return list(dict.fromkeys(one for one in images if one))


def named_identities(aws: AwsConfig) -> Mapping[str, list[str]]:
    """Roles and users that people make, by ARN, with what names each."""
    found: dict[str, list[str]] = {}
    for arn, use in _named(aws):
        if not _is_service_linked(arn) and use not in found.setdefault(arn, []):
            found[arn].append(use)
    return found


def service_linked(aws: AwsConfig) -> Mapping[str, str]:
    """Roles of AWS's own services that have to be there before the first apply, each with its reason, by service.

    "If you use the AWS CLI or an API to request a Spot Instance, you must first ensure that this role exists":
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html (2026-11-30).
    """
    found = {arn.split("/")[2]: f"{arn} ({use})" for arn, use in _named(aws) if _is_service_linked(arn)}
    if any(
        group.capacity is Capacity.SPOT
        for cluster in aws.eks_clusters.values()
        for group in cluster.node_groups.values()
    ):
        found[_SPOT] = "AWSServiceRoleForEC2Spot (spot instances of EKS clusters)"
    return found


def _named(aws: AwsConfig) -> Iterator[tuple[str, str]]:
    if aws.deployer:
        yield aws.deployer, "applies"
    for key, kms_key in sorted(aws.kms_keys.items()):
        if isinstance(kms_key, KmsKeyConfig):
            yield from ((arn, f"KMS key {key}") for arn in (*kms_key.administrators, *kms_key.users))
    for key, cluster in sorted(aws.eks_clusters.items()):
        yield from ((arn, f"EKS cluster {key}") for arn in cluster.access.administrators.values())
        if cluster.role:
            yield cluster.role, f"control plane of EKS cluster {key}"
        if cluster.access.installer:
            yield cluster.access.installer, f"applies what attaches EKS cluster {key}"
    service = aws.management_service  # until 2027-03-17
    arns = service.admin_identity_arns if service else ()  # until 2027-03-17
    yield from ((arn, "management service") for arn in arns)  # until 2027-03-17


def _is_service_linked(arn: str) -> bool:
    return f":role/{_SERVICE_LINKED}/" in arn


def _look_up(aws: AwsConfig, arn: str) -> str:
    """The command that shows an identity, whose path is no part of its name."""
    *_, account, resource = arn.split(":")
    kind, *_, name = resource.split("/")
    elsewhere = "" if account == aws.account_id else f"  # in account {account}"
    return f"aws iam get-{kind} --{kind}-name {name} --query {kind.title()}.Arn{elsewhere}"
