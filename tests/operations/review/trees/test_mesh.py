"""A mesh that clusters are joined to, as a pull request changes it: what cuts or shares traffic is not passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.manifests.mesh_tree import MESH, joined, mesh_texts
from tests.operations.review.trees.reviewed import findings, told

ONE: dict[str, Any] = {**MESH, "mtls": "strict"}


def texts(mesh: dict[str, Any], applier: str) -> dict[str, str]:
    """Its files below the tree's folder."""
    return {name.removeprefix("clusters/"): text for name, text in mesh_texts(joined(mesh, applier)).items()}


@pytest.mark.parametrize("applier", ["argo_cd", "config_sync"])
@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"mtls": "permissive"}, {"mesh-opened"}),
        (
            {"shared_hosts": [*MESH["shared_hosts"], "*.grunnbok-x.svc.cluster.local"]},
            {"mesh-shares-host", "mesh-shares-less"},
        ),
        ({"shared_hosts": []}, {"mesh-shares-less"}),
    ],
    ids=["opened", "shared", "shared no more"],
)
def test_what_a_file_changes_of_the_mesh_is_high(
    tmp_path: Path, applier: str, changes: dict[str, Any], rules: set[str]
) -> None:
    """Whoever applies it, and in asmcli's overlay, too."""
    base, head = texts(ONE, applier), texts({**ONE, **changes}, applier)

    assert {(level, rule) for _, level, rule in told(findings(tmp_path, base, head))} == {
        ("high", rule) for rule in rules
    }


def test_a_way_in_that_goes_is_high(tmp_path: Path) -> None:
    """Others' callers are cut, and what held connections is let go."""
    base = texts(ONE, "argo_cd")
    head = {name: text for name, text in base.items() if "46-mesh" not in name}

    assert {(level, rule) for _, level, rule in told(findings(tmp_path, base, head))} >= {
        ("high", "mesh-way-gone"),
        ("high", "guard-gone"),
    }
