"""Every kind of object stands in a tree that somebody sees change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from estate.model.gitops import Applier
from tests.example import TREE
from tests.manifests.example_tree import objects, with_teams_repositories
from tests.manifests.golden import FOLDER, golden, with_everything


def kinds(found: Iterable[dict[str, Any]]) -> set[str]:
    """What kinds there are, each with its group."""
    return {f"{one['apiVersion'].rpartition('/')[0]}/{one['kind']}" for one in found}


def test_the_golden_tree_is_what_is_rendered() -> None:
    """``make snapshots`` renews it; read its diff as a reviewer would."""
    standing = {path: path.read_text("utf-8") for path in FOLDER.rglob("*.yaml")}

    assert standing == dict(golden())


def test_every_kind_stands_in_some_golden_tree() -> None:
    """Of whatever applier: what is rendered, and stands in none, would change unseen."""
    whole = [with_everything(), *(with_teams_repositories(one) for one in Applier)]
    rendered = [one for estate in whole for parts in objects(estate).values() for one in parts]
    standing = [
        one
        for path in (*FOLDER.rglob("*.yaml"), *TREE.rglob("*.yaml"))
        for one in yaml.safe_load_all(path.read_text("utf-8"))
        if one
    ]

    assert kinds(rendered) == kinds(standing)
