"""Which run reviewed what is merged, and whose turn it is in the run that applies it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from operations.github.api import Github, GithubRefused


def reviewed_run(github: Github, commit: str, workflow: str) -> int:
    """The run that planned the pull request that this commit merged.

    Args:
        github: the repository.
        commit: what was pushed to the protected branch.
        workflow: file name of the workflow that reviews.

    Raises:
        GithubRefused: it came without a pull request of this repository, or was not reviewed to the end.
    """
    merged = [
        pull
        for pull in github.pages(f"/commits/{commit}/pulls")
        if pull.get("merged_at") and pull.get("merge_commit_sha") == commit
    ]
    if len(merged) != 1:
        raise GithubRefused(
            f"commit {commit[:12]} merges no pull request; nothing was reviewed, so nothing is applied"
        )
    head = merged[0]["head"]
    number = merged[0]["number"]
    if (head.get("repo") or {}).get("full_name") != github.repository:
        raise GithubRefused(f"pull request {number} comes from a fork, and those are not planned")
    query = f"?event=pull_request&status=success&head_sha={head['sha']}"
    runs = [
        run
        for run in github.pages(f"/actions/workflows/{workflow}/runs{query}", "workflow_runs")
        if run["head_sha"] == head["sha"]
        and run["event"] == "pull_request"
        and run["conclusion"] == "success"
    ]
    if not runs:
        raise GithubRefused(
            f"pull request {number} was merged without a review that passed; open one again, for example with an "
            "empty commit, and have that reviewed"
        )
    return int(max(runs, key=lambda run: run["run_number"])["id"])


def refuse_out_of_turn(github: Github, run: int, stack: str, order: Sequence[str], prefix: str) -> None:
    """Refuse a stack while one that comes before it is not applied.

    Args:
        github: the repository.
        run: the run that applies.
        stack: whose turn is asked for.
        order: all stacks in the order in which they are applied.
        prefix: what the names of the jobs begin with, before the stack's.

    Raises:
        GithubRefused: an earlier stack has a job in the run that has not succeeded.
    """
    jobs: dict[str, Any] = {
        job["name"]: job["conclusion"] or job["status"]
        for job in github.pages(f"/actions/runs/{run}/jobs?filter=latest", "jobs")
    }
    if f"{prefix}{stack}" not in jobs:
        raise GithubRefused(f"run {run} has no job {prefix}{stack}")
    waiting = [
        f"{name} ({jobs[prefix + name]})"
        for name in order[: order.index(stack)]
        if jobs.get(prefix + name, "success") != "success"
    ]
    if waiting:
        raise GithubRefused(
            f"{stack} comes after {', '.join(waiting)}; run this job again when those have succeeded"
        )
