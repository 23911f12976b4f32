"""The golden text of every stack; `make snapshots` renews it, and its diff is to be reviewed."""

from __future__ import annotations

from pathlib import Path

from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import read_stack
from operations.gate.records import record_findings
from operations.gate.snapshots import snapshot_findings
from tests.example import ENVIRONMENTS, PLANS


def test_every_stack_is_as_it_was(real_output: Path) -> None:
    """Whatever a change does to the Terraform code of a stack is seen in its diff."""
    assert list(snapshot_findings(ENVIRONMENTS, real_output, list(PLANS))) == []


def test_the_records_hold_exactly_what_is_stateful(real_output: Path) -> None:
    """The committed records are neither behind the stacks nor full of what is long gone."""
    stacks = {plan: read_stack(real_output, name) for name, plan in PLANS.items()}

    assert list(record_findings(load_estate(ENVIRONMENTS), ENVIRONMENTS, stacks, kept=True)) == []
