"""Where the time of one synthesis goes, and what one request to Node costs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import median
from benchmarks.rounds import STOPPED_AFTER_SECONDS
from benchmarks.usage import measure
from operations.console import progress
from operations.project import ROOT

PARTS: Final = {
    "started": "the command line, cdktf and the model are imported; Node starts meanwhile",
    "load": "environment files are read and checked",
    "imports": "the bindings in use are imported",
    "constructs": "constructs are created",
    "synth": "cdktf resolves references and writes JSON",
    "publish": "the result is checked and put in place",
    "exit": "Node and Python end",
}
"""What happens from each mark of `benchmarks.instrumented` to the next."""


@dataclass(frozen=True)
class Anatomy:
    """Medians over some runs.

    Attributes:
        seconds: by key of PARTS; starting Python itself is part of the first.
        waiting_seconds: how much of it Python waited for Node.
        trips: requests to Node.
        created: objects created in Node.
        resources_created: those that are resources of a provider.
    """

    seconds: Mapping[str, float]
    waiting_seconds: Mapping[str, float]
    trips: int
    created: int
    resources_created: int

    @property
    def total_seconds(self) -> float:
        """From the start of the process to its end."""
        return sum(self.seconds.values())


def dissect(folder: Path, work: Path, runs: int, *names: str) -> Anatomy:
    """Run ours with a clock in it, for the estate in ``folder`` or some of its environments."""
    reports = []
    for number in range(runs + 1):
        with progress(f"where the time goes: run {number + 1} of {runs + 1}"):
            reports.append(_report(folder, work, names))
    return _summary(reports[1:])  # the first one warms up


def _report(folder: Path, work: Path, names: tuple[str, ...]) -> dict[str, Any]:
    path = work / "anatomy.json"
    options = ["--folder", str(folder), "--output", str(work / "anatomy")]
    command = [sys.executable, "-m", "benchmarks.instrumented", str(path), *names, *options]
    began = time.time()
    measure(command, ROOT, STOPPED_AFTER_SECONDS)
    ended = time.time()
    report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report | {"began": began, "ended": ended}


def _summary(reports: list[dict[str, Any]]) -> Anatomy:
    seconds = [durations(report["marks"], report["began"], report["ended"]) for report in reports]
    created = reports[0]["created"]
    return Anatomy(
        seconds={part: median([run[part] for run in seconds]) for part in PARTS},
        waiting_seconds={
            part: median([report["waiting"].get(part, 0.0) for report in reports]) for part in PARTS
        },
        trips=sum(reports[0]["trips"].values()),
        created=sum(created.values()),
        resources_created=sum(
            count
            for type_, count in created.items()
            if type_.startswith("@cdktf/provider-") and ".provider." not in type_
        ),
    )


def durations(marks: Mapping[str, float], began: float, ended: float) -> dict[str, float]:
    """Turn the times at which parts begin into how long they take.

    Args:
        marks: seconds since the epoch, in order.
        began: when the process was started; counted into the first part.
        ended: when it was gone.
    """
    starts = [began, *list(marks.values())[1:]]
    ends = [*starts[1:], ended]
    return {part: end - start for part, start, end in zip(marks, starts, ends, strict=True)}


def probe_kernel(work: Path) -> dict[str, float]:
    """Seconds that a request to Node takes, by kind; see `benchmarks.kernel_probe`."""
    path = work / "kernel.json"
    command = [sys.executable, "-m", "benchmarks.kernel_probe", str(work / "kernel"), str(path)]
    with progress("what a request to Node costs"):
        measure(command, ROOT, STOPPED_AFTER_SECONDS)
    cost: dict[str, float] = json.loads(path.read_text("utf-8"))
    return cost
