"""The tree of manifests, asked by the gate."""

from __future__ import annotations

from pathlib import Path

from operations.gate.asking import Asking
from operations.gate.trees import ask_tree, write_tree
from tests.example import ESTATE
from tests.manifests.example_tree import with_tree


def test_a_tree_that_differs_is_found(tmp_path: Path) -> None:
    """An estate that has one here is asked about it, no other."""
    told: list[str] = []
    asking = Asking(lambda part, result, _: told.append(f"{part} {result}"))
    folder, whole = tmp_path / "environments", with_tree("none")

    ask_tree(asking, ESTATE, folder)
    ask_tree(asking, with_tree("none", repo="https://git.example.com/c.git"), folder)
    write_tree(whole, folder)
    ask_tree(asking, whole, folder)
    (tmp_path / "clusters/dev/apps/synced/10-namespaces.yaml").unlink()
    ask_tree(asking, whole, folder)

    assert told == ["manifests holds", "manifests 1 finding"]
    assert len(asking.findings) == 1
