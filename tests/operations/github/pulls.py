"""What GitHub says of a pull request of the repository, of a run for it, and of the branch that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.fake_github import REPOSITORY_ID, FakeGithub

HEAD = "beef" * 10
BASE = "ba5e" * 10
OTHER = "0" * 40
BRANCH = "more #1"
OWN = {"id": REPOSITORY_ID}
FORK = {"id": 666}


def pull(number: int = 7, **fields: Any) -> dict[str, Any]:
    """A pull request that is open."""
    own = {"repo": OWN}
    return {"number": number, "head": {"sha": HEAD, **own}, "base": {"ref": "main", **own}, **fields}


def review_run(**fields: Any) -> dict[str, Any]:
    """A run that synthesized it."""
    return {
        "path": ".github/workflows/review.yml",
        "event": "pull_request",
        "repository": OWN,
        "head_repository": OWN,
        "head_sha": HEAD,
        "status": "completed",
        "conclusion": "success",
        **fields,
    }


def lay(github: FakeGithub, run: dict[str, Any] | None = None, behind: int = 0, tip: str = BASE) -> None:
    """A pull request that can be judged, and run 5, which synthesized it."""
    github.open_pulls = [pull(3, head={"sha": OTHER, "repo": OWN}), pull(4, base={"ref": "next"}), pull()]
    github.things |= {
        "/actions/runs/5": run or review_run(),
        "/branches/main": {"commit": {"sha": tip}},
        f"/compare/{BASE}...{HEAD}": {"behind_by": behind},
    }


def page(
    *reviews: dict[str, Any],
    head: str = HEAD,
    after: str | None = None,
    author: str | None = None,
    commits: Sequence[Sequence[str | None]] = (),
) -> dict[str, Any]:
    """What GitHub answers who asks for reviews of a pull request, with a cursor where there is more.

    Args:
        reviews: what people said last.
        head: its last commit.
        after: the cursor.
        author: who opened it; None for an account that is gone.
        commits: authors of each commit, the last of them its committer; None for whom GitHub does not know.
    """
    connection = {"pageInfo": {"hasNextPage": bool(after), "endCursor": after}, "nodes": list(reviews)}
    pull = {
        "headRefOid": head,
        "headRefName": BRANCH,
        "author": author and {"login": author},
        "commits": {"nodes": [{"commit": _commit(*people)} for people in commits]},
        "latestOpinionatedReviews": connection,
    }
    return {"data": {"repository": {"pullRequest": pull}}}


def _commit(*people: str | None) -> dict[str, Any]:
    *authors, committer = ({"user": login and {"login": login}} for login in people)
    return {"authors": {"nodes": authors}, "committer": committer if people[-1] else None}


def pushed(*logins: str | None, head: str = HEAD) -> list[dict[str, Any]]:
    """Activities of the branch, the newest first; None for an account that is gone."""
    commits = [head, *(f"{number:040x}" for number in range(1, len(logins)))]
    return [
        {"after": commit, "actor": login and {"login": login}}
        for commit, login in zip(commits, logins, strict=True)
    ]


def judged(number: int, **fields: Any) -> dict[str, Any]:
    """A run that judged it."""
    return {
        "id": 1000 + number,
        "run_number": number,
        "display_title": f"judge {HEAD} of {REPOSITORY_ID}",
        "event": "workflow_run",
        "path": ".github/workflows/judge.yml",
        "head_branch": "main",
        "repository": OWN,
        "conclusion": "success",
        "created_at": "2026-11-30T11:00:00Z",
        **fields,
    }
