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
"""A contender that takes longer to warm up is not repeated: the warm-up's time is its result."""

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
    repeated = [contender for contender in contenders if not results[contender.key].note]
    for number in range(runs):
        for contender in repeated:
            with progress(
                f"{workload}: run {number + 1} of {runs}, {LABELS.get(contender.key, contender.key)}"
            ):
                usage = measure(contender.command, contender.cwd, STOPPED_AFTER_SECONDS)
            results[contender.key].runs.append(usage)
    return results


def _warm_up(contender: Contender, workload: str) -> Result:
    with progress(f"{workload}: warming up, {LABELS.get(contender.key, contender.key)}"):
        try:
            usage = measure(contender.command, contender.cwd, STOPPED_AFTER_SECONDS)
        except TookTooLong:
            return Result(note=f"stopped after {STOPPED_AFTER_SECONDS} s")
    contender.check()
    if usage.seconds > REPEATED_BELOW_SECONDS:
        return Result([usage], note="one run: it takes more than a minute")
    return Result()
