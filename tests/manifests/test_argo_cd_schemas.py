"""Every object of Argo CD's kinds against the schemas that were derived from its definitions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft7Validator

from estate.model.argo_cd import ArgoCd
from estate.model.gitops import Applier
from tests.manifests.derived_schemas import FOLDER, KINDS, texts
from tests.manifests.example_tree import teams_objects

pytestmark = pytest.mark.unmeasured

CRDS: Final = "HYBRID_ARGO_CRDS"
"""Environment variable that names a folder of Argo CD's definitions."""
_API: Final = "argoproj.io/v1alpha1"


def _schema(kind: str) -> dict[str, Any]:
    """The schema of a kind."""
    found: dict[str, Any] = json.loads((FOLDER / f"{_API.replace('/', '_')}_{kind}.json").read_text("utf-8"))
    return found


def _problems(one: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft7Validator(_schema(one["kind"])).iter_errors(one)]


def _of_argo_cd() -> list[dict[str, Any]]:
    """Every object of its kinds, whoever applies the tree, equal ones once."""
    every = [
        one
        for applier in Applier
        for found in teams_objects(applier).values()
        for one in found
        if one["apiVersion"] == _API
    ]
    return list({repr(one): one for one in every}.values())


def test_argo_cd_takes_every_object() -> None:
    """And knows every field of it."""
    found = _of_argo_cd()

    assert {one["kind"] for one in found} == set(KINDS)
    assert {one["metadata"]["name"]: _problems(one) for one in found if _problems(one)} == {}


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("AppProject", {"destinatoins": []}, "'destinatoins' was unexpected"),
        ("AppProject", {"sourceRepos": "https://git.example.com"}, "is not of type 'array'"),
        (
            "ApplicationSet",
            {"generators": [{"git": {"revision": "main"}}]},
            "'repoURL' is a required property",
        ),
        ("Application", {"syncPolicy": {"automated": {"prune": "yes"}}}, "is not of type 'boolean'"),
    ],
    ids=["another field", "another type", "one too few", "a word"],
)
def test_a_wrong_field_is_refused(kind: str, change: dict[str, Any], why: str) -> None:
    """The schemas look."""
    one = next(one for one in _of_argo_cd() if one["kind"] == kind)

    assert why in "; ".join(_problems({**one, "spec": {**one["spec"], **change}}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_of_the_release_that_is_installed(kind: str) -> None:
    """Where none is named."""
    comment = _schema(kind)["$comment"]

    assert f"github.com/argoproj/argo-cd/v3 v{ArgoCd().release.version}, read 2026-" in comment


@pytest.mark.skipif(CRDS not in os.environ, reason=f"needs Argo CD's definitions, named by {CRDS}")
def test_the_schemas_are_what_the_definitions_say() -> None:
    """Made again, they are the same."""
    made = texts(Path(os.environ[CRDS]), f"v{ArgoCd().release.version}", "2026-11-30")

    assert {name: (FOLDER / name).read_text("utf-8") for name in made} == made
