"""The tree of manifests beside the environment files, where `gitops` says that it lives in this repository.

What it keeps is recorded beside those files, wherever the tree lives.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from estate.model.estate import Estate
from estate.reading.problems import InvalidInput
from operations.files.writing import write_files
from operations.gate.asking import Answer, Asking
from operations.manifests.record import losses, record_changes, record_findings, records
from operations.manifests.tree import Tree, changes, tree, tree_findings


def ask_tree(asking: Asking, estate: Estate, folder: Path) -> None:
    """Ask whether tree and records are what the files say; an estate without either is not asked."""
    if estate.organization.gitops or any(one.recorded for one in records(estate, _all(estate), folder)):
        asking.ask("manifests", lambda: Answer(None, tuple(_found(estate, folder))))


def _found(estate: Estate, folder: Path) -> Iterator[str]:
    yield from record_findings(estate, _all(estate), folder)
    if found := _tree(estate, folder):
        yield from tree_findings(found)


def write_tree(estate: Estate, folder: Path) -> list[Path]:
    """Renew the records, and the tree, where there is one here; returns what changed.

    Raises:
        InvalidInput: something that is kept would be lost, or a file that somebody wrote stands where one of the tree's belongs.
    """
    if lost := losses(estate, _all(estate), folder):
        raise InvalidInput(lost)
    found = _tree(estate, folder)
    wanted = [*record_changes(estate, _all(estate), folder), *(changes(found) if found else ())]
    return write_files(wanted, found.folder if found else folder)


def _all(estate: Estate) -> list[str]:
    return list(estate.environments)


def _tree(estate: Estate, folder: Path) -> Tree | None:
    gitops = estate.organization.gitops
    if gitops is None or gitops.repo:
        return None
    return tree(estate, gitops, [], folder.parent)
