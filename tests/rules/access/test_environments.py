"""Environments that organization.yaml names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from tests.model.access.estates import SEEIENDOM

WEB = {**SEEIENDOM, "access": {"prd": "view"}}
ALICE = {"user": "alice@example.com", "environments": ["prd"], "expires": "2027-01-31", "reason": "on call"}
NESTING = {"group_id": "groups/01opuj5n2abcdef", "environment": "prd"}
NAMED = pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"teams": {"web": WEB}}, "teams.web.access.prd"),
        ({"break_glass": {"alice": ALICE}}, "break_glass.alice.environments[0]"),
        ({"google_groups": {"nesting": NESTING}}, "google_groups.nesting.environment"),
    ],
    ids=["access", "break glass", "nesting"],
)


def problems(
    folder: Path, promotion: list[str], fields: dict[str, Any], *names: str
) -> list[tuple[str, str]]:
    """Path and message of what is wrong with environments of these names, and the fields of the organization."""
    shared = {"name": "kl", "domain": "example.com", "promotion": promotion, **fields}
    (folder / "organization.yaml").write_text(json.dumps(shared))
    for name in names:
        host = {"id": f"kl-{name}-host", "number": len(name)}
        google = {
            "host_project": host,
            "region": "europe-north1",
            "services": ["cloudidentity.googleapis.com"],
        }
        document = {"environment": name, "state": {"local": {}}, "google": google, "fleet": {}}
        (folder / f"{name}.yaml").write_text(json.dumps(document))
    try:
        load_estate(folder)
    except InvalidInput as invalid:
        return [(problem.path, problem.message) for problem in invalid.problems]
    return []


@NAMED
def test_an_environment_that_is_named_is_there(fields: dict[str, Any], path: str, tmp_path: Path) -> None:
    """A mistyped name would grant nothing to anybody, without a word."""
    assert problems(tmp_path, ["test", "staging"], fields, "test", "staging") == [
        (path, "must be an environment: test, staging; got prd")
    ]


@NAMED
def test_what_promotion_misspells_is_there(fields: dict[str, Any], path: str, tmp_path: Path) -> None:
    """The mistake is promotion's, and nobody is told to repeat it."""
    [(found, message)] = problems(tmp_path, ["test", "prdd"], fields, "test", "prd")

    assert found == "promotion[1]", path
    assert message.endswith("; did you mean prd?")


@NAMED
def test_a_file_that_cannot_be_read_is_there(fields: dict[str, Any], path: str, tmp_path: Path) -> None:
    """Though nothing is known of it, and promotion forgot it."""
    (tmp_path / "prd.yml").touch()
    (tmp_path / "prd.yaml").write_text("- nothing\n")

    found = problems(tmp_path, ["test"], fields, "test")

    assert path not in {one for one, _ in found}
