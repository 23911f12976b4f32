"""Contenders in turns."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import rounds
from benchmarks.contenders import Contender
from benchmarks.rounds import run_rounds


@pytest.fixture
def runs(tmp_path: Path) -> Callable[[], str]:
    """Who ran, in order."""
    return lambda: (tmp_path / "runs").read_text("utf-8")


def contender(
    key: str, folder: Path, check: Callable[[], None] = lambda: None, sleep: float = 0
) -> Contender:
    """Notes its key each time it runs."""
    code = f"import time; open('runs', 'a').write('{key}'); time.sleep({sleep})"
    return Contender(key, [sys.executable, "-c", code], folder, check)


def test_contenders_take_turns(tmp_path: Path, runs: Callable[[], str]) -> None:
    """After a warm-up of each, which is not counted, whatever slows the machine down slows all of them."""
    results = run_rounds([contender("a", tmp_path), contender("b", tmp_path)], 2, "workload")

    assert runs() == "ababab"
    assert [len(result.runs) for result in results.values()] == [2, 2]


def test_what_was_made_is_checked_before_anything_is_measured(
    tmp_path: Path, runs: Callable[[], str]
) -> None:
    """Times of two different things are not compared."""

    def differs() -> None:
        raise AssertionError("another thing")

    with pytest.raises(AssertionError, match="another thing"):
        run_rounds([contender("a", tmp_path, differs)], 2, "workload")

    assert runs() == "a"


def test_a_slow_contender_is_measured_once(
    tmp_path: Path, runs: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its warm-up is no result, one measurement is, and the table says so."""
    monkeypatch.setattr(rounds, "REPEATED_BELOW_SECONDS", 0)

    results = run_rounds([contender("a", tmp_path)], 3, "workload")

    assert runs() == "aa"
    assert (len(results["a"].runs), results["a"].note) == (1, "one run: longer than 0 s")


def test_a_stopped_contender_has_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table says that it was stopped; nothing is made up."""
    monkeypatch.setattr(rounds, "STOPPED_AFTER_SECONDS", 0.2)

    results = run_rounds([contender("a", tmp_path, sleep=60)], 2, "workload")

    assert (results["a"].seconds, results["a"].cpu_seconds, results["a"].peak_mib("python")) == (
        None,
        None,
        None,
    )
    assert results["a"].note == "stopped after 0.2 s"
