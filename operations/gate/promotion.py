"""Promotion as a part of the gate: against what is merged, where anything is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from operations.gate.asking import Answer, Asking
from operations.git import GitError, git, has_answer
from operations.promotion.promotion import Request, promotion

MERGED: Final = "origin/main"
"""What counts as applied when nobody names a commit: the branch that is merged into."""


def ask_promotion(asking: Asking, folder: Path, today: date, base: str | None) -> None:
    """Ask what takes its turn too early; left out where nobody names a commit and there is none to compare with.

    Args:
        asking: takes the answer.
        folder: the folder of the environment files.
        today: the day in UTC, for expiries.
        base: the commit that counts as applied.
    """
    if base is None and not _is_commit(folder, MERGED):
        asking.leave_out(("promotion",), f"there is no {MERGED} here; name what is merged with --base")
    else:
        asking.ask("promotion", lambda: _promotion(Request(folder, today, base or MERGED)))


def _promotion(request: Request) -> Answer[None]:
    _, verdict = promotion(request)
    early = [f"{one.environment}: {one.address}: {one.message} ({one.rule})" for one in verdict.open]
    return Answer(None, (*early, *verdict.stale), verdict.unneeded)


def _is_commit(folder: Path, reference: str) -> bool:
    """Whether git knows a commit by this name where the folder stands; no without git or a repository.

    Yes where it does not say: it does not say what stands in that commit either, and why is told then.
    """
    try:
        git(folder, "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
    except GitError as error:
        return has_answer(folder, error)
    return True
