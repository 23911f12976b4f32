"""What becomes of a pull request, from how the jobs that judge it ended, as one status of its last commit.

GitHub counts a skipped job as passed, and jobs that depend on a failed one are skipped, so no job but the last one
can be required: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/troubleshooting-required-status-checks#handling-skipped-but-required-checks
(read 2026-11-30). Whoever may push can set a status, too; docs/pipeline.md says what is done about that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from estate.reading.problems import InvalidInput
from operations.github.api import Github, GithubRefused
from operations.github.review_runs import FORK, Repository, ReviewRun, own_pull_requests, pull_request_of
from operations.github.runs import judging_runs

CONTEXT: Final = "hybrid"
"""Name of the status that branch protection requires."""

JOBS: Final = ("begin", "approvals", "plan", "policy", "review")
"""The jobs that judge; those that depend on nothing that may be empty have to run."""

IN_PART: Final = "jobs were run again without the others; run all jobs of the run again"

_NO_STACKS: Final = "[]"
_LONGEST: Final = 140
"""Characters that GitHub takes of a description."""


class State(StrEnum):
    """What a status says, in GitHub's words."""

    PENDING = "pending"
    SUCCESS = "success"
    FAILURE = "failure"


@dataclass(frozen=True)
class Verdict:
    """A status.

    Attributes:
        state: what it says.
        words: why.
    """

    state: State
    words: str


@dataclass(frozen=True)
class Judging:
    """The run of ``judge.yml`` that gives the verdict.

    Attributes:
        number: which of the workflow's runs it is.
        attempt: how often it was started.
        base: the commit whose code judges.
    """

    number: int
    attempt: int
    base: str


def verdict_of(needs: str, attempt: int) -> Verdict:
    """The verdict that follows from how the jobs ended.

    Only "success" lets pass; ``plan`` may have been skipped where ``begin`` listed no stack to plan.

    Args:
        needs: the jobs' results and outputs as GitHub Actions has them: ``toJSON(needs)``.
        attempt: how often the run was started; results of an earlier time may rest on what is gone by now.

    Raises:
        InvalidInput: that is not what it is, or a job is missing.
    """
    results = _results(needs)
    nothing_to_plan = results["begin"] == "success" and _outputs(needs).get("stacks") == _NO_STACKS
    bad = [
        f"{name} {result}"
        for name, result in results.items()
        if result != "success" and not (name == "plan" and result == "skipped" and nothing_to_plan)
    ]
    if bad:
        return Verdict(State.FAILURE, f"{', '.join(bad)}; the run says why")
    if str(_outputs(needs).get("attempt")) != str(attempt):
        return Verdict(State.FAILURE, IN_PART)
    return Verdict(
        State.SUCCESS, "no stack to plan, policy and review passed" if nothing_to_plan else "may merge"
    )


def verdict_on(
    github: Github, repository: Repository, run: ReviewRun, needs: str, judging: Judging
) -> Verdict:
    """The verdict on the commit that a run was for; what it began with has to hold still.

    Raises:
        GithubRefused: a fork has the same last commit as a pull request of the repository, whose status this is not, or
            a later run judges that commit.
        InvalidInput: the jobs' results are of no use.
    """
    if not run.is_fork:
        found = verdict_of(needs, judging.attempt)
        _refuse_overtaken(github, repository, run.head, judging)
        if found.state is State.SUCCESS:
            try:
                pull_request_of(github, repository, run, judging.base)
            except GithubRefused as refusal:
                return Verdict(State.FAILURE, str(refusal))
        return found
    if own_pull_requests(github, repository, run.head):
        raise GithubRefused(
            f"{FORK}; commit {run.head[:12]} is a pull request's of this repository too, and keeps its status"
        )
    return Verdict(State.FAILURE, FORK)


def _refuse_overtaken(github: Github, repository: Repository, head: str, judging: Judging) -> None:
    """Refuse to speak after a later run, which may know of an approval that was taken back."""
    later = [
        run["run_number"]
        for run in judging_runs(github, repository, head)
        if int(run["run_number"]) > judging.number
    ]
    if later:
        raise GithubRefused(
            f"commit {head[:12]} is judged by a later run, {max(later)}, whose status counts; look at that one"
        )


def refuse_in_part(begun: str, attempt: int) -> None:
    """Refuse a job that is run again without those that it rests on.

    Args:
        begun: how often the run had been started when its first job ran.
        attempt: how often it was started by now.

    Raises:
        InvalidInput: these are two.
    """
    if begun != str(attempt):
        raise InvalidInput.of_file(
            "--begun", f"is {begun or 'empty'} and this is attempt {attempt}: {IN_PART}"
        )


def put_status(github: Github, commit: str, verdict: Verdict, address: str) -> None:
    """Set the status of a commit; the one that was set last counts.

    Raises:
        GithubRefused: GitHub does not let it.
    """
    body = {
        "state": verdict.state.value,
        "context": CONTEXT,
        "description": verdict.words[:_LONGEST],
        "target_url": address,
    }
    github.send("POST", f"/statuses/{commit}", body)


def address_of_run(environment: Mapping[str, str]) -> str:
    """Where this run can be looked at, from what GitHub Actions sets; "" elsewhere."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")
    server, repository, run = (environment.get(name, "") for name in names)
    return f"{server}/{repository}/actions/runs/{run}" if server and run else ""


def _read(needs: str) -> Mapping[str, Any]:
    try:
        read = json.loads(needs)
    except ValueError:
        read = None
    if not isinstance(read, dict) or not all(isinstance(job, dict) for job in read.values()):
        raise _refuse("must be what toJSON(needs) gives")
    return read


def _results(needs: str) -> dict[str, str]:
    read = _read(needs)
    missing = [name for name in JOBS if name not in read]
    if missing:
        raise _refuse(f"must name the jobs {', '.join(JOBS)}, and lacks {', '.join(missing)}")
    return {name: str(job.get("result")) for name, job in read.items()}


def _outputs(needs: str) -> Mapping[str, Any]:
    return _read(needs)["begin"].get("outputs") or {}


def _refuse(message: str) -> InvalidInput:
    return InvalidInput.of_file("--needs", message)
