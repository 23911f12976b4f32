"""Reviewing sealed plans together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations.cli import main
from tests.operations.pipeline.conftest import git
from tests.operations.pipeline.stand_in import StandIn

Capture = pytest.CaptureFixture[str]

PLAN = {
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
    assert not (project / "review.md").exists()


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
