"""What of a checkout is the product and what is the user's, and how to ask git about either.

The user's are the environments, what is rendered from them, and files that say who they are. Everything else that a
version tracks is the product's.
"""

from __future__ import annotations

from pathlib import Path

from estate.reading.problems import InvalidInput, Problem
from operations.git import GitError, git

USERS: tuple[str, ...] = (
    "environments",
    "clusters",
    "atlantis.yaml",
    ".github/CODEOWNERS",
    ".github/SECURITY.md",
    ".github/dependabot.yml",
)
"""Paths that no version of the product brings, changes or takes away."""

_NAMED = 5
"""Versions that are named to somebody who asks for one that there is not, the newest first."""

REF = "refs/hybrid"
"""Where fetched versions are kept, so that the user's own tags are left alone."""


class Checkout:
    """A git checkout that holds the product and an estate.

    Attributes:
        root: its top folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *arguments: str, given: str | None = None) -> str:
        """What git prints.

        Raises:
            InvalidInput: git refuses, or there is none.
        """
        try:
            return git(self.root, *arguments, given=given).decode()
        except GitError as error:
            raise InvalidInput.of_file(f"git {arguments[0]}", str(error)) from None

    def fetch(self, source: str, versions: tuple[str, ...]) -> None:
        """Bring the tags of these versions from ``source`` below :data:`REF`.

        Raises:
            InvalidInput: ``source`` cannot be asked, or lacks some of them; each that it lacks.
        """
        listed = self.git("ls-remote", "--tags", "--refs", "--sort=-version:refname", source, "refs/tags/v*")
        there = [line.rpartition("/")[2].removeprefix("v") for line in listed.splitlines()]
        has = f"it has {', '.join(there[:_NAMED])}" if there else "it has no version"
        if missing := [version for version in versions if version not in there]:
            message = f"is no version of {source}, which has to have the one to take and that of today; {has}"
            raise InvalidInput([Problem.of_file(version, message) for version in missing])
        for version in versions:
            # The tag as the source has it: one that moved is taken as it is now, and the differences show it.
            self.git("fetch", "--quiet", "--no-tags", source, f"+refs/tags/v{version}:{REF}/v{version}")

    def product(self, version: str) -> dict[str, str]:
        """Git's digest of every file of the product in a version that was fetched, by path."""
        listed = self.git("ls-tree", "-r", "-z", "--full-tree", f"{REF}/v{version}")
        entries = (entry.split("\t", 1) for entry in listed.split("\0") if entry)
        return {path: about.split()[2] for about, path in entries if not is_users(path)}

    def standing(self, paths: list[str]) -> dict[str, str]:
        """Git's digest of each of these paths as it stands in the folder; those that do not are left out."""
        there = [path for path in paths if (self.root / path).is_file()]
        digests = self.git("hash-object", "--stdin-paths", given="\n".join(there)).splitlines()
        return dict(zip(there, digests, strict=True))

    def text(self, version: str, path: str) -> str:
        """A file of a version that was fetched."""
        return self.git("show", f"{REF}/v{version}:{path}")


def is_users(path: str) -> bool:
    """Whether a path is the user's, whatever a version tracks there."""
    return any(path == users or path.startswith(f"{users}/") for users in USERS)
