"""The ground of an environment: what its bootstrap stack makes, and what it shares with another's.

A project, an account and a bucket have one pool, one issuer and one key, whoever uses them: each is made by one ground,
which the others name as `owner`. The identities are each environment's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from estate.derived.pipeline.rights import Purpose, Rights, aws_role, rights
from estate.derived.stack_plan import bootstrap_stack
from estate.model.bootstrap import BootstrapConfig
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.naming import physical_name

PROJECT: Final = "project"
ACCOUNT: Final = "account"
BUCKET: Final = "bucket"

_SERVICES: Final = frozenset(
    {"cloudkms", "cloudresourcemanager", "iam", "iamcredentials", "serviceusage", "storage", "sts"}
)
"""APIs that the ground itself and signing in take.

https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines (excerpt, 2026-11-30)
"""

_NAMED_OTHERWISE: Final = {"resourcemanager": "cloudresourcemanager"}
"""Services of permissions whose API has another name."""


@dataclass(frozen=True)
class Ground:
    """The ground of one environment.

    Attributes:
        config: what the file says of it.
        identities: the reader and the writer.
        makes: what of a project, an account and a bucket it makes, where it has one; the owner makes the rest.
        owner: the environment that makes what this one does not; itself where nobody else does.
        services: APIs of the project in Google Cloud: those that the identities of every environment there call.
        pipelines: ARNs, with wildcards, of the roles in AWS that may not change the bucket and the key.
        states: folders in the bucket of the grounds' own states, which no pipeline touches.
    """

    config: BootstrapConfig
    identities: tuple[Rights, Rights]
    makes: frozenset[str]
    owner: str
    services: tuple[str, ...]
    pipelines: tuple[str, ...]
    states: tuple[str, ...]


def ground(estate: Estate, name: str) -> Ground | None:
    """The ground of an environment; None where its file says nothing of one."""
    config = estate.environments[name].bootstrap
    if config is None:
        return None
    reader, writer = (rights(estate, name, purpose) for purpose in Purpose)
    return Ground(
        config=config,
        identities=(reader, writer),
        makes=frozenset(made(estate, name)),
        owner=config.owner or name,
        services=tuple(sorted(_services(estate, name))),
        pipelines=tuple(_pipelines(estate, name)),
        states=tuple(_states(estate, name)),
    )


def pieces(environment: Environment) -> Mapping[str, str]:
    """What of an environment's ground there is once, whoever uses it: a project, an account, a bucket."""
    bootstrap, state = environment.bootstrap, environment.state
    bucket = state.gcs or state.s3
    found = {
        PROJECT: bootstrap.project.id if bootstrap and bootstrap.project else None,
        ACCOUNT: environment.aws.account_id if environment.aws else None,
        BUCKET: f"{bucket.bucket} ({state.kind})" if bucket else None,
    }
    return {kind: value for kind, value in found.items() if value}


def made(estate: Estate, name: str) -> Mapping[str, str]:
    """What of these an environment's ground makes: all but what its owner has too."""
    bootstrap = estate.environments[name].bootstrap
    owner = estate.environments.get(bootstrap.owner) if bootstrap and bootstrap.owner else None
    theirs = pieces(owner) if owner else {}
    return {
        kind: value for kind, value in pieces(estate.environments[name]).items() if theirs.get(kind) != value
    }


def _with_same(estate: Estate, name: str, piece: str) -> Iterator[str]:
    """The environments that have the same of something, this one among them."""
    ours = pieces(estate.environments[name]).get(piece)
    for other, environment in estate.environments.items():
        if ours is not None and pieces(environment).get(piece) == ours:
            yield other


def _services(estate: Estate, name: str) -> set[str]:
    """Google refuses calls whose API is off in the project of the account that calls, whatever they are about.

    "If the principal for the API call is a service account, including by impersonation, the project associated with the
    service account is used as the quota project": https://docs.cloud.google.com/docs/quotas/set-quota-project (2026-12-01).
    Which APIs these are follows from what the identities ask.
    """
    called = {
        permission.partition(".")[0]
        for other in _with_same(estate, name, PROJECT)
        for permission in rights(estate, other, Purpose.READER).permissions
    }
    names = _SERVICES | {_NAMED_OTHERWISE.get(one, one) for one in called}
    return {f"{one}.googleapis.com" for one in names}


def _pipelines(estate: Estate, name: str) -> Iterator[str]:
    """Those of every environment of the account, and whatever roles they make."""
    for other in _with_same(estate, name, ACCOUNT):
        environment = estate.environments[other]
        account = environment.aws.account_id if environment.aws else ""
        prefix = f"arn:aws:iam::{account}:role/"
        yield from (f"{prefix}{aws_role(environment, purpose)}" for purpose in Purpose)
        yield f"{prefix}{physical_name(estate.organization.name, other, '*')}"


def _states(estate: Estate, name: str) -> Iterator[str]:
    for other in _with_same(estate, name, BUCKET):
        environment = estate.environments[other]
        if environment.bootstrap:
            yield environment.state.folder(other, bootstrap_stack(other))
