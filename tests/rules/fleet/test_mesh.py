"""What a file says of the mesh, beside who makes it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.rules import broken_rules
from tests.model.access.estates import estate, organization
from tests.model.google.documents import ENVIRONMENT

PATH = "dev.fleet.features.service_mesh.revision"


@pytest.mark.parametrize(
    ("mesh", "gitops", "refused"),
    [
        ({"revision": "asm-managed"}, None, [PATH]),
        ({"clusters": {"cloud": {"revision": "asm-managed"}}}, None, [PATH]),
        ({}, None, []),
        (None, None, []),
        ({"revision": "asm-managed"}, {}, []),
    ],
    ids=["said", "said of a cluster", "nothing said", "no mesh", "with a tree"],
)
def test_a_label_of_the_mesh_goes_with_a_tree_that_makes_it(
    mesh: dict[str, Any] | None, gitops: dict[str, Any] | None, refused: list[str]
) -> None:
    """Nothing else would, and the file would say what no cluster has."""
    features = {"service_mesh": mesh} if mesh is not None else {}
    one = Environment.model_validate({**ENVIRONMENT, "fleet": {"features": features}})
    shared = organization(promotion=("dev",), **({"gitops": gitops} if gitops is not None else {}))

    found = {
        ".".join(map(str, one.path)): one.message
        for one in broken_rules(estate(shared, one))
        if "there is no tree" in one.message
    }

    assert list(found) == refused
