"""Whom the clouds take for an identity of a pipeline, by what GitHub's token says.

GitHub's token says which repository it is for by name and by number, and a name can be taken by somebody else. What
the clouds compare is the numbers, the branch and the environment:

- Google maps the subject from ``repository_id`` and ``environment``; a token without environment maps to nothing.
  https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines (excerpt, 2026-11-30)
- AWS compares ``repository_id`` and ``ref`` since 2026-01, with ``actor``, ``actor_id``, ``job_workflow_ref``,
  ``repository``, ``workflow``, ``environment`` and ``enterprise_id``, when a role is assumed.
  https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/ (excerpt)
- A subject holds the numbers too, ``repo:ORG@1/NAME@2:environment:E``, in repositories that were made or renamed
  since 2026-07-15 or that switched it on; both forms are let in, and the number decides.
  https://github.com/github/docs/pull/45221 and
  https://learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects (excerpts, 2026-11-30)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

ISSUER: Final = "token.actions.githubusercontent.com"
"""Who signs the tokens of GitHub's jobs."""

AUDIENCE: Final = "sts.amazonaws.com"
"""For whom a token for AWS is made."""

SUBJECT: Final = "assertion.repository_id + ':' + assertion.environment"
"""What Google takes as the subject: at most 127 bytes, which a number and an environment's name never reach.

https://docs.cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines (excerpt, 2026-11-30)
"""


def google_condition(repository_id: str, owner_id: str) -> str:
    """What a token has to say for Google to take it at all."""
    return (
        f"assertion.repository_id == '{repository_id}' && assertion.repository_owner_id == '{owner_id}'"
        " && assertion.ref == 'refs/heads/main'"
    )


def github_forms(repository: str, repository_id: int, owner_id: int) -> tuple[str, str]:
    """How GitHub begins a subject, before and since it holds the numbers."""
    owner, _, name = repository.partition("/")
    return f"repo:{repository}", f"repo:{owner}@{owner_id}/{name}@{repository_id}"


def trust_policy(
    issuer_arn: str, repository_id: str, forms: Sequence[str], environments: Sequence[str]
) -> Mapping[str, Any]:
    """Who may assume a role in AWS: jobs of one repository, on its default branch, in these environments of GitHub's.

    Args:
        issuer_arn: ARN of GitHub's issuer in the account.
        repository_id: the repository's number.
        forms: how a subject begins.
        environments: GitHub's environments.
    """
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": [issuer_arn]},
                "Action": ["sts:AssumeRoleWithWebIdentity"],
                "Condition": {
                    "StringEquals": {
                        f"{ISSUER}:aud": [AUDIENCE],
                        f"{ISSUER}:ref": ["refs/heads/main"],
                        f"{ISSUER}:repository_id": [repository_id],
                        f"{ISSUER}:sub": [
                            f"{form}:environment:{name}" for name in environments for form in forms
                        ],
                    }
                },
            }
        ],
    }


def state_condition(bucket: str, objects: Sequence[str]) -> str:
    """These objects alone; the bucket itself for the list of names, which `terraform init` asks for.

    https://docs.cloud.google.com/iam/docs/conditions-attribute-reference (excerpt, 2026-11-30).
    """
    names = " || ".join(f'resource.name == "projects/_/buckets/{bucket}/objects/{name}"' for name in objects)
    return f'resource.type == "storage.googleapis.com/Bucket" || {names}'
