"""Small estates with a ground of their own."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from tests.model.access.estates import estate as an_estate
from tests.model.access.estates import organization

GITHUB = {"repository": "nk/estate", "repository_id": 22, "owner_id": 11}
ACCOUNT = "210987654321"
S3 = {"s3": {"bucket": "nk-tfstate", "region": "eu-west-1"}}
AWS: dict[str, Any] = {"region": "eu-north-1", "account_id": ACCOUNT}


def project(name: str, number: int = 210987654322) -> dict[str, Any]:
    """A project."""
    return {"id": f"nk-{name}", "number": number}


def google(name: str, number: int = 210987654321) -> dict[str, Any]:
    """A google section with a project and nothing in it."""
    return {"host_project": project(name, number), "region": "europe-north1"}


def in_aws(name: str = "dev", **changes: Any) -> dict[str, Any]:
    """An environment in AWS, its state in S3."""
    document = {"environment": name, "state": S3, "bootstrap": {"github": GITHUB}, "aws": AWS}
    return document | changes


def in_google(name: str = "dev", **changes: Any) -> dict[str, Any]:
    """An environment in Google Cloud, its state there."""
    return {
        "environment": name,
        "state": {"gcs": {"bucket": f"nk-{name}-tfstate"}},
        "bootstrap": {"github": GITHUB, "project": project(f"{name}-ground")},
        "google": google(f"{name}-host"),
    } | changes


def estate(*documents: dict[str, Any]) -> Estate:
    """An estate of these environments, in promotion order."""
    environments = [Environment.model_validate(one) for one in documents]
    return an_estate(organization(promotion=tuple(one.environment for one in environments)), *environments)
