"""Estates that are asked what has to be there."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from tests.model.access.estates import environment, estate, organization
from tests.model.google import documents as google
from tests.model.vmware import documents as vmware
from tests.model.vmware.documents import changed

KARI = {"user": "kari@example.com", "environments": ["dev"], "expires": "2027-01-31", "reason": "on call"}
PLATFORM = {"group": "platform@example.com"}
TOKEN = {"git": {"repo": "https://git.example.com/c.git", "secret_type": "token"}}


def cloud(features: dict[str, Any] | None = None, **changes: Any) -> Environment:
    """An environment with a GKE cluster in a service project and one on VMware."""
    document = {**google.ENVIRONMENT, "fleet": {"features": features or {}}}
    return Environment.model_validate(changed(document, **changes))


def alone(one: Environment, **fields: Any) -> Estate:
    """An estate of this environment."""
    return estate(organization(promotion=("dev",), **fields), one)


def with_words(found: dict[str, tuple[str, ...]], words: str) -> tuple[str, tuple[str, ...]]:
    """The one step that has these words."""
    [step] = [(what, commands) for what, commands in found.items() if words in what]
    return step


SECTION = changed(
    vmware.SECTION,
    vcenter={
        "datacenter": "DC1",
        "folder": "a/nodes",
        "storage_policy_name": "gold",
        "resource_pool": "it's",
    },
)


def on_prem(**changes: Any) -> Environment:
    """An environment with clusters on VMware."""
    return environment("dev", vmware=changed(SECTION, **changes), google=vmware.GOOGLE)
