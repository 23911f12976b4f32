"""The identities of a pipeline as Terraform code, and as JSON for whoever makes them otherwise.

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

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from estate.derived.pipeline.rights import GoogleState, Purpose, Rights

_ISSUER: Final = "token.actions.githubusercontent.com"
_SHARED: Final = """\
variable "repository" {
  type        = string
  description = "ORGANIZATION/NAME, by which GitHub's subjects begin."
}

variable "repository_id" {
  type        = string
  description = "Its number, which nobody else ever gets: gh api repos/ORGANIZATION/NAME --jq .id"
}

variable "owner_id" {
  type        = string
  description = "The organization's number: gh api repos/ORGANIZATION/NAME --jq .owner.id"
}

locals {
  # As GitHub writes a subject, before and since it holds the numbers.
  repositories = [
    "repo:${var.repository}",
    format("repo:%s@%s/%s@%s", split("/", var.repository)[0], var.owner_id, split("/", var.repository)[1], var.repository_id),
  ]
}
"""
_AWS_SHARED: Final = f"""\
resource "aws_iam_openid_connect_provider" "github" {{
  url            = "https://{_ISSUER}"
  client_id_list = ["sts.amazonaws.com"]
}}
"""
_GOOGLE_SHARED: Final = f"""\
resource "google_iam_workload_identity_pool" "github" {{
  project                   = "%s"
  workload_identity_pool_id = "github"
}}

resource "google_iam_workload_identity_pool_provider" "github" {{
  project                            = "%s"
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_mapping                  = {{ "google.subject" = "assertion.repository_id + ':' + assertion.environment" }}
  attribute_condition                = "assertion.repository_id == '${{var.repository_id}}' && assertion.repository_owner_id == '${{var.owner_id}}' && assertion.ref == 'refs/heads/main'"
  oidc {{ issuer_uri = "https://{_ISSUER}" }}
}}
"""


def hcl(found: Rights) -> str:
    """Terraform code for one identity; the reader's brings what the writer's stands on."""
    made = f"hybrid permissions {found.environment} --for {found.purpose} --format hcl"
    return "\n".join([f"# Made by `{made}`; docs/identities.md says the rest.\n", *_parts(found)])


def rights_json(found: Rights) -> str:
    """The same for machines: rights and, for AWS, who may assume the role."""
    document = {
        "environment": found.environment,
        "identity": str(found.purpose),
        "github_environments": list(found.subjects),
        "aws": {"account": found.account, "policy": found.aws, "trust": _trust(found)} if found.aws else None,
        "google": {
            "projects": list(found.projects),
            "permissions": list(found.permissions),
            "roles": {project: list(roles) for project, roles in found.roles.items()},
            "state": _google_state_json(found.state),
        }
        if found.projects or found.state
        else None,
    }
    return json.dumps(document, indent=2)


def _parts(found: Rights) -> Iterator[str]:
    reads = found.purpose is Purpose.READER
    if reads:
        yield _SHARED
    if found.projects:
        host = found.projects[0]
        if reads:
            yield _GOOGLE_SHARED % (host, host)
        yield from _google(found, host)
    if found.aws is not None:
        if reads:
            yield _AWS_SHARED
        yield _aws(found, found.aws)


def _aws(found: Rights, policy: Mapping[str, Any]) -> str:
    who = found.purpose
    name = f'  name = "{found.role}"\n'
    if who is Purpose.WRITER:
        # As long as a job of the writer's may take; how long a session lasts is asked for, by AWS_SECONDS.
        name = f'  name                 = "{found.role}"\n  max_session_duration = 21600\n'
    return f"""\
# AWS_ROLE of GitHub's environments is this role's ARN.
resource "aws_iam_role" "{who}" {{
{name}  assume_role_policy = {_encoded(_trust(found))}
}}

