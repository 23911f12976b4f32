"""Reviews of trees for tests, made without a command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from estate.model.estate import Estate
from manifests.writing import MARK
from operations.review.findings import Finding
from operations.review.review import EnvironmentReview
from operations.review.reviewer import learn_secrets_of, review_plans
from operations.review.risks import default_risks
from operations.review.trees.changes import TreeChanges, differing, tree_changes
from operations.review.trees.risks import with_trees
from operations.review.trees.texts import Side, texts
from operations.texts.redaction import Redaction
from tests.example import ESTATE

Tree = Mapping[str, str]
"""Texts of files by their paths below the tree's folder."""

FILE: Final = "dev/apps/synced/10-all.yaml"


def written(root: Path, tree: Tree) -> Path:
    """A tree in a folder."""
    for name, text in tree.items():
        path = root / "clusters" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def reviews(base: Side, head: Side) -> list[EnvironmentReview]:
    """The review of every environment in whose clusters something happens."""
    return judged(tree_changes(base, head))


def judged(found: Mapping[str, TreeChanges]) -> list[EnvironmentReview]:
    """The review of what changes."""
    redaction, risks = Redaction(), with_trees(default_risks())
    for one in found.values():
        learn_secrets_of(one.changes, redaction)
    return [
        review_plans(name, (), risks, redaction, one.findings, one.changes) for name, one in found.items()
    ]


def findings(root: Path, base: Tree, head: Tree, estate: Estate = ESTATE) -> list[tuple[str, Finding]]:
    """What is found between two trees by what is in them, with its environment."""
    before = texts(Side(estate, written(root / "base", base)))
    after = texts(Side(estate, written(root / "head", head)))
    return [
        (one.name, found) for one in judged(differing(before, after, estate)) for found in one.all_findings()
    ]


def told(found: Iterable[tuple[str, Finding]]) -> set[tuple[str, str, str]]:
    """Environment, level and rule of each."""
    return {(name, one.level.value, one.rule) for name, one in found}


def file(*objects: str) -> str:
    """A file of the product's own."""
    return "---\n".join([f"{MARK} from organization.yaml\n", *(f"{one}\n" for one in objects)])
