"""Policy as a part of the gate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from operations.gate.policy import Policy
from operations.policy.checkov.scan import Scan
from operations.policy.policy import PAST_BREAK_GLASS
from tests.example import ENVIRONMENTS, ESTATE


def test_no_emergency_is_too_long_whatever_the_day(
    real_output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first of all days every end is far away; on a day that comes so close it is found."""
    monkeypatch.setattr("operations.gate.policy.scan", lambda *_: Scan((), {}, frozenset()))
    policy = Policy(ESTATE, ENVIRONMENTS, real_output, lambda: "python")

    always, today = policy.whatever_the_day(date(2026, 11, 30)), policy.on(date(2020, 1, 1))

    assert [line for line in always.findings if PAST_BREAK_GLASS in line] == []
    assert len([line for line in today.findings if PAST_BREAK_GLASS in line]) == 1
