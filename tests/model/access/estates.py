"""Estates with teams, for tests of who may do what."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization

SEEIENDOM = {
    "group": "seeiendom@example.com",
    "namespace_prefix": "seeiendom-",
    "namespaces": ["seeiendom-web"],
    "access": {"dev": "edit", "prod": "view"},
}


def organization(*, promotion: tuple[str, ...] = ("dev", "prod"), **fields: Any) -> Organization:
    """The organization kl of example.com with these fields, and with an Argo CD where that applies the tree."""
    document = {"name": "kl", "domain": "example.com", "promotion": list(promotion), **fields}
    if (fields.get("gitops") or {}).get("applier") == "argo_cd":
        document.setdefault("argo_cd", {"repo": "https://git.example.com/c.git"})
    return Organization.model_validate(document)


def environment(
    name: str, *, project: str | None = None, owner: str | None = None, **fields: Any
) -> Environment:
    """An environment with a fleet in a host project, its own unless named."""
    host: dict[str, Any] = {"id": project or f"kl-{name}-host", "number": 123456789012}
    if owner:
        host["owner"] = owner
    return Environment.model_validate(
        {
            "environment": name,
            "state": {"local": {}},
            "google": {"host_project": host, "region": "europe-north1"},
            "fleet": {},
            **fields,
        }
    )


def estate(shared: Organization, *environments: Environment) -> Estate:
    """An estate of these environments, in order; one with a fleet each of the promotion when none is given."""
    there = environments or tuple(environment(name) for name in shared.promotion)
    return Estate(shared, {one.environment: one for one in there})
