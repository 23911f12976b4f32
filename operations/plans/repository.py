"""Which state of the repository the commands run in."""

from __future__ import annotations

from pathlib import Path

from estate.reading.paths import first_few
from estate.reading.problems import InvalidInput
from operations.git import GitError, git

_SHOWN = 5


def committed_tree() -> str:
    """The git tree of what is checked out; "" when files differ from it, or there is no repository.

    A merge has another commit than the pull request that was planned, but the same tree.
    """
    return (_git("rev-parse", "HEAD^{tree}") or "") if _differing() == [] else ""


def refuse_uncommitted() -> None:
    """Refuse files that nobody else can have seen.

    Raises:
        InvalidInput: there are some, or this is no repository.
    """
    differing = _differing()
    how = "commit them, or say --uncommitted to try something out"
    if differing is None:
        raise InvalidInput.of_file(".", "is in no git repository; say --uncommitted to do without one")
    if differing:
        message = f"not committed, so nobody can review it; {how}"
        raise InvalidInput.of_file(first_few(differing, _SHOWN), message)


def _differing() -> list[str] | None:
    said = _git("status", "--porcelain")
    return None if said is None else [line[3:] for line in said.splitlines()]


def _git(*arguments: str) -> str | None:
    try:
        return git(Path(), *arguments).decode().rstrip("\n")
    except GitError:
        return None
