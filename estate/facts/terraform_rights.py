"""What Terraform asks a cloud for each type of resource: to look at one, and to make, change and destroy it.

Two tables: ``aws/terraform_actions.json`` has IAM actions of AWS, ``google/terraform_permissions.json`` permissions of
Google Cloud, both reads and writes. Data sources begin with ``data.``. Names are those of AWS's
Service Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/) and of Google's
list of permissions (https://docs.cloud.google.com/iam/docs/roles-permissions, excerpts), read on the day that the
files say; tests hold AWS's against the operations of its own API models, and both against every type that the example
synthesizes. Which calls a type makes is by the providers' documents and, of google 7.45.0, its source; what a call of
Google's takes is by its method's page (https://cloud.google.com/compute/docs/reference/rest/v1 and the other services',
as https://github.com/iann0036/iam-dataset has them in ``gcp/map.json`` of 2026-08-22). What no page says is named under
``concluded``: rights on what a field refers to, on operations that are waited for, and by the names of a service's other
rights.

``google/role_permissions.json`` says which of these permissions Google's own roles hold, of those that an environment's
deployer is given, by the lists of IAM itself (the same repository, ``gcp/roles``, of the day that the file says).

Left out: what a provider's newer version asks more, whose plan fails with the name of what it lacks; permissions of these
roles that no type takes.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent


@functools.cache
def aws_reads() -> Mapping[str, frozenset[str]]:
    """Actions that a refresh takes, by type."""
    return {type_: frozenset(one["reads"]) for type_, one in _aws().items()}


@functools.cache
def aws_writes() -> Mapping[str, frozenset[str]]:
    """Actions that making, changing and destroying take beyond those, by type."""
    return {type_: frozenset(one["writes"]) for type_, one in _aws().items()}


@functools.cache
def google_reads() -> Mapping[str, frozenset[str]]:
    """Permissions that a refresh takes, by type."""
    return {
        type_: frozenset(one["reads"]) for type_, one in _google("terraform_permissions", "types").items()
    }


@functools.cache
def google_writes() -> Mapping[str, frozenset[str]]:
    """Permissions that making, changing and destroying take beyond those, by type."""
    return {
        type_: frozenset(one["writes"]) for type_, one in _google("terraform_permissions", "types").items()
    }


@functools.cache
def google_roles() -> Mapping[str, frozenset[str]]:
    """Which of all these permissions Google's roles hold, by role."""
    return {role: frozenset(held) for role, held in _google("role_permissions", "roles").items()}


def _aws() -> Mapping[str, Mapping[str, list[str]]]:
    text = (_FOLDER / "aws" / "terraform_actions.json").read_text("utf-8")
    types: Mapping[str, Mapping[str, list[str]]] = json.loads(text)["types"]
    return types


def _google(file: str, key: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((_FOLDER / "google" / f"{file}.json").read_text("utf-8"))[key]
    return found
