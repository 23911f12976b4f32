"""What GitHub says of a pull request of the repository, of a run for it, and of the branch that it is for."""

from __future__ import annotations

from typing import Any

from tests.fake_github import REPOSITORY_ID, FakeGithub

HEAD = "beef" * 10
BASE = "ba5e" * 10
OTHER = "0" * 40
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


def page(*reviews: dict[str, Any], head: str = HEAD, after: str | None = None) -> dict[str, Any]:
    """What GitHub answers who asks for reviews of a pull request, with a cursor where there is more."""
    connection = {"pageInfo": {"hasNextPage": bool(after), "endCursor": after}, "nodes": list(reviews)}
    return {
        "data": {"repository": {"pullRequest": {"headRefOid": head, "latestOpinionatedReviews": connection}}}
    }


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
