"""The one status that counts: nothing passes by not running."""

from __future__ import annotations

import json
from typing import Any

import pytest

from operations.cli import main
from tests.fake_github import FakeGithub
from tests.operations.github.pulls import BASE, FORK, HEAD, OTHER, lay, pull, review_run
from tests.operations.github.pulls import judged as judging

STACKS = '[{"stack": "dev"}]'


def needs(stacks: str | None = STACKS, **results: str) -> str:
    """How the jobs ended, as GitHub has it; well where nothing is said."""
    jobs = {
        name: {"result": results.get(name, "success"), "outputs": {}}
        for name in ("begin", "approvals", "plan", "policy", "review")
    }
    if stacks is not None:
        jobs["begin"]["outputs"] = {"number": "7", "stacks": stacks, "attempt": "1"}
    return json.dumps(jobs)


def judged(text: str, attempt: int = 1) -> int:
    """Give the verdict on what run 5 was for, by the second run that judges."""
    words = [f"--attempt={attempt}", "--number=2", f"--base={BASE}"]
    return main(["github", "verdict", "--run=5", f"--needs={text}", *words])


def test_a_verdict_that_is_run_again_alone_says_no(github: FakeGithub) -> None:
    """The policy that passed may have counted an approval that was taken back since."""
    lay(github)

    assert judged(needs(), attempt=2) == 3

    words = "jobs were run again without the others; run all jobs of the run again"
    assert github.statuses == [(HEAD, "failure", words, "")]


def test_a_later_run_keeps_the_word(github: FakeGithub, capsys: pytest.CaptureFixture[str]) -> None:
    """An older one that is run again sets no status, whether the later one has ended or not; a fork's takes none away."""
    lay(github)
    fork = f"judge {HEAD} of {FORK['id']}"
    github.runs = [judging(1), judging(2), judging(4, conclusion="skipped"), judging(5, display_title=fork)]
    alone = judged(needs())
    github.runs.append(judging(3, conclusion=None))

    assert (alone, judged(needs())) == (0, 2)

    assert len(github.statuses) == 1
    assert "is judged by a later run, 3, whose status counts" in capsys.readouterr().err


def test_what_went_on_meanwhile_does_not_merge(github: FakeGithub) -> None:
    """What the run began with is asked again."""
    lay(github, tip=OTHER)

    assert judged(needs()) == 3

    [(_, state, words, _)] = github.statuses
    assert (state, words.startswith("main is at 000000000000 and this run judges with")) == ("failure", True)


