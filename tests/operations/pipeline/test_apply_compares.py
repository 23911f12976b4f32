"""What an apply holds a plan against: what was shown, a fresh plan, the pull request, who has the keys."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from tests.operations.pipeline.applying import apply, change
from tests.operations.pipeline.stand_in import StandIn

Capture = pytest.CaptureFixture[str]
CREATED = {"address": "x.y", "change": {"actions": ["create"], "before": None, "after": {"n": 1}}}
PLAN = {"terraform_version": "1.11.4", "variables": {"key": {"value": "from-the-plan"}}}


def plans(terraform: StandIn, *, sealed: dict[str, Any], fresh: dict[str, Any]) -> None:
    """Have a plan sealed and another one made when it is applied."""
    terraform.order(json={**PLAN, **sealed})
    assert main(["plan", "dev"]) == 0
    terraform.order(json={**PLAN, **fresh})


@pytest.mark.parametrize(
    ("sealed", "fresh", "words"),
    [
        pytest.param(
            {"resource_changes": [CREATED]}, {}, "would create x.y, and a fresh plan leaves it", id="change"
        ),
        pytest.param(
            {"variables": {"key": {"value": "theirs"}}},
            {},
            "was made with another value of variable key than this environment's",
            id="variable",
        ),
        pytest.param({"errored": True}, {}, "is of a plan that failed", id="failed"),
        pytest.param({"applyable": False}, {}, "or that nothing can be applied of", id="applyable"),
        pytest.param({"complete": False}, {}, "it was limited by -target", id="complete"),
    ],
)
def test_what_a_fresh_plan_would_not_do_is_refused(
    project: Path,
    terraform: StandIn,
    capsys: Capture,
    sealed: dict[str, Any],
    fresh: dict[str, Any],
    words: str,
) -> None:
    """Whatever was sealed and reviewed; neither value is told."""
    assert project.is_dir()
    plans(terraform, sealed=sealed, fresh=fresh)

    code = apply()

    said = capsys.readouterr().err
    assert (code, "apply" in terraform.commands) == (2, False)
    assert words in said
    assert "theirs" not in said


def test_what_only_a_fresh_plan_would_do_is_told_and_not_done(
    project: Path, terraform: StandIn, capsys: Capture
) -> None:
    """It was not reviewed."""
    assert project.is_dir()
    plans(terraform, sealed={}, fresh={"resource_changes": [CREATED]})

    code = apply()

    assert (code, terraform.commands[-1]) == (0, "apply")
    assert "dev: a fresh plan would also create x.y; that was not reviewed, and is not done" in (
        capsys.readouterr().out
    )


def test_what_was_shown_has_to_be_what_is_applied(planned: Path, terraform: StandIn, capsys: Capture) -> None:
    """A harmless plan for whoever reviews, beside another one."""
    change(planned, lambda about, stored: (about, replace(stored, json=b'{"resource_changes": []}')))

    code = apply()

    assert (code, terraform.commands) == (2, ["version", "init", "show"])
    assert "does something else than was shown for review" in capsys.readouterr().err


@pytest.mark.parametrize(
    "does",
    [{"resource_changes": [CREATED]}, {"output_changes": {"o": {"actions": ["create"]}}}],
    ids=["an object", "an output"],
)
def test_a_plan_that_denies_what_it_does_is_refused(
    project: Path, terraform: StandIn, capsys: Capture, does: dict[str, Any]
) -> None:
    """What was merged would stay undone, and everything would look well."""
    plans(terraform, sealed=does, fresh=does)
    change(project / "plans/dev.plan", lambda about, stored: (replace(about, changes=False), stored))

    assert apply() == 2
    assert "says that it changes nothing, and shows changes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("order", "words"),
    [
        pytest.param(
            {"state": {"serial": 4, "lineage": "one"}}, "is stale: the state was changed after", id="state"
        ),
        pytest.param({"untold": "08036a0162"}, "has its state elsewhere than a fresh plan", id="elsewhere"),
        pytest.param({"untold": "0b"}, "holds no plan; nothing was applied", id="no plan"),
    ],
)
def test_what_is_shown_of_no_plan_has_to_be_the_fresh_ones(
    planned: Path, terraform: StandIn, capsys: Capture, order: dict[str, Any], words: str
) -> None:
    """Where its state is, and which."""
    terraform.order(**order)

    code = apply()

    assert (code, planned.exists(), "apply" in terraform.commands) == (2, True, False)
    assert words in capsys.readouterr().err


def test_code_beside_the_stack_counts(planned: Path, project: Path, capsys: Capture) -> None:
    """Terraform reads every such file, and a plan keeps it."""
    (project / "cdktf.out/stacks/dev/more.tf.json").write_text("{}")

    assert (apply(), planned.exists()) == (2, True)
    assert "in cdktf.out/stacks/dev (it differs in more.tf.json); nothing was applied" in (
        capsys.readouterr().err
    )


def test_whoever_applies_brings_the_variables(
    planned: Path, project: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """With those of whoever planned, a key that only a forger knows would be applied."""
    path = project / "cdktf.out/stacks/dev/cdk.tf.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "variable": {"key": {"sensitive": True}}}))
    monkeypatch.setenv("TF_VAR_key", "from-the-plan")
    assert main(["plan", "dev"]) == 0
    monkeypatch.delenv("TF_VAR_key")

    without = apply()
    monkeypatch.setenv("HYBRID_VARIABLES", '{"key": "from-the-plan"}')

    assert (without, apply(), planned.exists()) == (2, 0, True)
    assert "dev: key: variable has no value; put it into HYBRID_VARIABLES" in capsys.readouterr().err
    assert terraform.log[-1]["environment"]["TF_VAR_key"] == "from-the-plan"


def test_a_plan_is_applied_for_its_own_pull_request(
    project: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """As the pipeline says it; nobody applies one for another, or without saying for which."""
    assert project.is_dir()
    assert main(["plan", "dev", "--pull-request=7", "--head-commit=abc", "--base-commit=def"]) == 0

    unsaid, other = apply(), apply("--pull-request=8")
    monkeypatch.setenv("HYBRID_PULL_REQUEST", "7")
    old, own = apply("--head-commit=abd"), apply("--head-commit=abc")

    said = capsys.readouterr().err
    assert (unsaid, other, old, own) == (2, 2, 2, 0)
    assert "was made for pull request 7; say --pull-request 7 to apply that one" in said
    assert "was made for pull request 7, not for 8" in said
    assert "was made of head abc, not of abd" in said
    assert terraform.commands[-1] == "apply"


def test_without_keys_nothing_is_begun(
    planned: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """What lacks is named, with where it goes."""
    monkeypatch.delenv("HYBRID_KEYS")
    for name in ("HYBRID_SEAL_KEY", "HYBRID_APPLY_KEY", "HYBRID_REVIEW_KEYS"):
        monkeypatch.delenv(name, raising=False)

    codes = main(["plan", "dev"]), apply(), main(["review-plans", "plans"]), main(["drift", "--plans=plans"])

    said = capsys.readouterr().err
    assert (codes, planned.exists(), terraform.commands) == ((2, 2, 2, 2), False, [])
    for name in ("HYBRID_OPENERS", "HYBRID_APPLY_KEY"):
        assert f"{name}: is not set in the environment, and no --keys names a file; make keys with" in said
