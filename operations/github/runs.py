"""Which run judged what is merged, and whose turn it is in the run that applies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from operations.github.api import Github, GithubRefused
from operations.github.review_runs import Repository, commit_of

JUDGING: Final = ".github/workflows/judge.yml"
"""The workflow that judges, which is always the default branch's."""

TITLE: Final = "judge {head} of {repository}"
"""How its runs are called (`run-name`): the commit that is judged, and the number of the repository that it was pushed
to. Anybody may push a member's commit to a fork, and what that causes says nothing of the member's."""


@dataclass(frozen=True)
class Judged:
    """The pull request that a commit merged, and where its plans are.

    Attributes:
        run: the run that judged it.
        number: the pull request's.
        head: its last commit, which was judged.
    """

    run: int
    number: int
    head: str


def judged_run(github: Github, repository: Repository, commit: str) -> Judged:
    """The run that judged the pull request that this commit merged.

    It is found by what nobody who pushes a branch can make: a run that `workflow_run` caused is of the default
    branch's workflow, and that workflow's name for it holds the commit that it judged. What a status says is not asked.

    Raises:
        GithubRefused: the commit came without a pull request of this repository, or was not judged well to the end.
    """
    pull = _merged_pull(github, repository, commit)
    number, head = int(pull["number"]), commit_of(pull["head"]["sha"])
    # What is judged after the merge cannot be what was merged for.
    runs = [run for run in judging_runs(github, repository, head) if run["created_at"] <= pull["merged_at"]]
    last = max(runs, key=lambda run: int(run["run_number"]), default=None)
    if last is not None and last["conclusion"] is None:
        raise GithubRefused(
            f"pull request {number} is still being judged, by run {last['id']}; nothing is applied; run this job again "
            "when that has ended"
        )
    if last is None or last["conclusion"] != "success":
        how = "was not judged before" if last is None else f"was judged last with {last['conclusion']}, when"
        raise GithubRefused(
            f"pull request {number} {how} it was merged; nothing is applied; open one again, for example with an empty "
            "commit, and have that judged"
        )
    return Judged(int(last["id"]), number, head)


def judging_runs(github: Github, repository: Repository, head: str) -> list[Mapping[str, Any]]:
    """Runs that judge or judged a commit of a branch of the repository, ended or not; those that were not to judge are none."""
    query = f"?event=workflow_run&branch={repository.main}"
    title = TITLE.format(head=head, repository=repository.id)
    return [
        run
        for run in github.pages(f"/actions/workflows/{Path(JUDGING).name}/runs{query}", "workflow_runs")
        if run["display_title"] == title
        and run["event"] == "workflow_run"
        and str(run["path"]).partition("@")[0] == JUDGING
        and run["head_branch"] == repository.main
        and run["repository"]["id"] == repository.id
        and run["conclusion"] != "skipped"
    ]


def _merged_pull(github: Github, repository: Repository, commit: str) -> Mapping[str, Any]:
    merged: list[Mapping[str, Any]] = [
        pull
        for pull in github.pages(f"/commits/{commit_of(commit)}/pulls")
        if pull.get("merged_at")
        and pull.get("merge_commit_sha") == commit
        and pull["base"]["ref"] == repository.main
        and pull["base"]["repo"]["id"] == repository.id
    ]
    if len(merged) != 1:
        raise GithubRefused(
            f"commit {commit[:12]} merges no pull request onto {repository.main}; nothing was reviewed, so nothing is "
            "applied"
        )
    if (merged[0]["head"].get("repo") or {}).get("id") != repository.id:
        raise GithubRefused(
            f"pull request {merged[0]['number']} comes from a fork, and those are not planned"
        )
    return merged[0]


def refuse_reverted(github: Github, repository: Repository, commit: str, attempt: int) -> None:
    """Refuse a run that is run again once something else was merged: that may have taken back what it would apply.

    Raises:
        GithubRefused: it is, or GitHub does not say what the default branch's last commit is.
    """
    if attempt == 1:
        # One of a queue of merges, whose turn has come.
        return
    tip = str(github.get(f"/branches/{repository.main}")["commit"]["sha"])
    if tip != commit:
        raise GithubRefused(
            f"{repository.main} is at {tip[:12]} by now and this run, which is run again, applies {commit[:12]}; open a "
            "pull request again, for example with an empty commit, and have that judged"
        )


def refuse_replaced(github: Github, repository: Repository, run: int) -> None:
    """Refuse a run that waited, for people say, until a later merge was applied: that plan took this one's place.

    What is merged later was planned with what is merged before it, so it did the same as well, or took it back.

    Raises:
        GithubRefused: a later run of the same workflow for the default branch has ended well.
    """
    mine = github.get(f"/actions/runs/{run}")
    query = f"?event=push&branch={repository.main}&status=success"
    later = [
        int(one["id"])
        for one in github.pages(f"/actions/workflows/{int(mine['workflow_id'])}/runs{query}", "workflow_runs")
        if int(one["run_number"]) > int(mine["run_number"])
        and one["event"] == "push"
        and one["head_branch"] == repository.main
        and one["conclusion"] == "success"
    ]
    if later:
        raise GithubRefused(
            f"what was merged later is applied, by run {max(later)}, so this would take it back; open a pull request "
            "again, for example with an empty commit, and have that judged"
        )


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
