"""The rights of the two identities of a pipeline, from what an environment's stacks are made of.

The reader looks at what the stacks made and reads their states: no object of a bucket, no secret, no parameter, no log,
nothing is decrypted but a state. The writer may change it, too; in AWS only in the account's region, and roles only
under the environment's names. Left out: what a companion asks of vCenter or of a cluster, which have users of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from estate.derived.aws.services import made_at_first_use, passed_on, services
from estate.derived.google.rings import project_of, rings_elsewhere
from estate.derived.google.roles import host_roles, service_roles
from estate.derived.google.services import has_authority, makes_rules
from estate.derived.share import Share, shares
from estate.derived.stack_plan import stack_plans
from estate.derived.vpn.routes import by_hub
from estate.facts.terraform_rights import aws_reads, aws_writes, google_reads
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.google.google import GoogleConfig
from estate.model.naming import physical_name

_ALWAYS: Final = frozenset({"ec2", "iam", "kms", "logs"})
_SERVICES: Final = {
    "Auto Scaling": "autoscaling",
    "EKS": "eks",
    "Elastic Load Balancing": "elasticloadbalancing",
    "Route 53 Resolver": "route53resolver",
}
_OBJECTS: Final = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")  # until 2027-03-17
_ROLE: Final = ":role/"


class Purpose(StrEnum):
    """What an identity is for."""

    READER = "reader"
    WRITER = "writer"


@dataclass(frozen=True)
class GoogleState:
    """Where states lie in Cloud Storage.

    Attributes:
        bucket: the bucket.
        objects: those of the environment's stacks in it, by name; another environment's may lie below one's folder.
        role: what the identity may do there.
    """

    bucket: str
    objects: tuple[str, ...]
    role: str


@dataclass(frozen=True)
class Rights:
    """What one identity may do.

    Attributes:
        environment: for which.
        purpose: what it is for.
        subjects: GitHub's environments whose jobs become it.
        aws: an IAM policy; None without AWS and without a state there.
        account: AWS's account, where there is one.
        role: the name of the role in AWS; the writer's is that which the file calls `deployer`, where it does.
        permissions: of the reader, permissions of Google Cloud in every project.
        roles: of the writer, Google's roles by project.
        projects: every project in Google Cloud, the host project first.
        rings: key rings of Cloud KMS in projects where these roles or permissions are not given.
        state: where states lie in Google Cloud.
    """

    environment: str
    purpose: Purpose
    subjects: tuple[str, ...]
    aws: Mapping[str, Any] | None
    account: str | None
    role: str
    permissions: tuple[str, ...]
    roles: Mapping[str, Sequence[str]]
    projects: tuple[str, ...]
    rings: tuple[str, ...]
    state: GoogleState | None


def rights(estate: Estate, name: str, purpose: Purpose) -> Rights:
    """The rights of one identity of an environment."""
    environment = estate.environments[name]
    reads = purpose is Purpose.READER
    google = environment.google
    subjects = (f"plan-{name}", f"agreed-{name}", f"drift-{name}") if reads else (name,)
    statements = [*_aws_statements(estate, environment, purpose), *_state_statements(estate, name, purpose)]
    return Rights(
        environment=name,
        purpose=purpose,
        subjects=subjects,
        aws={"Version": "2012-10-17", "Statement": statements} if statements else None,
        account=environment.aws.account_id if environment.aws else None,
        role=aws_role(environment, purpose),
        permissions=tuple(_google_permissions(environment, google)) if google and reads else (),
        roles=_google_roles(environment, google, shares(estate)[name]) if google and not reads else {},
        projects=_projects(google) if google else (),
        rings=_rings(google, purpose) if google else (),
        state=_google_state(estate, name, purpose),
    )


def _aws_statements(estate: Estate, environment: Environment, purpose: Purpose) -> Iterator[dict[str, Any]]:
    aws = environment.aws
    if aws is None:
        return
    used = _ALWAYS | {_SERVICES[one] for one in services(environment, aws) if one in _SERVICES}
    reads = frozenset().union(*aws_reads().values())
    writes = frozenset().union(*aws_writes().values()) - reads
    prefix = physical_name(estate.organization.name, environment.environment, "")
    # Describing takes the whole account: most of these actions name no resource.
    yield _allow("Look", _of(reads, used), ["*"])
    if purpose is Purpose.WRITER:
        in_region = {"StringEquals": {"aws:RequestedRegion": [aws.region]}}
        yield _allow("Change", _of(writes, used - {"iam"}), ["*"], in_region)
        account = f"arn:aws:iam::{aws.account_id}"
        ours = [f"{account}:{kind}/{prefix}*" for kind in ("role", "instance-profile")]
        issuers = f"{account}:oidc-provider/oidc.eks.{aws.region}.amazonaws.com/*"
        yield _allow("Roles", _of(writes, {"iam"}), [*ours, issuers])
        own = [f"{account}:role/{aws_role(environment, one)}" for one in Purpose]
        yield _allow("NotItself", _of(writes, {"iam"}), own) | {"Effect": "Deny"}
        if passed := passed_on(aws):
            to = {"StringEquals": {"iam:PassedToService": ["eks.amazonaws.com"]}}
            yield _allow("RolesOfClusters", ["iam:PassRole"], passed, to)
        themselves = list(made_at_first_use(environment, aws))
        if themselves:
            only = {"StringEquals": {"iam:AWSServiceName": themselves}}
            linked = [f"{account}:role/aws-service-role/*"]
            yield _allow("RolesOfServices", ["iam:CreateServiceLinkedRole"], linked, only)
    if aws.management_service:  # until 2027-03-17
        bucket = f"arn:aws:s3:::{prefix}*"  # until 2027-03-17
        s3 = _of(reads if purpose is Purpose.READER else reads | writes, {"s3"})  # until 2027-03-17
        others = [action for action in s3 if not action.startswith(_OBJECTS)]  # until 2027-03-17
        yield _allow("Bucket", others, [bucket])  # until 2027-03-17
        objects = [action for action in s3 if action.startswith(_OBJECTS)]  # until 2027-03-17
        yield _allow("Document", objects, [f"{bucket}/management.yaml"])  # until 2027-03-17


def aws_role(environment: Environment, purpose: Purpose) -> str:
    """Name of an identity's role in AWS; the writer's is that which the file calls `deployer`, where it does."""
    deployer = environment.aws.deployer if environment.aws else None
    if purpose is Purpose.WRITER and deployer and _ROLE in deployer:
        return deployer.rpartition("/")[2]
    return f"{environment.environment}-pipeline-{purpose}"


def _state_statements(estate: Estate, name: str, purpose: Purpose) -> Iterator[dict[str, Any]]:
    """States in S3: each stack's, and its lock file beside it.

    https://developer.hashicorp.com/terraform/language/backend/s3 (2026-11-30): ListBucket of the bucket, GetObject and
    PutObject of the state, with DeleteObject for the lock file. The reader takes no lock. The key is asked by S3 alone, for
    whoever reads the object: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html, 2026-11-30.
    """
    environment = estate.environments[name]
    state = environment.state
    if state.s3 is None:
        return
    bucket = f"arn:aws:s3:::{state.s3.bucket}"
    keys = [f"{folder}/terraform.tfstate" for folder in _folders(estate, name)]
    writes = purpose is Purpose.WRITER
    # Names alone; without it, a state that is not there yet is refused rather than missed.
    yield _allow("StateIsThere", ["s3:ListBucket"], [bucket])
    yield _allow(
        "State",
        ["s3:GetObject", *(["s3:PutObject"] if writes else [])],
        [f"{bucket}/{key}" for key in keys],
    )
    if writes:
        locks = [f"{bucket}/{key}.tflock" for key in keys]
        yield _allow("StateLock", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], locks)
    if state.s3.kms_key_arn:
        actions = ["kms:Decrypt", *(["kms:GenerateDataKey"] if writes else [])]
        via = {"StringEquals": {"kms:ViaService": f"s3.{state.s3.region}.amazonaws.com"}}
        yield _allow("StateKey", actions, [state.s3.kms_key_arn], via)
    elif environment.bootstrap and environment.aws:
        # The ground's key, whose ARN nobody knows before it is made: what is encrypted says which it is. "S3 Bucket
        # Keys use the bucket ARN as encryption context", and S3 an object's otherwise:
        # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html (excerpt, 2026-12-01)
        actions = ["kms:Decrypt", *(["kms:GenerateDataKey"] if writes else [])]
        keys_there = f"arn:aws:kms:{state.s3.region}:{environment.aws.account_id}:key/*"
        yield _allow("StateKey", actions, [keys_there], through_s3(state.s3.region, bucket))


def through_s3(region: str, bucket_arn: str) -> Mapping[str, Any]:
    """The condition that a key is asked by S3, for a bucket and what lies in it."""
    return {
        "StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"},
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": [bucket_arn, f"{bucket_arn}/*"]},
    }


def _google_state(estate: Estate, name: str, purpose: Purpose) -> GoogleState | None:
    """The states by name, and the writer's locks; the reader takes none.

    `stateFileSuffix` and `lockFileSuffix` of Terraform's gcs backend (backend_state.go, excerpt, 2026-11-30).
    """
    state = estate.environments[name].state
    if state.gcs is None:
        return None
    reads = purpose is Purpose.READER
    role = "roles/storage.objectViewer" if reads else "roles/storage.objectUser"
    ends = ("tfstate",) if reads else ("tfstate", "tflock")
    objects = (f"{folder}/default.{end}" for folder in _folders(estate, name) for end in ends)
    return GoogleState(state.gcs.bucket, tuple(objects), role)


def _folders(estate: Estate, name: str) -> Iterator[str]:
    state = estate.environments[name].state
    for stack, plan in stack_plans(estate).items():
        if plan.environment == name and not plan.by_hand:
            yield state.folder(name, stack)


def _google_permissions(environment: Environment, google: GoogleConfig) -> Iterator[str]:
    needed = {
        "cloudkms": google.kms_keys,
        "container": google.gke_clusters,
        "dns": google.network,
        "gkebackup": any(cluster.backup for cluster in google.gke_clusters.values()),
        "gkehub": environment.fleet,
        "gkemulticloud": environment.attached_clusters,
        "gkeonprem": environment.vmware,
        "networkconnectivity": by_hub(environment),
        "privateca": has_authority(environment),
    }
    rules = makes_rules(google)
    for permission in sorted(frozenset().union(*google_reads().values())):
        service = permission.partition(".")[0]
        if needed.get(service, True) and (rules or permission != "iam.roles.get"):
            yield permission


def _google_roles(
    environment: Environment, google: GoogleConfig, share: Share
) -> Mapping[str, Sequence[str]]:
    return {
        google.host_project.id: [f"roles/{role}" for role in host_roles(environment, google, share)],
        **{
            project.id: [f"roles/{role}" for role in service_roles(google, key)]
            for key, project in sorted(google.service_projects.items())
        },
    }


def _projects(google: GoogleConfig) -> tuple[str, ...]:
    return google.host_project.id, *(one.id for _, one in sorted(google.service_projects.items()))


def _rings(google: GoogleConfig, purpose: Purpose) -> tuple[str, ...]:
    """Those of other projects: the reader's permissions are given in service projects too, the writer's role is not."""
    known = _projects(google) if purpose is Purpose.READER else ()
    return tuple(ring for ring in rings_elsewhere(google) if project_of(ring) not in known)


def _of(actions: frozenset[str], services_: frozenset[str] | set[str]) -> list[str]:
    return sorted(action for action in actions if action.partition(":")[0] in services_)


def _allow(
    sid: str, actions: Sequence[str], resources: Sequence[str], condition: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    statement = {"Sid": sid, "Effect": "Allow", "Action": list(actions), "Resource": list(resources)}
    return statement | ({"Condition": condition} if condition else {})