@pytest.mark.parametrize(("begun", "code"), [("1", 0), ("2", 2), ("", 2)])
def test_a_job_that_is_run_again_alone_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], begun: str, code: int
) -> None:
    """Whatever the earlier attempt found is not looked at."""
    monkeypatch.setenv("GITHUB_RUN_ATTEMPT", "1")

    assert main(["github", "attempt", f"--begun={begun}"]) == code

    assert ("run all jobs of the run again" in capsys.readouterr().err) is (code == 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(needs(), "may merge", id="planned"),
        pytest.param(
            needs("[]", plan="skipped"), "no stack to plan, policy and review passed", id="without-stacks"
        ),
    ],
)
def test_what_ran_and_passed_may_merge(
    github: FakeGithub, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    """A pull request without stacks as well, once policy and review have looked at it."""
    lay(github)

    assert judged(text) == 0

    assert github.statuses == [(HEAD, "success", words, "")]
    assert capsys.readouterr().out == f"{HEAD[:12]}: success: {words}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(needs(plan="skipped"), "plan skipped", id="plans-skipped"),
        pytest.param(
            needs(plan="failure", review="failure"), "plan failure, review failure", id="plans-failed"
        ),
        pytest.param(needs(approvals="failure"), "approvals failure", id="approvals-unknown"),
        pytest.param(needs("[]", plan="failure"), "plan failure", id="nothing-to-plan-and-failed"),
        pytest.param(needs("[]", plan="cancelled"), "plan cancelled", id="nothing-to-plan-and-cancelled"),
        pytest.param(needs("[]", plan="skipped", policy="skipped"), "policy skipped", id="policy-skipped"),
        pytest.param(needs("[]", plan="skipped", review="skipped"), "review skipped", id="review-skipped"),
        pytest.param(needs(policy="cancelled"), "policy cancelled", id="cancelled"),
        pytest.param(
            needs(
                None,
                begin="failure",
                approvals="skipped",
                plan="skipped",
                policy="skipped",
                review="skipped",
            ),
            "begin failure, approvals skipped, plan skipped, policy skipped, review skipped",
            id="not-begun",
        ),
        pytest.param(
            needs("[]", begin="failure", plan="skipped"), "begin failure, plan skipped", id="begun-and-failed"
        ),
        pytest.param(needs(None, plan="skipped"), "plan skipped", id="nobody-knows-the-stacks"),
    ],
)
def test_what_did_not_run_has_not_passed(
    github: FakeGithub, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    """GitHub counts a job that was skipped as passed; this one ends with 3, so that its run fails too."""
    lay(github)

    assert judged(text) == 3

    assert github.statuses == [(HEAD, "failure", f"{words}; the run says why", "")]
    assert words in capsys.readouterr().out


def test_one_that_was_not_asked_for_has_to_pass_too(github: FakeGithub) -> None:
    """A job that somebody adds to those that judge."""
    lay(github)
    jobs = json.loads(needs()) | {"mine": {"result": "skipped"}}

    assert judged(json.dumps(jobs)) == 3

    assert github.statuses[0][2] == "mine skipped; the run says why"


def test_a_long_reason_is_cut(github: FakeGithub) -> None:
    """GitHub refuses a longer one, and then there would be no status."""
    lay(github)
    jobs = json.loads(needs()) | {f"a-job-with-a-long-name-{n}": {"result": "failure"} for n in range(9)}

    assert judged(json.dumps(jobs)) == 3

    assert len(github.statuses[0][2]) == 140


def test_a_fork_fails_with_words(github: FakeGithub) -> None:
    """Whatever ran: it could merge without policy and review."""
    lay(github, review_run(head_repository=FORK))
    github.open_pulls = [pull(8, head={"sha": HEAD, "repo": FORK})]

    assert judged(needs()) == 3

    [(commit, state, words, _)] = github.statuses
    assert (commit, state) == (HEAD, "failure")
    assert words.startswith("forks are not planned")
    assert words.endswith("a member pushes the branch")
    assert len(words) <= 140


def test_a_fork_with_a_members_commit_takes_no_status_away(
    github: FakeGithub, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anybody can open one."""
    lay(github, review_run(head_repository=FORK))

    assert judged(needs()) == 2

    assert github.statuses == []
    assert "keeps its status" in capsys.readouterr().err


def test_a_run_of_another_workflow_gets_no_verdict(
    github: FakeGithub, capsys: pytest.CaptureFixture[str]
) -> None:
    """A branch's own, with the same name."""
    lay(github, review_run(path=".github/workflows/other.yml"))

    assert judged(needs()) == 2

    assert github.statuses == []
    assert "nothing is judged" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "must be what toJSON(needs) gives", id="nothing"),
        pytest.param("[]", "must be what toJSON(needs) gives", id="list"),
        pytest.param('{"begin": "success"}', "must be what toJSON(needs) gives", id="words"),
        pytest.param("{}", "lacks begin, approvals, plan, policy, review", id="nobody"),
        pytest.param(
            '{"begin": {}, "approvals": {}, "plan": {}, "review": {}}', "lacks policy", id="one-missing"
        ),
    ],
)
def test_results_that_are_none_are_no_verdict(
    github: FakeGithub, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    """The status stays as it is, which is not success."""
    lay(github)

    assert judged(text) == 2

    assert github.statuses == []
    assert words in capsys.readouterr().err


def test_github_refuses_the_status(github: FakeGithub, capsys: pytest.CaptureFixture[str]) -> None:
    """Then there is none, and the command says so."""
    lay(github)

    def refused(path: str) -> tuple[int, dict[str, Any], bytes] | None:
        return (403, {}, b'{"message": "Resource not accessible"}') if path.startswith("/statuses") else None

    github.answer = refused

    assert judged(needs()) == 2

    assert "does the job have the permission" in capsys.readouterr().err
