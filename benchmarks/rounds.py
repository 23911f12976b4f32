"""Runs contenders in turns, so that whatever slows the machine down for a while slows all of them down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.contenders import LABELS, Contender
from benchmarks.figures import median
from benchmarks.usage import TookTooLong, Usage, measure
from operations.console import progress

REPEATED_BELOW_SECONDS: Final = 60
"""A contender that takes longer is not repeated: after its warm-up it is measured once."""

STOPPED_AFTER_SECONDS: Final = 300
"""A contender that takes longer is stopped."""


@dataclass
class Result:
    """What became of a contender.

    Attributes:
        runs: its measurements; none when it was stopped.
        note: why there are fewer runs than asked for; empty otherwise.
    """

    runs: list[Usage] = field(default_factory=list)
    note: str = ""

    @property
    def seconds(self) -> float | None:
        """Median wall clock; None when it was stopped."""
        return median([run.seconds for run in self.runs]) if self.runs else None

    @property
    def cpu_seconds(self) -> float | None:
        """Median processor time; None when it was stopped."""
        return median([run.cpu_seconds for run in self.runs]) if self.runs else None

    def peak_mib(self, program: str) -> float | None:
        """Largest resident memory of a process of ``program`` in any run; None when there was none."""
        return max((run.peak_mib[program] for run in self.runs if program in run.peak_mib), default=None)


def run_rounds(contenders: Sequence[Contender], runs: int, workload: str) -> Mapping[str, Result]:
    """Warm each contender up, check what it made, then measure all of them ``runs`` times in turns.

    Returns:
        Results by the contenders' keys.

    Raises:
        CommandFailed: a contender failed.
        Differs: a contender made something else than ours.
    """
    results = {contender.key: _warm_up(contender, workload) for contender in contenders}
    for number in range(1, runs + 1):
        for contender in contenders:
            result = results[contender.key]
            if not result.note:
                _measure_once(contender, result, f"{workload}: run {number} of {runs}", last=number == runs)
    return results


def _warm_up(contender: Contender, workload: str) -> Result:
    """Fill the caches, which may take far longer than a run, and check what was made."""
    result = Result()
    _measure_once(contender, result, f"{workload}: warming up", last=True)
    if result.runs:
        contender.check()
    result.runs.clear()
    return result


def _measure_once(contender: Contender, result: Result, title: str, *, last: bool) -> None:
    with progress(f"{title}, {LABELS.get(contender.key, contender.key)}"):
        try:
            usage = measure(contender.command, contender.cwd, STOPPED_AFTER_SECONDS)
        except TookTooLong:
            result.note = f"stopped after {STOPPED_AFTER_SECONDS} s"
            return
    result.runs.append(usage)
    if usage.seconds > REPEATED_BELOW_SECONDS and not last:
        result.note = f"one run: longer than {REPEATED_BELOW_SECONDS} s"
