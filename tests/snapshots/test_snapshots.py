"""The golden text of every stack; `make snapshots` renews it, and its diff is to be reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from estate.reading.estate_loader import load_estate
from operations.synth.stack_json import protected_addresses, read_stack
from operations.synth.stateful import read_record, record_path
from tests.example import ENVIRONMENTS, PLANS


class TerraformJson(SingleFileSnapshotExtension):
    """One file a stack, the bytes that Terraform reads."""

    _write_mode = WriteMode.TEXT
    file_extension = "tf.json"


@pytest.mark.parametrize("name", PLANS)
def test_stack(real_output: Path, snapshot: SnapshotAssertion, name: str) -> None:
    """Whatever a change does to the Terraform code of a stack is seen in its diff."""
    text = (real_output / "stacks" / name / "cdk.tf.json").read_text("utf-8")

    assert text == snapshot(extension_class=TerraformJson)


@pytest.mark.parametrize("name", PLANS)
def test_the_record_holds_exactly_what_is_stateful(real_output: Path, name: str) -> None:
    """The committed record is neither behind the stack nor full of what is long gone."""
    refactoring = load_estate(ENVIRONMENTS).refactoring(name)
    leaving = {entry.from_ for entry in refactoring.moved} | {entry.from_ for entry in refactoring.removed}

    recorded = read_record(record_path(ENVIRONMENTS, name))

    assert recorded - leaving == frozenset(protected_addresses(read_stack(real_output, name)))
