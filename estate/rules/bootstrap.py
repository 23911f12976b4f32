"""Rules on the ground: that it can be made, by one, and by nobody who stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.pipeline.ground import ACCOUNT, BUCKET, PROJECT, made, pieces
from estate.model.bootstrap import BootstrapConfig
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.rules import Violation, rule

_WORDS: Final = {PROJECT: "project", ACCOUNT: "account", BUCKET: "bucket"}


@rule(on=Environment)
def ground_is_under_a_remote_state(environment: Environment) -> Iterator[Violation]:
    """A pipeline reads and writes its state in a bucket, which is what the ground begins with."""
    if environment.bootstrap and environment.state.local:
        yield Violation(
            ("state", "local"),
            "is on one machine, which no pipeline reads: with bootstrap say gcs or s3, with the name that its bucket is to "
            "have",
            ("bootstrap",),
        )


@rule(on=Environment)
def ground_has_a_project(environment: Environment) -> Iterator[Violation]:
    """What is of Google Cloud has a project, and a project is said for nothing else."""
    bootstrap = environment.bootstrap
    if bootstrap is None:
        return
    needed = environment.google is not None or environment.state.gcs is not None
    if needed and bootstrap.project is None:
        what = "google" if environment.google else "state.gcs"
        yield Violation(
            ("bootstrap", "project"),
            f"is needed with {what}: a project that holds the identities and the bucket and nothing of any environment",
            (what.partition(".")[0],),
        )
    if bootstrap.project and not needed:
        yield Violation(("bootstrap", "project"), "goes with google or state.gcs; take it out", ("google",))
    if environment.state.gcs and environment.google is None and bootstrap.location is None:
        yield Violation(
            ("bootstrap", "location"), "is needed without google.region: the bucket's region", ("google",)
        )
    if bootstrap.location and environment.state.gcs is None:
        yield Violation(
            ("bootstrap", "location"),
            "is of a bucket in Cloud Storage, and state names none; take it out",
            ("state",),
        )


@rule(on=Environment)
def ground_has_an_account(environment: Environment) -> Iterator[Violation]:
    """A bucket in S3 is made in the environment's account, with a key of its own, for a role of that account."""
    if environment.bootstrap is None:
        return
    if environment.state.s3 and environment.aws is None:
        yield Violation(
            ("state", "s3"), "is made in the account that aws says; add aws, or say gcs", ("aws",)
        )
    if environment.state.s3 and environment.state.s3.kms_key_arn:
        yield Violation(
            ("state", "s3", "kms_key_arn"),
            "is of another key than the one that bootstrap makes for the bucket; take it out",
            ("bootstrap",),
        )
    deployer = environment.aws.deployer if environment.aws else None
    if (
        deployer
        and environment.aws
        and (
            not deployer.startswith(f"arn:aws:iam::{environment.aws.account_id}:role/")
            or deployer.count("/") > 1
        )
    ):
        yield Violation(
            ("aws", "deployer"),
            f"is the role that bootstrap makes for the pipeline, so write arn:aws:iam::{environment.aws.account_id}:"
            f"role/NAME without a path, got {deployer}",
            ("bootstrap",),
        )


@rule(on=Estate)
def grounds_have_an_owner(estate: Estate) -> Iterator[Violation]:
    """An owner has a ground of its own, which is nobody else's, and something in common."""
    for name, environment in estate.environments.items():
        bootstrap = environment.bootstrap
        owner = bootstrap.owner if bootstrap else None
        if bootstrap is None or owner is None:
            continue
        path = (name, "bootstrap", "owner")
        other = estate.environments.get(owner)
        if owner == name or other is None:
            yield Violation(
                path, f"must be another environment, got {owner}; leave it out for one of its own", (owner,)
            )
        elif other.bootstrap is None or other.bootstrap.owner:
            yield Violation(
                path,
                f"must be an environment with bootstrap and without bootstrap.owner, and {owner} is none",
                (owner, "bootstrap"),
            )
        elif len(made(estate, name)) == len(pieces(environment)):
            yield Violation(
                path,
                f"has nothing of this environment's: {owner} has another project, another account and another bucket; "
                "take it out",
                (owner, "bootstrap"),
            )
        else:
            yield from _fits(estate, name, owner, (bootstrap, other.bootstrap))


def _fits(
    estate: Estate, name: str, owner: str, grounds: tuple[BootstrapConfig, BootstrapConfig]
) -> Iterator[Violation]:
    environment, other = estate.environments[name], estate.environments[owner]
    ours, theirs = pieces(environment), pieces(other)
    shared = {kind for kind, value in ours.items() if theirs.get(kind) == value}
    own, of_owner = grounds
    if PROJECT in shared and own.github != of_owner.github:
        yield Violation(
            (name, "bootstrap", "github"),
            f"must be that of {owner}, whose pool lets in one repository; say the same, or another project",
            (owner, "bootstrap"),
        )
    if BUCKET in shared and environment.state.gcs and PROJECT not in shared:
        yield Violation(
            (name, "bootstrap", "project"),
            f"must be that of {owner}, which has the bucket; say the same, or another bucket",
            (owner, "bootstrap"),
        )
    if BUCKET in shared and environment.state.s3 and ACCOUNT not in shared:
        yield Violation(
            (name, "state", "s3", "bucket"),
            f"is of the account of {owner}, which lets in no other account; say another bucket",
            (owner, "aws"),
        )


@rule(on=Estate)
def grounds_are_made_once(estate: Estate) -> Iterator[Violation]:
    """A pool, an issuer and a bucket are made by one ground: the second apply would fail, or take them over."""
    taken: dict[tuple[str, str], str] = {}
    for name, environment in estate.environments.items():
        owner = environment.bootstrap_owner
        if environment.bootstrap is None or (owner and owner not in estate.environments):
            continue
        for kind, value in made(estate, name).items():
            other = taken.setdefault((kind, value), name)
            if other != name:
                yield Violation(
                    (name, "bootstrap"),
                    f"would make what {_WORDS[kind]} {value} has once, and {other} makes it; "
                    f"say bootstrap: {{owner: {estate.environments[other].bootstrap_owner or other}}}",
                    (other, "bootstrap"),
                )


@rule(on=Estate)
def grounds_are_nobodys_estate(estate: Estate) -> Iterator[Violation]:
    """Who applies an environment gives roles in its projects, and so must not find the ground there."""
    held = {
        project: name
        for name, environment in estate.environments.items()
        if environment.google
        for project in (
            environment.google.host_project.id,
            *(one.id for one in environment.google.service_projects.values()),
        )
    }
    for name, environment in estate.environments.items():
        project = environment.bootstrap.project if environment.bootstrap else None
        if project and project.id in held:
            yield Violation(
                (name, "bootstrap", "project", "id"),
                f"must be a project that no environment has, got {project.id}, in which {held[project.id]}'s pipeline may "
                "give itself any role; have one for the ground alone",
                (held[project.id], "google"),
            )
