"""The tree of manifests, asked by the gate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from estate.model.refactoring import Refactoring
from estate.reading.problems import InvalidInput
from operations.gate.asking import Asking
from operations.gate.trees import ask_tree, write_tree
from tests.example import ESTATE
from tests.manifests.example_tree import with_tree, without_tree


def test_a_tree_that_differs_is_found(tmp_path: Path) -> None:
    """An estate that has one here is asked about it, and about what it keeps; one that has none is not."""
    told: list[str] = []
    asking = Asking(lambda part, result, _: told.append(f"{part} {result}"))
    folder, whole = tmp_path / "environments", with_tree("none")

    ask_tree(asking, without_tree(), folder)
    write_tree(whole, folder)
    ask_tree(asking, whole, folder)
    (tmp_path / "clusters/dev/apps/synced/10-namespaces.yaml").unlink()
    ask_tree(asking, whole, folder)
    ask_tree(asking, with_tree("none", repo="https://git.example.com/c.git"), folder)

    assert told == ["manifests holds", "manifests 1 finding", "manifests holds"]
    assert len(asking.findings) == 1


def test_a_tree_is_not_given_up_unseen(tmp_path: Path) -> None:
    """What it kept is recorded, and stays to be released one by one or by cluster."""
    asking = Asking(lambda *_: None)
    folder = tmp_path / "environments"
    write_tree(with_tree("none"), folder)
    lost = len(
        [line for path in folder.rglob("*.txt") for line in path.read_text().splitlines() if "/Names" in line]
    )

    ask_tree(asking, without_tree(), folder)

    assert len([one for one in asking.findings if "is in the cluster" in one]) == lost
    with pytest.raises(InvalidInput, match="is in the cluster with all that runs by it"):
        write_tree(without_tree(), folder)
    refactorings = {
        name: Refactoring.model_validate(
            {"released": [{"object": key, "reason": "no tree any more"} for key in one.members]}
        )
        for name, one in ESTATE.environments.items()
    }
    write_tree(replace(without_tree(), refactorings=refactorings), folder)
    assert not any("/Names" in path.read_text() for path in folder.rglob("*.txt"))
