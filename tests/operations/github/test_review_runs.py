"""Which pull request a run belongs to, and what is refused before anything of it is looked at."""

from __future__ import annotations

from typing import Any

import pytest

from operations.cli import main
from tests.fake_github import FakeGithub
from tests.operations.github.pulls import BASE, FORK, HEAD, OTHER, OWN, lay, pull, review_run


def asked(*more: str) -> int:
    """Ask which pull request run 5 belongs to."""
    return main(["github", "pull-request", "--run=5", f"--base={BASE}", *more])


@pytest.mark.parametrize("event", ["pull_request", "pull_request_review"])
def test_the_pull_request_is_githubs_own_word(
    github: FakeGithub, capsys: pytest.CaptureFixture[str], event: str
) -> None:
    """Number and commit, with the base that judges; no artifact is asked. Some runs name their file's branch."""
    lay(github, review_run(event=event, path=".github/workflows/review.yml@refs/pull/7/merge"))

    assert asked() == 0

    assert capsys.readouterr().out == f"number=7\nhead={HEAD}\nbase={BASE}\n"
    assert github.statuses == []


def test_a_status_says_that_it_is_being_judged(github: FakeGithub, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the address of the run, where there is one."""
    lay(github)
    monkeypatch.delenv("GITHUB_RUN_ID", raising=False)
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://github.com")
    codes = [asked("--pending")]
    monkeypatch.setenv("GITHUB_RUN_ID", "9")
    codes.append(asked("--pending"))

    assert codes == [0, 0]
    address = "https://github.com/kl/estate/actions/runs/9"
    assert github.statuses == [
        (HEAD, "pending", "is being judged", ""),
        (HEAD, "pending", "is being judged", address),
    ]


@pytest.mark.parametrize(
    ("run", "words"),
    [
        pytest.param(
            {"path": ".github/workflows/mine.yml"}, "is of .github/workflows/mine.yml, not of", id="same-name"
        ),
        pytest.param({"event": "push"}, "was caused by push", id="event"),
        pytest.param({"repository": FORK}, "is of another repository", id="repository"),
        pytest.param({"repository": None}, "is of another repository", id="no-repository"),
        pytest.param({"head_repository": FORK}, "forks are not planned", id="fork"),
        pytest.param({"head_repository": None}, "forks are not planned", id="fork-that-is-gone"),
        pytest.param(
            {"head_sha": OTHER[:-1] + "1"}, "is the last one of no open pull request", id="pushed-to-since"
        ),
        pytest.param({"head_sha": "main"}, "a commit is 40 hexadecimal digits", id="no-commit"),
        pytest.param({"head_sha": None}, "a commit is 40 hexadecimal digits", id="nothing"),
        pytest.param({"conclusion": "failure"}, "ended with failure; mend what its log says", id="failed"),
        pytest.param({"conclusion": None, "status": "queued"}, "ended with queued", id="not-done"),
    ],
)
def test_a_run_that_anybody_could_have_made_is_refused(
    github: FakeGithub, capsys: pytest.CaptureFixture[str], run: dict[str, Any], words: str
) -> None:
    """A workflow of another branch may have the same name; no status says that it is being judged."""
    lay(github, review_run(**run))

    code = asked("--pending")

    said = capsys.readouterr()
    assert (code, said.out, github.statuses) == (2, "", [])
    assert words in said.err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            {"behind": 2}, "lacks 2 commits of main, so what is merged would be another tree", id="behind"
        ),
        pytest.param({"behind": 1}, "lacks 1 commit of main", id="one-behind"),
        pytest.param({"tip": OTHER}, "main is at 000000000000 and this run judges with", id="main-went-on"),
    ],
)
def test_a_branch_that_is_not_up_to_date_is_not_judged(
    github: FakeGithub, capsys: pytest.CaptureFixture[str], change: dict[str, Any], words: str
) -> None:
    """What is planned would not be what is merged; an old run that is run again has an old base."""
    lay(github, **change)

    assert asked() == 2

    said = capsys.readouterr().err
    assert words in said
    assert "bring the branch up to date with main and push" in said


def test_one_commit_of_two_pull_requests_is_refused(
    github: FakeGithub, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plan is made for one; a fork's that has the same commit keeps nobody's from being judged."""
    lay(github)
    github.open_pulls.append(pull(8, head={"sha": HEAD, "repo": FORK}))
    github.open_pulls.append(pull(9, head={"sha": HEAD, "repo": None}))
    alone = asked()
    github.open_pulls.append(pull(10))

    assert (alone, asked()) == (0, 2)

    assert "last one of several pull requests (7, 10)" in capsys.readouterr().err


def test_a_base_that_is_no_commit_is_refused(github: FakeGithub, capsys: pytest.CaptureFixture[str]) -> None:
    """Such as a branch, which moves."""
    lay(github)

    assert main(["github", "pull-request", "--run=5", "--base=main"]) == 2

    assert "a commit is 40 hexadecimal digits" in capsys.readouterr().err
    assert OWN["id"] == github.things[""]["id"]
