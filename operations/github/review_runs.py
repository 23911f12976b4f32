"""The run that synthesized a pull request, and the pull request that it belongs to, as GitHub has them.

A run that anybody who pushes can make tells nothing that is believed: a workflow of another file may have the same
name, its commit may be no pull request's any more, and an artifact may say anything. So number and commit come from
GitHub alone, and what does not fit is refused.

A run with the right path, event and commit need not be this pull request's either: of one onto another branch, from the
same branch, GitHub runs the workflow as it stands merged with that one, which whoever pushes writes, too. That it
succeeded is asked for the sake of words, and nothing rests on it: the base reads the head's files itself.

`workflow_run` takes workflow and code of the default branch, whoever caused it, and may be caused by any workflow of
the name that it waits for; for a pull request from a fork the event does not say which.
https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
https://github.com/actions/runner/issues/3444 (both read 2026-11-30).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from operations.github.api import Github, GithubRefused

REVIEWING: Final = ".github/workflows/review.yml"
"""The workflow whose runs are judged; its code may be anybody's who pushes, so that it ran well says nothing."""

FORK: Final = "forks are not planned: a plan reads state, which holds secrets; a member pushes the branch"

_EVENTS: Final = ("pull_request", "pull_request_review")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Repository:
    """The repository.

    Attributes:
        id: GitHub's number, which nobody else gets when the name is given up.
        main: the default branch, whose code judges.
    """

    id: int
    main: str


@dataclass(frozen=True)
class ReviewRun:
    """A run of the workflow that looks at a pull request.

    Attributes:
        id: GitHub's number of it.
        head: the commit that it ran for.
        is_fork: whether that commit was pushed to another repository.
        conclusion: how it ended, in GitHub's word.
    """

    id: int
    head: str
    is_fork: bool
    conclusion: str


@dataclass(frozen=True)
class PullRequest:
    """A pull request that can be judged.

    Attributes:
        number: GitHub's number of it.
        head: its last commit.
        base: the commit of the default branch that judges, which the head contains.
    """

    number: int
    head: str
    base: str


def repository_of(github: Github) -> Repository:
    """The repository's number and default branch.

    Raises:
        GithubRefused: GitHub does not say.
    """
    found = github.get()
    return Repository(int(found["id"]), str(found["default_branch"]))


def read_review_run(github: Github, repository: Repository, id_: int) -> ReviewRun:
    """A run, once it is certain that it is one of a pull request.

    Raises:
        GithubRefused: it is of another workflow, event or repository.
    """
    run = github.get(f"/actions/runs/{id_}")
    path = str(run["path"]).partition("@")[0]
    problems = [
        *([f"is of {path}, not of {REVIEWING}"] if path != REVIEWING else ()),
        *([f"was caused by {run['event']}, not by a pull request"] if run["event"] not in _EVENTS else ()),
        *(["is of another repository"] if (run["repository"] or {}).get("id") != repository.id else ()),
    ]
    if problems:
        raise GithubRefused(f"run {id_} {' and '.join(problems)}; nothing is judged")
    return ReviewRun(
        id_,
        commit_of(run["head_sha"]),
        (run.get("head_repository") or {}).get("id") != repository.id,
        str(run["conclusion"] or run["status"]),
    )


def own_pull_requests(github: Github, repository: Repository, head: str) -> list[Mapping[str, Any]]:
    """Open pull requests onto the default branch whose last commit this is, from branches of the repository."""
    return [
        pull
        for pull in github.pages(f"/pulls?state=open&base={repository.main}")
        if pull["head"]["sha"] == head
        and (pull["head"].get("repo") or {}).get("id") == repository.id
        and pull["base"]["ref"] == repository.main
    ]


def pull_request_of(github: Github, repository: Repository, run: ReviewRun, base: str) -> PullRequest:
    """The pull request that a run belongs to.

    Args:
        github: the repository, to be asked.
        repository: what it said of itself.
        run: the run.
        base: the commit whose code judges.

    Raises:
        GithubRefused: it is a fork's, none or several, it did not pass, or it is not up to date; says what to do.
    """
    if run.is_fork:
        raise GithubRefused(FORK)
    pulls = own_pull_requests(github, repository, run.head)
    if not pulls:
        raise GithubRefused(
            f"commit {run.head[:12]} is the last one of no open pull request onto {repository.main}; it was closed, or "
            "pushed to since, and then the later commit is judged"
        )
    if len(pulls) > 1:
        numbers = ", ".join(str(pull["number"]) for pull in pulls)
        raise GithubRefused(
            f"commit {run.head[:12]} is the last one of several pull requests ({numbers}), and a plan is made for one; "
            "close the others, or push another commit to this one"
        )
    if run.conclusion != "success":
        raise GithubRefused(
            f"run {run.id} of {REVIEWING} ended with {run.conclusion}; mend what its log says, and push"
        )
    refuse_outdated(github, repository, run.head, commit_of(base))
    return PullRequest(int(pulls[0]["number"]), run.head, base)


def refuse_outdated(github: Github, repository: Repository, head: str, base: str) -> None:
    """Refuse a head that does not contain the last commit of the default branch: its tree is not what is merged.

    Raises:
        GithubRefused: it does not, or that commit is not the one whose code judges.
    """
    tip = str(github.get(f"/branches/{repository.main}")["commit"]["sha"])
    if tip != base:
        raise GithubRefused(
            f"{repository.main} is at {tip[:12]} and this run judges with {base[:12]}; bring the branch up to date "
            f"with {repository.main} and push"
        )
    behind = int(github.get(f"/compare/{base}...{head}?per_page=1")["behind_by"])
    if behind:
        raise GithubRefused(
            f"the branch lacks {behind} commit{'s' * (behind > 1)} of {repository.main}, so what is merged would be "
            f"another tree; bring the branch up to date with {repository.main} and push"
        )


def commit_of(text: Any) -> str:
    """A whole commit id.

    Raises:
        GithubRefused: it is none.
    """
    if not isinstance(text, str) or not _COMMIT.fullmatch(text):
        raise GithubRefused("a commit is 40 hexadecimal digits, and this is none")
    return text
