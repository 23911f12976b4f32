"""What a person applies, and no pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.artifacts.estate_stacks import BY_HAND, foreseen_stacks, refuse_by_hand
from operations.cli import main
from operations.pipeline.matrix import github_output
from tests.derived.pipeline.grounds import estate, in_aws
from tests.operations.estate_files import write_estate

Capture = pytest.CaptureFixture[str]


def test_a_pipeline_leaves_it_out_and_says_so() -> None:
    """It is listed with the reason, and no job is made of it."""
    stacks = foreseen_stacks(estate(in_aws()), {})

    assert [(one.name, one.obstacle) for one in stacks] == [("dev-bootstrap", BY_HAND), ("dev", "")]
    assert "bootstrap" not in github_output(stacks)


@pytest.mark.parametrize("words", [("plan", "dev-bootstrap"), ("apply", "dev-bootstrap", "--plan", "x.plan")])
def test_it_is_neither_planned_nor_applied_by_the_verbs_of_a_pipeline(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Whose identities may not do that; the commands that a person runs are named."""
    write_estate(tmp_path, dev="environment: dev\nstate: {local: {}}\n")
    monkeypatch.chdir(tmp_path)

    assert main(list(words)) == 2
    assert "cdktf deploy dev-bootstrap" in " ".join(capsys.readouterr().err.split())


def test_other_stacks_are_not_refused() -> None:
    """Companions among them."""
    refuse_by_hand(["dev", "dev-vsphere", "dev-attach"])
