"""Forgetting what was drafted and never applied, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.artifacts.stateful import read_record, record_path, record_text
from operations.cli import main
from operations.settle.drafts import forget_drafts
from tests.operations.commands import make_command

RECORDED = frozenset({"aws_kms_key.A", "aws_kms_key.B", "aws_vpc.V"})
STACK = Path("cdktf.out/stacks/prod")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two environments with the same record, one with local state."""
    monkeypatch.chdir(tmp_path)
    environments = Path("environments")
    (environments / "stateful").mkdir(parents=True)
    (environments / "organization.yaml").write_text("{name: kl, domain: example.com, promotion: [dev, prod]}")
    (environments / "dev.yaml").write_text("{environment: dev, state: {local: {}}}")
    (environments / "prod.yaml").write_text("{environment: prod, state: {gcs: {bucket: kl-prod}}}")
    for name in ("dev", "prod"):
        record_path(environments, name).write_text(record_text(RECORDED), "utf-8")
    STACK.mkdir(parents=True)
    return environments


def state(*addresses: str) -> str:
    """The text of a state that holds these addresses."""
    resources = [
        {"mode": "managed", "type": a.split(".")[0], "name": a.split(".")[1], "instances": [{}]}
        for a in addresses
    ]
    return json.dumps({"version": 4, "resources": resources})


def test_forgets_what_the_state_does_not_hold(folder: Path) -> None:
    """Whatever was applied stays recorded."""
    forgotten = forget_drafts(folder, "prod", state("aws_kms_key.A", "aws_instance.I"), STACK, "terraform")

    assert forgotten == ["aws_kms_key.B", "aws_vpc.V"]
    assert read_record(record_path(folder, "prod")) == {"aws_kms_key.A"}


@pytest.mark.parametrize("text", ["", "\n"])
def test_forgets_everything_where_nothing_was_applied(folder: Path, text: str) -> None:
    """A backend without a state prints nothing."""
    assert forget_drafts(folder, "dev", text, STACK, "terraform") == sorted(RECORDED)
    assert read_record(record_path(folder, "dev")) == frozenset()


def test_changes_nothing_where_everything_was_applied(folder: Path) -> None:
    """There was no draft."""
    before = record_path(folder, "prod").stat().st_mtime_ns

    assert forget_drafts(folder, "prod", state(*RECORDED), STACK, "terraform") == []
    assert record_path(folder, "prod").stat().st_mtime_ns == before


def test_refuses_the_state_of_another_stack(folder: Path) -> None:
    """A state that holds other things, and none of these, proves nothing about these."""
    with pytest.raises(InvalidInput, match="state of another stack"):
        forget_drafts(folder, "prod", state("aws_instance.I"), STACK, "terraform")

    assert read_record(record_path(folder, "prod")) == RECORDED


def test_refuses_to_take_a_missing_local_state_for_none(folder: Path) -> None:
    """It may lie on another machine."""
    with pytest.raises(InvalidInput, match="proves nothing"):
        forget_drafts(folder, "dev", None, STACK, "terraform")

    assert read_record(record_path(folder, "dev")) == RECORDED


def test_reads_the_local_state(folder: Path) -> None:
    """Where it lies on this machine."""
    path = Path(".state/dev/terraform.tfstate")
    path.parent.mkdir(parents=True)
    path.write_text(state("aws_vpc.V"), "utf-8")

    assert forget_drafts(folder, "dev", None, STACK, "terraform") == ["aws_kms_key.A", "aws_kms_key.B"]


def test_refuses_when_the_state_cannot_be_had(folder: Path, tmp_path: Path) -> None:
    """A backend that does not answer proves nothing."""
    binary = make_command(tmp_path, "terraform", "echo 'Error: no bucket' >&2; exit 1")

    with pytest.raises(InvalidInput, match="cannot be pulled"):
        forget_drafts(folder, "prod", None, STACK, binary)

    assert read_record(record_path(folder, "prod")) == RECORDED


def test_says_what_was_forgotten(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line an address, from the state that the backend gives."""
    answer = tmp_path / "answer"
    answer.write_text(state("aws_kms_key.A", "aws_kms_key.B"), "utf-8")
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", make_command(tmp_path, "terraform", f"cat '{answer}'"))

    shown = main(["settle", "prod", "--drafts"])
    would = capsys.readouterr().out.splitlines()
    kept = read_record(record_path(folder, "prod"))

    code = main(["settle", "prod", "--drafts", "--write"])

    assert (shown, kept, would) == (
        0,
        RECORDED,
        [
            "prod: aws_vpc.V was never applied, and would be forgotten",
            "prod: 1 would be forgotten; everything else that is recorded is in the state",
            "nothing is written yet; the same with --write writes it",
        ],
    )
    assert (code, capsys.readouterr().out.splitlines()) == (
        0,
        [
            "prod: aws_vpc.V was never applied, and is forgotten",
            "prod: 1 forgotten; everything else that is recorded is in the state",
        ],
    )
    assert read_record(record_path(folder, "prod")) == {"aws_kms_key.A", "aws_kms_key.B"}
