"""Refactoring entries: what an entry may say."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.refactoring import Refactoring
from tests.model.refusals import refusals

A, B, V = "aws_kms_key.A", "aws_kms_key.B", "aws_vpc.V"


def test_entries_of_all_kinds_are_valid() -> None:
    """In the words of Terraform's blocks."""
    document = {
        "import": [{"to": V, "id": "vpc-1"}],
        "moved": [{"from": A, "to": B}],
        "removed": [{"from": "aws_eip.E", "destroy": True, "reason": "not needed"}],
        "kept": [
            {"at": V, "attributes": ["description", "node_config[0].tags"]},
            {"at": A, "attributes": ["a"]},
        ],
        "released": [
            {"object": one, "reason": "moved"}
            for one in (
                "apps",
                "apps/Namespace/web",
                "apps/AppProject/argocd/web",
                "apps/CustomResourceDefinition/a.b.io",
            )
        ],
    }

    assert refusals(Refactoring, document) == {}


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({"import": [{"to": "module.x.aws_vpc.V", "id": "i"}]}, "import.0.to", "pattern"),
        ({"import": [{"to": "aws_vpc.V[0]", "id": "i"}]}, "import.0.to", "pattern"),
        ({"import": [{"to": V, "id": ""}]}, "import.0.id", "at least 1"),
        ({"import": [{"to": V, "id": "1"}, {"to": V, "id": "2"}]}, "import.1.to", "stands in import already"),
        ({"moved": [{"from": A, "to": A}]}, "moved.0.to", "must differ from from"),
        ({"moved": [{"from": A, "to": V}]}, "moved.0.to", "must keep the resource type"),
        (
            {"moved": [{"from": A, "to": B}, {"from": "aws_kms_key.C", "to": B}]},
            "moved.1.to",
            "target of another entry",
        ),
        (
            {"moved": [{"from": A, "to": B}], "removed": [{"from": A, "destroy": False, "reason": "r"}]},
            "removed.0.from",
            "stands in moved already",
        ),
        ({"removed": [{"from": A, "destroy": "no", "reason": "r"}]}, "removed.0.destroy", "bool"),
        ({"removed": [{"from": A, "destroy": False}]}, "removed.0.reason", "required"),
        ({"removed": [{"from": A, "reason": "r"}]}, "removed.0.destroy", "required"),
        ({"move": []}, "move", "not permitted"),
        ({"kept": [{"at": V, "attributes": []}]}, "kept.0.attributes", "at least 1"),
        (
            {"kept": [{"at": V, "attributes": ["a"]}, {"at": V, "attributes": ["b"]}]},
            "kept.1.at",
            "stands in kept already",
        ),
        ({"released": [{"object": "Namespace/web", "reason": "r"}]}, "released.0.object", "pattern"),
        ({"released": [{"object": "apps/Namespace", "reason": "r"}]}, "released.0.object", "pattern"),
        (
            {"released": [{"object": "apps", "reason": "r"}] * 2},
            "released.1.object",
            "stands in released already",
        ),
        ({"released": [{"object": "apps"}]}, "released.0.reason", "required"),
    ],
    ids=[
        "module",
        "index",
        "empty id",
        "import twice",
        "to itself",
        "to another type",
        "two to one",
        "moved and removed",
        "destroy as text",
        "no reason",
        "no destroy",
        "unknown block",
        "kept nothing",
        "kept twice",
        "no cluster",
        "no name",
        "released twice",
        "released without a reason",
    ],
)
def test_refuses(document: dict[str, Any], path: str, words: str) -> None:
    """Each mistake a person makes, with the field to change."""
    found = refusals(Refactoring, document)

    assert list(found) == [path]
    assert words in found[path]
