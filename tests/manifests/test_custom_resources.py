"""Custom resources against schemas of their own: derived from their definitions, or by the vendor's reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft7Validator

from estate.model.gitops import Applier
from tests.manifests.asking import with_software

pytestmark = pytest.mark.unmeasured

SCHEMAS: Final = Path(__file__).with_name("custom_schemas")


def schema_of(one: dict[str, Any]) -> Path:
    """Where the schema of an object's kind lies."""
    return SCHEMAS / f"{one['apiVersion'].replace('/', '_')}_{one['kind']}.json"


def problems(one: dict[str, Any]) -> list[str]:
    """What its schema says against an object."""
    schema = json.loads(schema_of(one).read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return [error.message for error in Draft7Validator(schema).iter_errors(one)]


@pytest.mark.parametrize(
    ("applier", "kind"), [(Applier.ARGO_CD, "Application"), (Applier.CONFIG_SYNC, "RootSync")]
)
def test_an_order_for_software_is_one_that_its_applier_takes(applier: Applier, kind: str) -> None:
    """And knows every field of."""
    found = with_software(applier)

    assert {one["kind"] for one in found} == {kind}
    assert [problems(one) for one in found] == [[], []]


@pytest.mark.parametrize("schema", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_says_where_it_is_from_and_when(schema: Path) -> None:
    """A day, and a page or a file."""
    comment = json.loads(schema.read_text("utf-8"))["$comment"]

    assert "read 2026-" in comment
    assert "http" in comment or "github.com" in comment


def test_a_wrong_field_is_refused() -> None:
    """The schemas look."""
    [one, *_] = with_software(Applier.ARGO_CD)
    wrong = {**one, "spec": {**one["spec"], "destinatoin": {}}}

    assert problems(wrong) == ["Additional properties are not allowed ('destinatoin' was unexpected)"]
