"""Which run judged what is merged, and whose turn it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.fake_github import REPOSITORY_ID, FakeGithub
from tests.operations.github.pulls import FORK, HEAD, OTHER, OWN, judged, pull

COMMIT = "c0ffee" + "0" * 34


def merged(**fields: Any) -> dict[str, Any]:
    """A pull request that was merged as COMMIT."""
    good = {"merged_at": "2026-11-30T12:00:00Z", "merge_commit_sha": COMMIT}
    return pull(base={"ref": "main", "repo": OWN}, **{**good, **fields})


def asked() -> int:
    """Ask which run judged what COMMIT merged."""
    return main(["github", "reviewed", f"--commit={COMMIT}"])


def test_the_last_run_that_judged_is_found(github: FakeGithub, capsys: pytest.CaptureFixture[str]) -> None:
    """By the commit that was merged, over its pull request; what GitHub's filters let through is looked at."""
    github.pulls[COMMIT] = [merged(merged_at=None), merged(merge_commit_sha="other"), merged()]
    github.runs = [
        judged(1, conclusion="failure"),
        judged(3),
        judged(2),
        # Of these none is one: anybody who pushes can make runs with such a name, of such a commit.
        judged(4, display_title=f"judge {OTHER} of {REPOSITORY_ID}"),
        judged(5, event="pull_request"),
        judged(6, event="push", conclusion="failure"),
        judged(7, path=".github/workflows/mine.yml"),
        judged(8, head_branch="mine"),
        judged(9, repository=FORK),
        # A fork's, of the same commit: it is judged too, and fails.
        judged(13, display_title=f"judge {HEAD} of {FORK['id']}", conclusion="failure"),
        judged(14, display_title=f"judge {HEAD} of {FORK['id']}", conclusion=None),
        # What a remark caused, and what somebody looks at afterwards.
        judged(10, conclusion="skipped"),
        judged(12, conclusion="failure", created_at="2026-11-30T12:00:01Z"),
    ]

    assert asked() == 0

    assert capsys.readouterr().out == f"run=1003\npull_request=7\nhead={HEAD}\n"


@pytest.mark.parametrize(
    ("pulls", "runs", "words"),
    [
        pytest.param([], [judged(1)], "merges no pull request onto main", id="pushed"),
        pytest.param(
            [merged() | {"base": {"ref": "next", "repo": OWN}}],
            [judged(1)],
            "merges no pull request",
            id="other-base",
        ),
        pytest.param(
            [merged() | {"base": {"ref": "main", "repo": FORK}}],
            [judged(1)],
            "merges no pull request",
            id="elsewhere",
        ),
        pytest.param(
            [merged() | {"head": {"sha": HEAD, "repo": None}}],
            [judged(1)],
            "comes from a fork",
            id="fork-that-is-gone",
        ),
        pytest.param(
            [merged() | {"head": {"sha": HEAD, "repo": FORK}}], [judged(1)], "comes from a fork", id="fork"
        ),
        pytest.param([merged()], [], "was not judged before it was merged", id="never"),
        pytest.param(
            [merged()], [judged(1, conclusion="failure")], "was judged last with failure, when", id="red"
        ),
        pytest.param(
            [merged()],
            [judged(1), judged(2, conclusion=None)],
            "is still being judged, by run 1002",
            id="at-it",
        ),
        pytest.param(
            [merged()],
            [judged(1), judged(2, conclusion="cancelled")],
            "was judged last with cancelled",
            id="taken-back",
        ),
        pytest.param(
            [merged()],
            [judged(1, event="pull_request", path=".github/workflows/review.yml", head_branch="mine")],
            "was not judged before",
            id="a-run-of-the-branch",
        ),
    ],
)
def test_what_nobody_judged_is_not_applied(
    github: FakeGithub,
    capsys: pytest.CaptureFixture[str],
    pulls: list[Any],
    runs: list[Any],
    words: str,
) -> None:
    """Exit code 2, and no run; a status of the commit is not asked, because whoever pushes can set it."""
    github.pulls[COMMIT], github.runs = pulls, runs

    code = asked()

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert words in said.err
    assert [line for line in github.asked if "status" in line] == []


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


@pytest.mark.parametrize(
    ("attempt", "tip", "code"),
    [
        pytest.param(1, OTHER, 0, id="a-queue-of-merges"),
        pytest.param(2, COMMIT, 0, id="again"),
        pytest.param(2, OTHER, 2, id="again-after-a-revert"),
    ],
)
def test_an_old_run_that_is_run_again_is_refused(
    github: FakeGithub, outdir: Path, capsys: pytest.CaptureFixture[str], attempt: int, tip: str, code: int
) -> None:
    """It would apply what was taken back since."""
    github.jobs = [{"name": "apply prod", "conclusion": None, "status": "in_progress"}]
    github.things["/branches/main"] = {"commit": {"sha": tip}}
    words = [f"--commit={COMMIT}", f"--attempt={attempt}"]

    assert main(["github", "turn", "prod", "--run=9", f"--stacks={outdir}", *words]) == code

    assert ("which is run again, applies c0ffee000000" in capsys.readouterr().err) is (code == 2)


@pytest.mark.parametrize(
    ("later", "code"),
    [
        pytest.param({}, 2, id="applied"),
        pytest.param({"run_number": 1}, 0, id="before"),
        pytest.param({"conclusion": "failure"}, 0, id="failed"),
        pytest.param({"conclusion": None}, 0, id="waits for this one"),
        pytest.param({"event": "workflow_dispatch"}, 0, id="by hand"),
        pytest.param({"head_branch": "mine"}, 0, id="of a branch"),
    ],
)
def test_a_run_that_waited_until_a_later_one_had_applied_is_refused(
    github: FakeGithub,
    outdir: Path,
    capsys: pytest.CaptureFixture[str],
    later: dict[str, Any],
    code: int,
) -> None:
    """People may agree to it days afterwards, when it was taken back by a merge that changed nothing, as it was not applied."""
    github.jobs = [{"name": "apply prod", "conclusion": None, "status": "in_progress"}]
    good = {"id": 12, "run_number": 3, "event": "push", "head_branch": "main", "conclusion": "success"}
    github.applies = [{**good, **later}]

    assert main(["github", "turn", "prod", "--run=9", f"--stacks={outdir}"]) == code

    assert ("what was merged later is applied, by run 12" in capsys.readouterr().err) is (code == 2)


def test_a_stack_without_a_job_has_no_turn(
    github: FakeGithub, outdir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Jobs that are called otherwise would let everything pass."""
    github.jobs = [{"name": "Apply prod", "conclusion": None, "status": "in_progress"}]

    code = main(["github", "turn", "prod", "--run=9", f"--stacks={outdir}"])

    assert code == 2
    assert "run 9 has no job apply prod" in capsys.readouterr().err
