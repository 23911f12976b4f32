"""The one way in which git is asked."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from estate.reading.problems import InvalidInput

_NOTHING_MADE_UP: Final = ("-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false")
"""Words before all others: whoever asks may stand in a checkout of somebody's pull request, and never asks a repository
that files of it make up.

A folder with `HEAD`, `objects` and `refs` is a repository to git, and its `config` may name programs, a monitor for one,
which git before 2.38, who does not know the first of the two, starts as well.
https://github.com/git/git/pull/1261 (excerpt, 2026-11-30).
"""

NOTHING_RUNS: Final = (
    "--no-pager",
    "--no-optional-locks",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "filter.lfs.process=",
    "-c",
    "filter.lfs.clean=",
    "-c",
    "filter.lfs.smudge=",
    "-c",
    "filter.lfs.required=false",
)
"""Words for asking in a checkout of others: no hook, no filter."""


_OTHER: Final = "160000 "
"""The mode of a commit of another repository."""

SILENT: Final = "ended without a word"
"""Why git refused, where it does not say."""


class GitError(Exception):
    """Git refused, or there is none; the message is why, in one line and in its own words."""


class NoGitError(GitError):
    """There is none on this machine."""


def git(folder: Path, *arguments: str, given: str | None = None) -> bytes:
    """What git prints, asked in a folder.

    Args:
        folder: where.
        arguments: its words.
        given: what it reads.

    Raises:
        GitError: it refuses, or there is none.
    """
    command = ["git", "-C", str(folder), *_NOTHING_MADE_UP, *arguments]
    text = None if given is None else given.encode()
    try:
        ended = subprocess.run(command, capture_output=True, check=False, input=text)  # noqa: S603 - no shell
    except OSError as error:
        raise NoGitError(f"git cannot be run: {error.strerror}") from None
    if ended.returncode:
        lines = (ended.stderr or ended.stdout).decode(errors="replace").strip().splitlines()
        # What git adds, hints and advice, comes after its first word.
        fatal = [line for line in lines if line.startswith("fatal: ")]
        raise GitError([*fatal, *lines, SILENT][0].removeprefix("fatal: "))
    return ended.stdout


def tracked(folder: Path) -> list[str]:
    """Every file that git keeps below a folder, by its path from there; none without git or a repository.

    Raises:
        InvalidInput: git does not say.
    """
    return _listed(folder, "ls-files", "-z")


def other_repositories(folder: Path) -> list[str]:
    """Where git keeps a commit of another repository below a folder, by its path from there; none as for :func:`tracked`.

    In a checkout that is an empty folder, or whatever was put there; who clones with submodules has what is in it.

    Raises:
        InvalidInput: git does not say.
    """
    listed = _listed(folder, *NOTHING_RUNS, "ls-files", "--stage", "-z")
    return [path for what, _, path in (line.partition("\t") for line in listed) if what.startswith(_OTHER)]


def _listed(folder: Path, *words: str) -> list[str]:
    try:
        listed = git(folder, *words)
    except GitError as error:
        if has_answer(folder, error):
            raise InvalidInput.of_file(folder, f"git does not answer there: {error}; mend that") from None
        return []
    return listed.decode(errors="surrogateescape").split("\0")[:-1]


def has_answer(folder: Path, error: GitError) -> bool:
    """Whether there is an answer that git did not give: whoever went on as without a repository would not have looked.

    Args:
        folder: where git was asked.
        error: why it gave none.
    """
    absolute = folder.absolute()
    is_kept = any((above / ".git").exists() for above in (absolute, *absolute.parents))
    return is_kept and not isinstance(error, NoGitError) and str(error) != SILENT
