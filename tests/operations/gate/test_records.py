"""Records of stateful addresses against the stacks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from estate.derived.stack_plan import stack_plans
from estate.reading.estate_loader import load_estate
from operations.artifacts.stateful import record_path, record_text
from operations.gate.records import has_records, record_findings
from tests.operations.gate.foreign import FOREIGN

KEPT = {"lifecycle": {"prevent_destroy": True}}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The foreign estate without its clouds' files: the stacks are made up here."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(FOREIGN, "environments")
    return Path("environments")


def _record(folder: Path, address: str) -> None:
    path = record_path(folder, "lab")
    path.parent.mkdir(exist_ok=True)
    path.write_text(record_text(frozenset({address})), "utf-8")


def found(folder: Path, *, kept: bool = True, **keys: dict[str, Any]) -> list[str]:
    """What is found of lab with these keys, and of prod without any."""
    estate = load_estate(folder)
    stacks = {
        plan: {"resource": {"aws_kms_key": keys if plan.name == "lab" else {}}}
        for plan in stack_plans(estate).values()
    }
    return list(record_findings(estate, folder, stacks, kept=kept))


def test_a_record_is_what_is_protected(folder: Path) -> None:
    """Neither less nor more."""
    path = record_path(folder, "lab")
    path.parent.mkdir()
    path.write_text(record_text(frozenset()), "utf-8")
    assert not has_records(folder)
    assert found(folder, kept=False, A=KEPT) == []
    assert found(folder, A=KEPT) == [
        "environments/stateful/lab.txt: lacks aws_kms_key.A; hybrid synth records it, and the record is to be committed"
    ]

    _record(folder, "aws_kms_key.A")

    assert has_records(folder)
    assert found(folder, A=KEPT) == []


def test_what_is_lost_is_said_in_synth_s_words(folder: Path) -> None:
    """Synthesis would refuse it."""
    _record(folder, "aws_kms_key.A")

    [lost] = found(folder)

    assert lost.startswith(
        "environments/lab.yaml: aws_kms_key.A holds data or identity and would be destroyed"
    )


def test_what_nothing_protects_any_more_is_said(folder: Path) -> None:
    """It stands, and a record of it protects nothing."""
    _record(folder, "aws_kms_key.A")

    assert found(folder, A={}) == [
        "environments/stateful/lab.txt: holds aws_kms_key.A, which nothing protects any more; take it out"
    ]


def test_an_environment_that_may_be_thrown_away_records_nothing(folder: Path) -> None:
    """Its record is to be emptied."""
    path = folder / "lab.yaml"
    path.write_text(path.read_text("utf-8") + "deletion_protection: false\n", "utf-8")
    assert found(folder, A={}) == []

    _record(folder, "aws_kms_key.A")

    assert found(folder, A={}) == [
        "environments/stateful/lab.txt: holds what deletion_protection: false lets go; hybrid synth empties it"
    ]
