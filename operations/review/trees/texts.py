"""The files of a tree: as they stand in a checkout, or as the environment files make them where it lives elsewhere.

A checkout may be a pull request's, so no link is followed, and what is no ordinary file says so; a commit of another
repository, too, of which nothing stands in the checkout, and whoever applies the tree has all of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from estate.derived.clusters.contents import clusters
from estate.model.estate import Estate
from estate.model.gitops import GitOps
from estate.reading.problems import InvalidInput
from manifests.writing import files
from operations.git import other_repositories


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    Attributes:
        estate: what its environment files say.
        root: what its tree stands in, where it stands in this repository.
    """

    estate: Estate
    root: Path


def texts(side: Side) -> Mapping[str, bytes | None]:
    """What is in each file of a tree, by its path below the tree's folder; None for what is no ordinary file."""
    gitops = side.estate.organization.gitops
    if gitops is None:
        return {}
    if gitops.repo:
        return {
            name.removeprefix(f"{gitops.path}/"): text for name, text in rendered(side.estate, gitops).items()
        }
    return standing(side.root, gitops.path)


def rendered(estate: Estate, gitops: GitOps) -> Mapping[str, bytes]:
    """What the code that runs here writes of environment files, by its path from the top.

    Raises:
        InvalidInput: it cannot write it.
    """
    try:
        made = [files(gitops, one) for one in clusters(estate, list(estate.environments))]
    except Exception as error:  # noqa: BLE001 - whatever it is
        # Whatever stops it: files that nobody can hold against anything would otherwise pass.
        message = (
            f"cannot be written as a tree of manifests by the code that judges it ({type(error).__name__})"
        )
        raise InvalidInput.of_file("organization.yaml", message) from None
    return {name: text.encode() for found in made for name, text in found.items()}


def standing(root: Path, below: str) -> Mapping[str, bytes | None]:
    """What stands in a folder of a checkout, by its path below that; the folder itself where it is a link.

    Raises:
        InvalidInput: git does not say what it keeps there.
        OSError: a file cannot be read.
    """
    folder = root / below
    leading = (Path(below), *Path(below).parents)
    others = [Path(path) for path in other_repositories(root)]
    if any((root / part).is_symlink() or part in others for part in leading):
        return {"": None}
    found = {
        _name(path.relative_to(folder)): path.read_bytes() if _is_ordinary(path) else None
        for path in sorted(_below(folder))
    }
    return found | {_name(path.relative_to(below)): None for path in others if path.is_relative_to(below)}


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        yield from (Path(here, name) for name in names)
        yield from (Path(here, name) for name in folders if Path(here, name).is_symlink())


def _name(path: Path) -> str:
    """A name as it can be written down; a file may be called by bytes that are no text."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def _is_ordinary(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
