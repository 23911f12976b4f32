"""Targets and verdicts."""

from __future__ import annotations

from benchmarks.contenders import JAVASCRIPT, OURS, PLAIN_IMPORTS, TYPESCRIPT, TYPESCRIPT_ROOT
from benchmarks.rounds import Result
from benchmarks.targets import Workload, targets
from benchmarks.usage import Usage


def took(seconds: float, python: float = 60, node: float = 200) -> Result:
    """A contender's single run."""
    return Result([Usage(seconds, seconds, {"python": python, "node": node})])


def verdicts(small: dict[str, Result], large: float | None = None, check: float = 0.3) -> list[str]:
    """What is said of each target, in their order."""
    workload = Workload("large", 10_000, {OURS: took(large)}) if large else None
    judged = targets(Workload("small", 500, small), workload, took(check), took(2 * check), took(20 * check))
    return [target.verdict for target in judged]


def test_all_targets_can_be_met() -> None:
    """A measurement at every limit meets every target."""
    small = {
        OURS: took(1.5, node=399),
        PLAIN_IMPORTS: took(15),
        JAVASCRIPT: took(0.5),
        TYPESCRIPT: took(1.5),
        TYPESCRIPT_ROOT: took(14),
    }

    assert verdicts(small, large=30.0) == ["met"] * 9


def test_all_targets_can_be_missed() -> None:
    """Each target is judged by itself."""
    small = {
        OURS: took(1.6, node=400),
        PLAIN_IMPORTS: took(15),
        JAVASCRIPT: took(0.5),
        TYPESCRIPT: took(1.5),
        TYPESCRIPT_ROOT: took(1.5),
    }

    assert verdicts(small, large=33.0, check=0.5) == ["missed"] * 9


def test_what_was_not_measured_is_neither() -> None:
    """A contender that was left out or stopped leaves no hole that looks like success."""
    small = {OURS: Result([Usage(1.5, 1.5, {"python": 60})]), TYPESCRIPT: Result(note="stopped")}

    assert verdicts(small) == ["not measured"] * 6 + ["met"] * 3


def test_time_per_resource_is_said_both_ways() -> None:
    """The whole time through all resources, and what each further resource costs."""
    judged = targets(
        Workload("small", 500, {OURS: took(2)}),
        Workload("large", 10_500, {OURS: took(12)}),
        took(0.1),
        took(0.1),
        took(0.1),
    )

    assert judged[4].measured == "1.14 ms and 4.00 ms; each further one 1.00 ms"


def test_review_that_was_stopped_is_not_measured() -> None:
    """Neither met nor missed."""
    judged = targets(
        Workload("small", 500, {OURS: took(2)}), None, took(0.1), took(0.1), Result(note="stopped")
    )

    assert judged[8].verdict == "not measured"
