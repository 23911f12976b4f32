"""The generated plan."""

from __future__ import annotations

from pathlib import Path

from benchmarks.plans import write_plan
from operations.review.plan_file import read_plan
from operations.review.reviewer import review_plans
from operations.review.risks import default_risks
from operations.texts.redaction import Redaction


def test_plan_has_its_size_and_can_be_reviewed(tmp_path: Path) -> None:
    """One object in ten changes."""
    path = tmp_path / "plan.json"

    count = write_plan(path, 1)

    review = review_plans("x", [("x", read_plan(path, "x"))], default_risks(), Redaction())
    assert 900_000 < path.stat().st_size < 1_100_000
    assert len(review.changes) + review.unchanged == count
    assert len(review.changes) == (count + 9) // 10
