"""What the person who makes a ground has to be and to have, before anything."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.pipeline.ground import Ground
from estate.model.bootstrap import GroundProject
from estate.model.environment import Environment
from operations.cards.card import Task
from operations.cards.steps.commands import for_each

_IN_GROUND = (
    "cloudkms.admin",
    "iam.serviceAccountAdmin",
    "iam.workloadIdentityPoolAdmin",
    "serviceusage.serviceUsageAdmin",
    "storage.admin",
)
"""Roles on the ground's own project, by the types that its stack makes.

https://docs.cloud.google.com/iam/docs/manage-workload-identity-pools-providers: `roles/iam.workloadIdentityPoolAdmin`
makes pools (excerpt, 2026-12-01).
"""

_IN_ENVIRONMENT = ("iam.roleAdmin", "resourcemanager.projectIamAdmin")
"""Roles on each of the environment's projects, in which the identities get theirs."""

_TO_BEGIN = ("cloudresourcemanager", "iam", "serviceusage", "storage")
"""APIs that Terraform and the first commands ask before the stack switches on the rest."""


def right_tasks(environment: Environment, found: Ground) -> Iterator[Task]:
    """Who the person is in each place, and what they may do there."""
    github = found.config.github
    yield Task(
        "see that the numbers are those of the repository; another's jobs would become the identities otherwise",
        (
            f"gh api repos/{github.repository} --jq .id  # {github.repository_id}",
            f"gh api repos/{github.repository} --jq .owner.id  # {github.owner_id}",
        ),
    )
    if found.config.project:
        yield from _in_google(environment, found, found.config.project)
    if environment.aws:
        yield Task(
            "sign in to AWS with the right to make roles, policies and an issuer of tokens"
            + (", a bucket and a key" if environment.state.s3 else ""),
            (f"aws sts get-caller-identity --query Account --output text  # {environment.aws.account_id}",),
        )


def _in_google(environment: Environment, found: Ground, project: GroundProject) -> Iterator[Task]:
    yield Task(
        "have a project made for the ground alone, with a billing account, and switch on what is asked first",
        (
            f"gcloud services enable {' '.join(f'{name}.googleapis.com' for name in _TO_BEGIN)} --project={project.id}",
        ),
        (
            f"gcloud projects describe {project.id} --format='value(projectNumber)'  # {project.number}",
            f"gcloud billing projects describe {project.id} --format='value(billingEnabled)'  # True",
        ),
    )
    grants = [_grant(project.id, _IN_GROUND)]
    google = environment.google
    theirs = found.identities[0].projects if google else ()
    grants += [_grant(one, _IN_ENVIRONMENT) for one in theirs]
    yield Task(
        "sign in to Google Cloud with these roles, which an owner of the projects has anyway and which can be taken back "
        "afterwards",
        ("gcloud auth application-default login", "PERSON=user:ADDRESS", *grants),
        (
            f"gcloud projects get-iam-policy {project.id} --flatten=bindings "
            "--filter=bindings.members:$PERSON --format='value(bindings.role)'",
        ),
    )


def _grant(project: str, roles: tuple[str, ...]) -> str:
    command = (
        f"gcloud projects add-iam-policy-binding {project} --member=$PERSON --role=roles/$role "
        "--condition=None --format=none"
    )
    return for_each("role", list(roles), command)
