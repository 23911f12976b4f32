"""The identities of a pipeline as Terraform code, and as JSON for whoever makes them otherwise.

Who may become one, and by which claims, stands in `estate.derived.pipeline.trust`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from estate.derived.google.rings import RING_ROLE, project_of
from estate.derived.pipeline.rights import GoogleState, Purpose, Rights
from estate.derived.pipeline.trust import (
    AUDIENCE,
    ISSUER,
    SUBJECT,
    google_condition,
    state_condition,
    trust_policy,
)

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
  url            = "https://{ISSUER}"
  client_id_list = ["{AUDIENCE}"]
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
  attribute_mapping                  = {{ "google.subject" = "{SUBJECT}" }}
  attribute_condition                = "{google_condition("${var.repository_id}", "${var.owner_id}")}"
  oidc {{ issuer_uri = "https://{ISSUER}" }}
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
            "key_rings": {ring: _on_ring(found) for ring in found.rings},
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
    return trust_policy(
        "${aws_iam_openid_connect_provider.github.arn}",
        "${var.repository_id}",
        ["${local.repositories[0]}", "${local.repositories[1]}"],
        found.subjects,
    )


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
    if found.rings:
        yield _ring_grants(found)
    if found.state:
        yield f"""\
resource "google_storage_bucket_iam_member" "{who}" {{
  bucket = "{found.state.bucket}"
  role   = "{found.state.role}"
  member = google_service_account.{who}.member
  condition {{
    title      = "states of {found.environment}"
    expression = {json.dumps(state_condition(found.state.bucket, found.state.objects))}
  }}
}}
"""


def _on_ring(found: Rights) -> Mapping[str, Any]:
    """What is given on a ring of another project: the role that makes keys and lets others use them, or a look at them."""
    if found.purpose is Purpose.WRITER:
        return {"role": RING_ROLE}
    return {"permissions": [one for one in found.permissions if one.startswith("cloudkms.")]}


def _ring_grants(found: Rights) -> str:
    """On the rings alone; a role of one's own is one of the project that the ring stands in."""
    who, role, made = found.purpose, f'"{RING_ROLE}"', ""
    if who is Purpose.READER:
        role = f'google_project_iam_custom_role.{who}_rings[split("/", each.value)[1]].name'
        made = f"""\
resource "google_project_iam_custom_role" "{who}_rings" {{
  for_each = toset({json.dumps(sorted({project_of(ring) for ring in found.rings}))})
  project  = each.value
  role_id  = "{found.environment}_pipeline_{who}"
  title    = "{found.environment}: looks at keys that Terraform made"
  permissions = {_indented(_on_ring(found)["permissions"], 2)}
}}

"""
    return f"""\
{made}resource "google_kms_key_ring_iam_member" "{who}" {{
  for_each    = toset({json.dumps(found.rings)})
  key_ring_id = each.value
  role        = {role}
  member      = google_service_account.{who}.member
}}
"""


def _google_state_json(state: GoogleState | None) -> Mapping[str, Any] | None:
    if state is None:
        return None
    return {
        "bucket": state.bucket,
        "role": state.role,
        "condition": state_condition(state.bucket, state.objects),
    }


def _encoded(document: Mapping[str, Any]) -> str:
    return f"jsonencode({_indented(document, 2)})"


def _indented(value: Any, spaces: int) -> str:
    """JSON as an expression of Terraform's, of which it is a part, in the place of an attribute."""
    # Spaces as `terraform fmt` has them.
    return json.dumps(value, indent=2, separators=(",", " : ")).replace("\n", "\n" + " " * spaces)
