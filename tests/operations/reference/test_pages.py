"""The reference: current, complete, and true to the model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estate import schema_export
from operations.reference.needs import needs
from operations.reference.pages import FOLDER, pages, write
from operations.rules.listing import listed_rules


@pytest.fixture(name="made", scope="module")
def _made() -> dict[str, str]:
    """Every page, made anew."""
    return pages()


def test_the_pages_are_current(made: dict[str, str]) -> None:
    """`make snapshots` renews them."""
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == made


def test_writing_makes_the_folder(tmp_path: Path, made: dict[str, str]) -> None:
    """The pages can be thrown away and written anew."""
    write(tmp_path / "reference")

    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "reference").iterdir()} == made


def test_every_field_of_the_model_has_a_row(made: dict[str, str]) -> None:
    """A key that stands nowhere is found only by mistyping it."""
    schemas = schema_export.schemas().values()
    keys = {key for text in schemas for key in _keys(json.loads(text))}

    rows = set(re.findall(r"^\| `(\w+)` \|", "\n".join(made.values()), re.MULTILINE))

    assert keys
    assert keys - rows == set()


def _keys(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _keys(below)


def test_every_verb_has_a_chapter(made: dict[str, str]) -> None:
    """Verbs of verbs too."""
    chapters = set(re.findall(r"^## `hybrid ([\w -]+)`$", made["commands.md"], re.MULTILINE))

    assert {"check", "synth", "adopt", "adopt gkectl", "github comment"} <= chapters


def test_every_rule_has_a_row(made: dict[str, str]) -> None:
    """The same that `hybrid rules` lists, and nothing else."""
    rows = re.findall(r"^\| `([\w.-]+)` \|", made["rules.md"], re.MULTILINE)

    assert rows == [one.id for one in listed_rules()]


def test_a_rule_names_what_it_rests_on(made: dict[str, str]) -> None:
    """In its own text, or beside a constant that it asks."""
    row = {line.split("`")[1]: line for line in made["rules.md"].splitlines() if line.startswith("| `")}

    vpcs = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"
    assert f"| <{vpcs}> |" in row["aws.management_vpc.vpc-has-a-size-that-aws-takes"]
    assert row["access.environments.environments-exist"].endswith("| - |")


def test_what_replaces_and_what_is_refused_is_said(made: dict[str, str]) -> None:
    """Taken from what the key's description says, so that it cannot say something else."""
    effects = {
        cells[0]: cells[-1]
        for row in made["environment.md"].splitlines()
        if (cells := row.strip("| ").split(" | "))
    }

    assert effects["`control_plane_cidr`"] == "replaced: Another one replaces the cluster"
    assert effects["`vip`"] == "refused: cannot be changed once the cluster stands"


def test_every_need_has_a_row(made: dict[str, str]) -> None:
    """Both clouds', each with its source and the day on which it was read."""
    rows = re.findall(
        r"^\| (.+?) \| .* \| <https://\S+> \| \d{4}-\d\d-\d\d \|$", made["needs.md"], re.MULTILINE
    )

    assert rows == [need.task for found in needs().values() for need in found]
