"""A review for machines, and its schema."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from estate.schema_export import with_titles
from operations.heads.brought import Brought
from operations.review.findings import Finding, Level
from operations.review.gate import Gate, Stale
from operations.review.review import NotReviewed, Review, ReviewedChange


@dataclass(frozen=True)
class OpenJson:
    """A finding that needs an acknowledgement, or has one."""

    environment: str
    address: str
    finding: str
    level: Level
    acknowledged_by: str | None


@dataclass(frozen=True)
class GateJson:
    """Whether the pull request may merge, and what stops it."""

    passes: bool
    fail_on: Level
    findings: tuple[OpenJson, ...]
    stale_acknowledgements: tuple[Stale, ...]
    unneeded_acknowledgements: tuple[Stale, ...]
    brought: tuple[Brought, ...]


@dataclass(frozen=True)
class EnvironmentJson:
    """One environment's plans."""

    name: str
    level: Level
    terraform_version: str
    unchanged: int
    actions: dict[str, int]
    findings: tuple[Finding, ...]
    changes: tuple[ReviewedChange, ...]


@dataclass(frozen=True)
class ReviewJson:
    """A review."""

    __pydantic_config__ = ConfigDict(title="Review")

    version: int
    today: str
    gate: GateJson
    environments: tuple[EnvironmentJson, ...]
    not_reviewed: tuple[NotReviewed, ...]
    notes: tuple[str, ...]


VERSION = 1
"""Raised when a reader of the JSON has to change."""

_ADAPTER = TypeAdapter(ReviewJson)


def review_json(review: Review, gate: Gate) -> str:
    """The review as JSON."""
    found = [
        *(_open(one.environment, one.finding, None) for one in gate.open),
        *(_open(one.environment, one.finding, who) for one, who in gate.acknowledged),
    ]
    report = ReviewJson(
        VERSION,
        review.today.isoformat(),
        GateJson(gate.passes, gate.fail_on, tuple(found), gate.stale, gate.unneeded, gate.brought),
        tuple(
            EnvironmentJson(
                one.name,
                one.level,
                one.terraform_version,
                one.unchanged,
                dict(one.actions()),
                one.findings,
                one.changes,
            )
            for one in review.environments
        ),
        review.not_reviewed,
        review.notes,
    )
    return _ADAPTER.dump_json(report, indent=2).decode()


def _open(environment: str, finding: Finding, who: str | None) -> OpenJson:
    return OpenJson(environment, finding.address, finding.rule, finding.level, who)


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **with_titles(_ADAPTER.json_schema(mode="serialization")),
    }


def schema_text() -> str:
    """The schema as a file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
