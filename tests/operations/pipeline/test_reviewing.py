"""Reviewing sealed plans together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.operations.pipeline.conftest import git
from tests.operations.pipeline.stand_in import StandIn

Capture = pytest.CaptureFixture[str]

PLAN: dict[str, Any] = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "resource_changes": [
        {
            "address": "aws_kms_key.K",
            "mode": "managed",
            "type": "aws_kms_key",
            "name": "K",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": ["delete"], "before": {"description": "x"}, "after": None},
        }
    ],
}


@pytest.fixture
def planned(project: Path, terraform: StandIn) -> Path:
    """A sealed plan of dev that destroys a key."""
    terraform.order(json=PLAN)
    assert main(["plan", "dev"]) == 0
    return project


def review(*words: str) -> int:
    """Review for a pull request."""
    return main(["review-plans", *words, "--format=markdown", "--output=review.md"])


def test_all_plans_are_one_review(planned: Path) -> None:
    """It ends as the review does; a stack that no pipeline plans is named with the reason."""
    code = review("plans")

    text = (planned / "review.md").read_text()
    assert code == 3
    assert "aws_kms_key.K" in text
    assert "no runner reaches vcenter.example.com:443" in text


def test_plans_that_hurt_nothing_pass(project: Path, terraform: StandIn) -> None:
    """The stack that no pipeline plans is for people, and stops nothing."""
    terraform.order(json={**PLAN, "resource_changes": []})
    main(["plan", "dev"])

    assert review("plans") == 0
    assert "aws_kms_key.K" not in (project / "review.md").read_text()


def test_options_of_the_review_are_handed_on(planned: Path) -> None:
    """Such as the level that stops."""
    assert review("plans", "--fail-on=nonsense") == 2
    assert not (planned / "review.md").exists()


def test_a_plan_that_should_be_there_is_a_failure(planned: Path, capsys: Capture) -> None:
    """The comment says so, and the job fails whatever else was found."""
    code = review("plans", "--runner=dc")

    assert code == 2
    assert "dev-vsphere: has no plan among these, and should have one" in capsys.readouterr().err
    assert "it could not be planned; the log of its job says why" in (planned / "review.md").read_text()


def test_a_plan_that_nobody_can_read_is_told_beside_the_missing_one(
    project: Path, terraform: StandIn, capsys: Capture
) -> None:
    """All mistakes at once."""
    terraform.order(json={"format_version": "9.0"})
    main(["plan", "dev"])

    code = review("plans", "--runner=dc")

    told = capsys.readouterr().err
    assert (code, "dev-vsphere: has no plan among these" in told, "/dev.json: " in told) == (2, True, True)
    # The comment of an earlier commit does not stay.
    assert "## May not merge: nothing was reviewed" in (project / "review.md").read_text()


def test_one_plan_is_reviewed_alone(planned: Path) -> None:
    """As Atlantis does, a project at a time."""
    code = review("plans/dev.plan", "--runner=dc")

    assert code == 3
    assert "it could not be planned" not in (planned / "review.md").read_text()


def test_plans_of_another_state_are_refused(planned: Path, capsys: Capture) -> None:
    """A comment about other code would be believed."""
    (planned / "new").touch()
    git(planned, "add", "-A")
    git(planned, "commit", "-qm", "second")

    code = review("plans")

    assert code == 2
    assert "dev: was made from another state of the repository than this" in capsys.readouterr().err


def test_a_secret_is_reviewed_and_never_shown(project: Path, terraform: StandIn) -> None:
    """Whoever reviews has a key that opens what holds none: that it changes is seen, and of it nothing."""
    changes = {
        "actions": ["update"],
        "before": {"secret": "hunter2-hunter2", "same": "tr0ub4dor-tr0ub4dor"},
        "after": {"secret": "hunter3-hunter3", "same": "tr0ub4dor-tr0ub4dor"},
        "before_sensitive": {"secret": True, "same": True},
        "after_sensitive": {"secret": True, "same": True},
    }
    terraform.order(json={**PLAN, "resource_changes": [{**PLAN["resource_changes"][0], "change": changes}]})
    main(["plan", "dev"])

    review("plans")

    text = (project / "review.md").read_text()
    assert "`secret`" in text
    assert "(sensitive)" in text
    assert "same" not in text
    assert not {"hunter2", "hunter3", "tr0ub4dor"} & set(text.replace("-", " ").split())


@pytest.mark.parametrize(
    ("marked", "declared"),
    [({"policy": True}, {}), ({}, {"p": {"sensitive": True, "default": "everybody-may"}})],
    ids=["marked by the code", "a variable's value"],
)
def test_what_the_code_hides_from_the_review_is_high(
    project: Path, terraform: StandIn, marked: dict[str, Any], declared: dict[str, Any]
) -> None:
    """A policy is no secret: whoever calls it one would have nobody judge it."""
    changes = {
        "actions": ["create"],
        "before": None,
        "after": {"policy": "everybody-may", "secret_token": "everybody-may", "x": "plain"},
        "after_sensitive": {"secret_token": True, **marked},
    }
    entry = {**PLAN["resource_changes"][0], "address": "aws_kms_key.N", "change": changes}
    configuration = {"root_module": {"variables": declared}}
    terraform.order(json={**PLAN, "resource_changes": [entry], "configuration": configuration})
    main(["plan", "dev"])

    code = review("plans")

    text = (project / "review.md").read_text()
    assert code == 3
    assert "policy is taken out of what is reviewed, and nothing that is secret by its name" in text
    assert "secret_token is taken out" not in text


def test_plans_of_another_pull_request_are_refused(planned: Path, capsys: Capture) -> None:
    """All that is wrong with any of them is told at once."""
    main(["plan", "dev", "--pull-request=7", "--head-commit=abc"])
    own = review("plans", "--pull-request=7", "--head-commit=abc")
    capsys.readouterr()

    other = review("plans", "--pull-request=8", "--head-commit=abd", "--base-commit=def")

    said = capsys.readouterr().err
    assert (own, other, planned.is_dir()) == (3, 2, True)
    assert "dev: was made for pull request 7, not for 8" in said
    assert "dev: was made of head abc, not of abd" in said
    assert "dev: was made of no base, not of def" in said
    main(["plan", "dev"])
    assert review("plans", "--pull-request=8") == 2
    assert "dev: was made for no pull request, not for 8" in capsys.readouterr().err


def test_plans_of_several_pull_requests_are_no_review(planned: Path, capsys: Capture) -> None:
    """Neither are two of one stack."""
    main(["plan", "sandbox", "--pull-request=7"])
    mixed = review("plans")
    main(["plan", "sandbox", "--file=plans/dev2.plan"])
    main(["plan", "sandbox"])
    twice = review("plans")

    said = capsys.readouterr().err
    assert (mixed, twice, planned.is_dir()) == (2, 2, True)
    assert "plans: holds plans of more than one pull request" in said
    assert "plans/sandbox.plan: is a second plan of sandbox; remove one" in said


def test_plans_that_cannot_be_opened_are_told_together(planned: Path, capsys: Capture) -> None:
    """And whatever is the same for all, once."""
    (planned / "plans" / "a.plan").write_text("no plan")
    (planned / "plans" / "b.plan").write_bytes(b"hybrid plan 1\n{}\n")

    code = review("plans")

    said = capsys.readouterr().err
    assert code == 2
    assert "plans/a.plan: is not a sealed plan" in said
    assert "plans/b.plan: is sealed in a former way" in said


@pytest.mark.parametrize("there", [True, False])
def test_when_every_plan_failed_the_comment_says_so(project: Path, capsys: Capture, *, there: bool) -> None:
    """No artifact, and then no folder: the comment of an earlier commit must not stay."""
    if there:
        (project / "plans").mkdir()

    code = review("plans")

    assert code == 2
    assert "dev: has no plan among these, and should have one" in capsys.readouterr().err
    assert "it could not be planned; the log of its job says why" in (project / "review.md").read_text()


def test_a_plan_that_is_not_there_is_no_reason_to_apply_nothing(project: Path, capsys: Capture) -> None:
    """Artifacts go after some days, and a merge that was run again then would pass without a job."""
    assert project.is_dir()
    capsys.readouterr()

    code = main(["stacks", "--plans=plans", "--format=github"])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "dev: has no plan among these, and should have one" in said.err


def test_only_what_changes_is_applied(planned: Path, terraform: StandIn, capsys: Capture) -> None:
    """The matrix of the apply has no job for a stack without changes."""
    capsys.readouterr()
    main(["stacks", "--plans=plans", "--format=github"])
    changing = capsys.readouterr().out
    terraform.order(plan={"exit": 0})
    main(["plan", "dev"])
    capsys.readouterr()

    main(["stacks", "--plans=plans", "--format=github"])

    assert planned.is_dir()
    assert json.loads(changing.removeprefix("stacks="))[0]["stack"] == "dev"
    assert capsys.readouterr().out == "stacks=[]\n"
