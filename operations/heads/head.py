"""A checkout of a pull request's last commit, as data for the code of its base.

Nothing of it is run or imported, no link in it is followed, and git asks in it without its hooks. Its environment
files count as committed: what differs from the commit is refused. Its stacks are what its own code synthesized, so
they may say anything. Left out: which pull request it is, and whether it contains the base, which the host knows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from estate.reading.paths import first_few
from estate.reading.problems import InvalidInput
from operations.git import NOTHING_RUNS, GitError, git
from operations.heads.code import Code
from operations.project import OUTDIR

_SHOWN = 5


@dataclass(frozen=True)
class Head:
    """The checkout.

    Attributes:
        root: its root, or that of the estate in it.
        folder: its environment files.
        outdir: its synthesized stacks.
        place: where its environment files stand, from the repository's root, with slashes.
        commit: what is checked out.
        tree: the git tree of that.
    """

    root: Path
    folder: Path
    outdir: Path
    place: str
    commit: str
    tree: str

    @cached_property
    def code(self) -> Code:
        """Its stacks."""
        return Code(self.outdir)


def open_head(root: Path, folder: Path) -> Head:
    """Look at a checkout, from the root of the base's estate.

    Args:
        root: the checkout, or the estate's root in it.
        folder: the folder of the base's environment files, below the base's root.

    Raises:
        InvalidInput: it is no checkout beside the base's, or nobody can tell what it holds.
    """
    if folder.is_absolute():
        message = "stands outside of the repository, where no commit has it; name one below the estate's root"
        raise InvalidInput.of_file(folder, message)
    if not (root / folder).is_dir():
        message = f"holds no {folder}; check the pull request's last commit out there"
        raise InvalidInput.of_file(root, message)
    _refuse_links(root, (folder, OUTDIR))
    prefix = _prefix(root)
    outside = [".", f":(exclude){OUTDIR}"]
    differing = _ask(root, "status", "--porcelain", "--ignore-submodules=all", "--", *outside).splitlines()
    if differing:
        what = first_few([line[3:] for line in differing], _SHOWN)
        raise InvalidInput.of_file(root, f"differs from its commit: {what}; check it out anew")
    return Head(
        root,
        root / folder,
        root / OUTDIR,
        f"{prefix}{folder.as_posix()}",
        _ask(root, "rev-parse", "--verify", "HEAD"),
        _ask(root, "rev-parse", "--verify", "HEAD^{tree}"),
    )


def entries(root: Path) -> Mapping[str, str]:
    """Mode and digest of every file of the commit that is checked out, by its path from the repository's root."""
    listed = _ask(root, "ls-tree", "-r", "-z", "--full-tree", "HEAD")
    return {path: what for what, _, path in (line.partition("\t") for line in listed.split("\0")) if path}


def top_of(root: Path) -> Path:
    """The root of the repository that is checked out there."""
    return Path(_ask(root, "rev-parse", "--show-toplevel"))


def _prefix(root: Path) -> str:
    """Where the estate's root stands in its repository, the same in both; "" in the repository's root."""
    prefix = _ask(root, "rev-parse", "--show-prefix")
    base = _ask(Path(), "rev-parse", "--show-prefix")
    # A folder without a repository of its own is part of the base's.
    if prefix != base or top_of(root) == top_of(Path()):
        message = f"is no checkout of its own with the estate at {base or 'its root'}; check the pull request's last commit out there"
        raise InvalidInput.of_file(root, message)
    return prefix


def _refuse_links(root: Path, below: tuple[Path, ...]) -> None:
    links = [path for one in below for path in _links(root, one)]
    if links:
        what = first_few([str(path.relative_to(root)) for path in links], _SHOWN)
        message = f"holds what is no ordinary file or folder: {what}; put the files themselves there"
        raise InvalidInput.of_file(root, message)


def _links(root: Path, below: Path) -> Iterator[Path]:
    path = root
    for part in below.parts:
        path /= part
        if path.is_symlink():
            yield path
            return
    for folder, folders, files in os.walk(path):
        for name in sorted((*folders, *files)):
            found = Path(folder, name)
            if found.is_symlink() or not (found.is_dir() or found.is_file()):
                yield found


def _ask(root: Path, *words: str) -> str:
    try:
        return git(root, *NOTHING_RUNS, *words).decode(errors="surrogateescape").rstrip("\n")
    except GitError as error:
        raise InvalidInput.of_file(root, f"is no checkout of a commit: {error}") from None
