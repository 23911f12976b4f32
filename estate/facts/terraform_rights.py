"""What Terraform asks a cloud for each type of resource: to look at one, and to make, change and destroy it.

Two tables: ``aws/terraform_actions.json`` has IAM actions of AWS, reads and writes, ``google/terraform_permissions.json``
the permissions of Google Cloud that a refresh takes. Data sources begin with ``data.``. Names are those of AWS's
Service Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/) and of Google's
list of permissions (https://docs.cloud.google.com/iam/docs/roles-permissions, excerpts), read on the day that the
files say; tests hold AWS's against the operations of its own API models, and both against every type that the example
synthesizes. Which calls a type makes is by the providers' documents and, of google 6.50.0, its source.

Left out: writes of Google Cloud, for which roles of Google's are named elsewhere; a provider's newer version that asks
more, whose plan fails with the name of what it lacks.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

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
    text = (_FOLDER / "google" / "terraform_permissions.json").read_text("utf-8")
    return {type_: frozenset(permissions) for type_, permissions in json.loads(text)["types"].items()}


def _aws() -> Mapping[str, Mapping[str, list[str]]]:
    text = (_FOLDER / "aws" / "terraform_actions.json").read_text("utf-8")
    types: Mapping[str, Mapping[str, list[str]]] = json.loads(text)["types"]
    return types