resource "aws_iam_role_policy" "{who}" {{
  name = "{who}"
  role = aws_iam_role.{who}.name
  policy = {_encoded(policy)}
}}
"""


def _trust(found: Rights) -> Mapping[str, Any]:
    subjects = [
        f"${{local.repositories[{form}]}}:environment:{name}" for name in found.subjects for form in (0, 1)
    ]
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Federated": ["${aws_iam_openid_connect_provider.github.arn}"]},
                "Action": ["sts:AssumeRoleWithWebIdentity"],
                "Condition": {
                    "StringEquals": {
                        f"{_ISSUER}:aud": ["sts.amazonaws.com"],
                        f"{_ISSUER}:ref": ["refs/heads/main"],
                        f"{_ISSUER}:repository_id": ["${var.repository_id}"],
                        f"{_ISSUER}:sub": subjects,
                    }
                },
            }
        ],
    }


def _google(found: Rights, host: str) -> Iterator[str]:
    who = found.purpose
    members = json.dumps(found.subjects)
    yield f"""\
# GOOGLE_SERVICE_ACCOUNT of GitHub's environments is its address, GOOGLE_PROVIDER the provider's name.
resource "google_service_account" "{who}" {{
  project    = "{host}"
  account_id = "{found.environment}-pipeline-{who}"
}}

resource "google_service_account_iam_member" "{who}" {{
  for_each           = toset({members})
  service_account_id = google_service_account.{who}.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principal://iam.googleapis.com/${{google_iam_workload_identity_pool.github.name}}/subject/${{var.repository_id}}:${{each.value}}"
}}
"""
    if found.permissions:
        yield f"""\
resource "google_project_iam_custom_role" "{who}" {{
  for_each = toset({json.dumps(found.projects)})
  project  = each.value
  role_id  = "{found.environment}_pipeline_{who}"
  title    = "{found.environment}: looks at what Terraform made"
  permissions = {_indented(list(found.permissions), 2)}
}}

resource "google_project_iam_member" "{who}" {{
  for_each = google_project_iam_custom_role.{who}
  project  = each.key
  role     = each.value.name
  member   = google_service_account.{who}.member
}}
"""
    if found.roles:
        pairs = {
            f"{project} {role}": {"project": project, "role": role}
            for project, roles in found.roles.items()
            for role in roles
        }
        yield f"""\
resource "google_project_iam_member" "{who}" {{
  project = each.value.project
  role    = each.value.role
  member  = google_service_account.{who}.member
  for_each = {_indented(pairs, 2)}
}}
"""
    if found.state:
        yield f"""\
resource "google_storage_bucket_iam_member" "{who}" {{
  bucket = "{found.state.bucket}"
  role   = "{found.state.role}"
  member = google_service_account.{who}.member
  condition {{
    title      = "states of {found.environment}"
    expression = {json.dumps(_expression(found.state))}
  }}
}}
"""


def _expression(state: GoogleState) -> str:
    """These objects alone; the bucket itself for the list of names, which `terraform init` asks for.

    https://docs.cloud.google.com/iam/docs/conditions-attribute-reference (excerpt, 2026-11-30).
    """
    objects = f"projects/_/buckets/{state.bucket}/objects"
    names = " || ".join(f'resource.name == "{objects}/{name}"' for name in state.objects)
    return f'resource.type == "storage.googleapis.com/Bucket" || {names}'


def _google_state_json(state: GoogleState | None) -> Mapping[str, Any] | None:
    if state is None:
        return None
    return {"bucket": state.bucket, "role": state.role, "condition": _expression(state)}


def _encoded(document: Mapping[str, Any]) -> str:
    return f"jsonencode({_indented(document, 2)})"


def _indented(value: Any, spaces: int) -> str:
    """JSON as an expression of Terraform's, of which it is a part, in the place of an attribute."""
    # Spaces as `terraform fmt` has them.
    return json.dumps(value, indent=2, separators=(",", " : ")).replace("\n", "\n" + " " * spaces)
