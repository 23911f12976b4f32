"""The one way in which git is asked."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

NOTHING_RUNS: Final = (
    "--no-pager",
    "--no-optional-locks",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "filter.lfs.process=",
    "-c",
    "filter.lfs.clean=",
    "-c",
    "filter.lfs.smudge=",
    "-c",
    "filter.lfs.required=false",
)
"""Words for asking in a checkout of others: no monitor, no hook, no filter, no repository that files of it make up.

A folder with `HEAD`, `objects` and `refs` is a repository to git, and its `config` may name programs.
https://github.com/git/git/pull/1261 (excerpt, 2026-11-30).
"""


class GitError(Exception):
    """Git refused, or there is none; the message is why, in one line and in its own words."""


def git(folder: Path, *arguments: str, given: str | None = None) -> bytes:
    """What git prints, asked in a folder.

    Args:
        folder: where.
        arguments: its words.
        given: what it reads.

    Raises:
        GitError: it refuses, or there is none.
    """
    command = ["git", "-C", str(folder), *arguments]
    text = None if given is None else given.encode()
    try:
        ended = subprocess.run(command, capture_output=True, check=False, input=text)  # noqa: S603 - no shell
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None
    if ended.returncode:
        lines = (ended.stderr or ended.stdout).decode(errors="replace").strip().splitlines()
        # What git adds, hints and advice, comes after its first word.
        fatal = [line for line in lines if line.startswith("fatal: ")]
        raise GitError([*fatal, *lines, "ended without a word"][0].removeprefix("fatal: "))
    return ended.stdout


def tracked(folder: Path) -> list[str]:
    """Every file that git keeps below a folder, by its path from there; none where git keeps nothing or is not there."""
    try:
        listed = git(folder, "ls-files", "-z")
    except GitError:
        return []
    return listed.decode(errors="surrogateescape").split("\0")[:-1]
