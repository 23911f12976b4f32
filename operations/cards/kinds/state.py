"""Terraform's state, and what Terraform may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.environment import Environment
from estate.model.state import GcsState, S3State, State
from operations.cards.card import Card, Entity, Step, Turn, Weight, row

_TAKES_NO_PLACE: Final = "us-east-1"


def _summary(entity: Entity[State]) -> str:
    state, name = entity.config, entity.environment.environment
    if state.gcs:
        return f"gs://{state.gcs.bucket}/{state.gcs.prefix or name}"
    if state.s3:
        return f"s3://{state.s3.bucket}/{state.s3.prefix or name} in {state.s3.region}"
    return f".state/{name}/ on this machine"


def _warnings(entity: Entity[State]) -> Iterator[tuple[Weight, str]]:
    if entity.config.local:
        yield (
            Weight.LOST,
            "its state lies on this machine only (.state/), fit for trying out: nobody else sees or locks it",
        )


def _steps(entity: Entity[State]) -> Iterator[Step]:
    """A state that holds the bucket it lies in cannot be made: https://developer.hashicorp.com/terraform/language/backend."""
    state = entity.config
    if entity.environment.bootstrap:
        name = entity.environment.environment
        yield Step(
            Turn.RIGHTS,
            f"make what {name} stands on: the bucket of its state, and the identities that plan and apply it; one of these "
            "prints how, and docs/bootstrap.md says which",
            tuple(f"hybrid bootstrap {name} --first {first}" for first in ("local", "bucket")),
        )
        return
    if state.gcs:
        yield _bucket(state.gcs, _in_google(entity, state.gcs))
    if state.s3:
        yield _bucket(state.s3, tuple(_in_aws(state.s3)))


def _bucket(bucket: GcsState | S3State, commands: tuple[str, ...]) -> Step:
    return Step(
        Turn.BEFORE,
        f"make the bucket {bucket.bucket} for Terraform's state, unless it is there, and let whoever applies read and "
        "write it; a state holds secrets, so nobody else",
        commands,
    )


def commands_of_bucket(environment: Environment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Commands that make the bucket of an environment's ground, and those that show it; none without one."""
    state, ground = environment.state, environment.bootstrap
    if state.gcs and ground and ground.project:
        region = ground.location or (environment.google.region if environment.google else "")
        return _made_in_google(state.gcs, ground.project.id, region), (
            f"gcloud storage buckets describe gs://{state.gcs.bucket} --format='value(versioning_enabled)'  # True",
        )
    show = "aws s3api get-bucket-versioning --bucket {} --query Status --output text  # Enabled"
    return (tuple(_in_aws(state.s3)), (show.format(state.s3.bucket),)) if state.s3 else ((), ())


def _in_google(entity: Entity[State], bucket: GcsState) -> tuple[str, ...]:
    google = entity.environment.google
    project, place = (google.host_project.id, google.region) if google else ("PROJECT", "LOCATION")
    return _made_in_google(bucket, project, place)


def _made_in_google(bucket: GcsState, project: str, place: str) -> tuple[str, ...]:
    return (
        f"gcloud storage buckets create gs://{bucket.bucket} --project={project} --location={place} "
        "--uniform-bucket-level-access --public-access-prevention",
        f"gcloud storage buckets update gs://{bucket.bucket} --versioning",
    )


def _in_aws(bucket: S3State) -> Iterator[str]:
    """https://docs.aws.amazon.com/cli/latest/reference/s3api/create-bucket.html: us-east-1 takes no constraint."""
    name, region = f"--bucket {bucket.bucket}", f"--region {bucket.region}"
    place = (
        ""
        if bucket.region == _TAKES_NO_PLACE
        else f" --create-bucket-configuration LocationConstraint={bucket.region}"
    )
    yield f"aws s3api create-bucket {name} {region}{place}"
    yield f"aws s3api put-bucket-versioning {name} --versioning-configuration Status=Enabled"
    yield (
        f"aws s3api put-public-access-block {name} --public-access-block-configuration "
        "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true"
    )
    if bucket.kms_key_arn:
        yield f"aws kms describe-key {region} --key-id {bucket.kms_key_arn}"


CARD = Card(
    path="state",
    models=(State,),
    noun="Terraform state",
    parts=("gcs", "s3", "local"),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
)
