"""The tree of manifests beside the environment files, where `gitops` says that it lives in this repository."""

from __future__ import annotations

from pathlib import Path

from estate.model.estate import Estate
from operations.files.writing import write_files
from operations.gate.asking import Answer, Asking
from operations.manifests.tree import Tree, changes, tree, tree_findings


def ask_tree(asking: Asking, estate: Estate, folder: Path) -> None:
    """Ask whether the tree is what the files say; an estate without one, or with one elsewhere, is not asked."""
    if found := _tree(estate, folder):
        asking.ask("manifests", lambda: Answer(None, tuple(tree_findings(found))))


def write_tree(estate: Estate, folder: Path) -> list[Path]:
    """Renew the tree, where there is one here; returns what changed.

    Raises:
        InvalidInput: a file that somebody wrote stands where one of the tree's belongs.
    """
    found = _tree(estate, folder)
    return write_files(changes(found), found.folder) if found else []


def _tree(estate: Estate, folder: Path) -> Tree | None:
    gitops = estate.organization.gitops
    if gitops is None or gitops.repo:
        return None
    return tree(estate, gitops, [], folder.absolute().parent)
