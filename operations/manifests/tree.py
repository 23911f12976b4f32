"""The tree of manifests as it is to be, and what stands in its place.

What is taken away is what this product wrote: a file in the folder of a cluster, which begins with the product's mark, and
which nothing in the environment files asks for any more. Left out: a tree below another path, which somebody moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from estate.derived.clusters.contents import clusters
from estate.derived.clusters.folder import INSTALL, SYNCED, kit_folder
from estate.model.estate import Estate
from estate.model.gitops import GitOps
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from manifests.writing import MARK, files
from operations.files.writing import LEFTOVER, Change
from operations.texts.difference import difference


@dataclass(frozen=True)
class Tree:
    """The tree of some environments in a checkout.

    Attributes:
        folder: the folder of the whole tree.
        wanted: the text of each file that is to be there.
        stale: files of this product that are to be there no more.
        strangers: what else stands in clusters' folders, and would be applied with the rest.
    """

    folder: Path
    wanted: Mapping[Path, str]
    stale: tuple[Path, ...]
    strangers: tuple[Path, ...]


def tree(estate: Estate, gitops: GitOps, names: Sequence[str], root: Path) -> Tree:
    """The tree of environments, all when none is named, in the checkout that ``root`` is.

    Raises:
        OSError: a file cannot be read.
    """
    wanted = {
        root / name: text
        for contents in clusters(estate, names or list(estate.environments))
        for name, text in files(gitops, contents).items()
    }
    folder = root / gitops.path
    stale, strangers = [], []
    for path in _standing(folder, names):
        if not _is_ours(path):
            strangers.append(path)
        elif path not in wanted:
            stale.append(path)
    return Tree(folder, wanted, tuple(stale), tuple(strangers))


def changes(tree: Tree) -> list[Change]:
    """What has to be written and taken away.

    Raises:
        InvalidInput: a file that somebody wrote stands where one of the tree's belongs.
    """
    taken = [path for path in tree.strangers if path in tree.wanted]
    if taken:
        message = f"stands where the tree's file belongs, and does not begin with {MARK!r}; move it away"
        raise InvalidInput([Problem.of_file(path, message) for path in taken])
    return [*tree.wanted.items(), *((path, None) for path in tree.stale)]


def tree_findings(tree: Tree) -> Iterator[str]:
    """Say which file is not what the environment files say, is missing, or is not of the tree."""
    for path, text in tree.wanted.items():
        if path in tree.strangers:
            continue
        if not path.exists():
            yield f"{shown(path)}: is missing; hybrid manifests --write makes it"
        elif differs := difference(path.read_bytes(), text.encode("utf-8"), shown(path)):
            yield (
                f"{shown(path)}: is not what the files say; hybrid manifests --write renews it, and its diff is to be "
                f"reviewed\n{differs}"
            )
    for path in tree.stale:
        yield f"{shown(path)}: nothing asks for it any more; hybrid manifests --write takes it away"
    yield from notes(tree)


def notes(tree: Tree) -> Iterator[str]:
    """Say what somebody put into clusters' folders."""
    for path in tree.strangers:
        yield f"{shown(path)}: is not of hybrid manifests, and whoever applies the folder applies it; move it elsewhere"


def _standing(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """What stands in the folders of clusters, of environments that are no more, too, where none is named."""
    for environment in names or ["*"]:
        for below in (SYNCED, INSTALL, kit_folder("*")):
            for path in sorted(folder.glob(f"{environment}/*/{below}/*")):
                if not path.name.endswith(LEFTOVER):
                    yield path


def _is_ours(path: Path) -> bool:
    return path.is_file() and path.read_bytes().startswith(MARK.encode("utf-8"))
