"""Which run reviewed what is merged, and whose turn it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.fake_github import REPOSITORY, FakeGithub

COMMIT = "c0ffee"


def pull(**fields: Any) -> dict[str, Any]:
    """A pull request that was merged as COMMIT."""
    head = {"sha": "beef", "repo": {"full_name": REPOSITORY}}
    return {"number": 7, "merged_at": "2026", "merge_commit_sha": COMMIT, "head": head, **fields}


def run(number: int, **fields: Any) -> dict[str, Any]:
    """A run that reviewed it."""
    good = {"head_sha": "beef", "event": "pull_request", "conclusion": "success"}
    return {"id": 1000 + number, "run_number": number, **good, **fields}


def test_the_last_review_that_passed_is_found(github: FakeGithub, capsys: pytest.CaptureFixture[str]) -> None:
    """By the commit that was merged, over its pull request; what GitHub's filters let through is looked at."""
    github.pulls[COMMIT] = [pull(merged_at=None), pull(merge_commit_sha="other"), pull()]
    github.runs = [
        run(1),
        run(3),
        run(2),
        run(4, conclusion="failure"),
        run(5, head_sha="other"),
        run(6, event="workflow_dispatch"),
    ]

    code = main(["github", "reviewed", f"--commit={COMMIT}"])

    assert (code, capsys.readouterr().out) == (0, "run=1003\n")


@pytest.mark.parametrize(
    ("pulls", "runs", "words"),
    [
        pytest.param([], [run(1)], "merges no pull request", id="pushed"),
        pytest.param([pull(head={"sha": "beef", "repo": None})], [run(1)], "comes from a fork", id="fork"),
        pytest.param([pull()], [run(1, conclusion="failure")], "without a review that passed", id="red"),
    ],
)
def test_what_nobody_reviewed_is_not_applied(
    github: FakeGithub,
    capsys: pytest.CaptureFixture[str],
    pulls: list[Any],
    runs: list[Any],
    words: str,
) -> None:
    """Exit code 2, and no run."""
    github.pulls[COMMIT], github.runs = pulls, runs

    code = main(["github", "reviewed", f"--commit={COMMIT}"])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert words in said.err


@pytest.fixture
def outdir(tmp_path: Path) -> Path:
    """Three stacks, as synthesis writes them."""
    names = ["sandbox", "dev", "prod"]
    for name in names:
        (tmp_path / "stacks" / name).mkdir(parents=True)
        (tmp_path / "stacks" / name / "cdk.tf.json").write_text('{"terraform": {"backend": {"gcs": {}}}}')
    stacks = {name: {"environment": name, "after": [], "reaches": []} for name in names}
    (tmp_path / "stacks.json").write_text(json.dumps({"order": names, "stacks": stacks}))
    return tmp_path


@pytest.mark.parametrize(
    ("sandbox", "code", "words"),
    [
        pytest.param({"conclusion": "success"}, 0, "prod: everything before it is applied", id="applied"),
        pytest.param({"conclusion": "failure"}, 2, "prod comes after sandbox (failure)", id="failed"),
        pytest.param(
            {"conclusion": None, "status": "waiting"}, 2, "prod comes after sandbox (waiting)", id="waiting"
        ),
    ],
)
def test_a_stack_waits_for_those_before_it(
    github: FakeGithub,
    outdir: Path,
    capsys: pytest.CaptureFixture[str],
    sandbox: dict[str, Any],
    code: int,
    words: str,
) -> None:
    """Those that have a job in this run; dev has none, because nothing changes there."""
    github.jobs = [
        {"name": "reviewed", "conclusion": "success"},
        {"name": "apply sandbox", **sandbox},
        {"name": "apply prod", "conclusion": None, "status": "in_progress"},
    ]

    ended = main(["github", "turn", "prod", "--run=9", f"--stacks={outdir}"])

    said = capsys.readouterr()
    assert (ended, words in said.out + said.err) == (code, True)


def test_a_stack_without_a_job_has_no_turn(
    github: FakeGithub, outdir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Jobs that are called otherwise would let everything pass."""
    github.jobs = [{"name": "Apply prod", "conclusion": None, "status": "in_progress"}]

    code = main(["github", "turn", "prod", "--run=9", f"--stacks={outdir}"])

    assert code == 2
    assert "run 9 has no job apply prod" in capsys.readouterr().err
