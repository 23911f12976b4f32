"""One session of measurements: what is measured, in which order."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from benchmarks import packages
from benchmarks.anatomy import dissect, probe_kernel
from benchmarks.contenders import JAVASCRIPT, OURS, PLAIN_IMPORTS, Contender, others, ours
from benchmarks.estates import write_estate, write_one_environment, write_teams
from benchmarks.outputs import count_resources, read_stacks
from benchmarks.plans import write_plan
from benchmarks.report import (
    Table,
    anatomy_table,
    check_table,
    kernel_table,
    review_table,
    selection_table,
    targets_table,
    workload_table,
)
from benchmarks.rounds import STOPPED_AFTER_SECONDS, Result, run_rounds
from benchmarks.targets import LARGE, PLAN_MEGABYTES, SMALL, TEAMS, Workload, targets
from benchmarks.usage import measure
from operations.console import progress
from operations.project import ROOT

_MEDIUM: Final = 2000
_ESTATE: Final = ROOT / "tests" / "estate"
_REAL: Final = "the four environments"


@dataclass(frozen=True)
class Plan:
    """What to measure.

    Attributes:
        runs: measurements of each contender.
        sizes: resources of the generated estates.
        leave_out: contenders that do not take part.
        thorough: whether the four environments and the single large one are measured too.
    """

    runs: int
    sizes: tuple[int, ...]
    leave_out: frozenset[str]
    thorough: bool

    @classmethod
    def full(cls, runs: int) -> Self:
        """Everything."""
        return cls(runs, (SMALL, _MEDIUM, LARGE), frozenset(), thorough=True)

    @classmethod
    def quick(cls) -> Self:
        """Enough to see whether a change made things slower."""
        return cls(1, (SMALL,), frozenset({PLAIN_IMPORTS}), thorough=False)

    @property
    def method(self) -> str:
        """How it is measured, in a sentence."""
        runs = "one run" if self.runs == 1 else f"median of {self.runs} runs in turns"
        return f"Wall clock and processor time: {runs} after a warm-up; memory: the largest of any run."


def run(plan: Plan) -> list[Table]:
    """Measure all that the plan names.

    Raises:
        CommandFailed: something measured failed.
        Differs: a contender made something else than ours.
    """
    packages.install()
    # Made anew, so that nothing of an earlier session is taken for this one's.
    shutil.rmtree(packages.CACHE, ignore_errors=True)
    session = _Session(plan)
    generated = {size: session.workload(_name(size), _writer(write_estate, size)) for size in plan.sizes}
    check, teams, review = session.check(), session.check_teams(), session.review()
    tables = [targets_table(targets(generated[SMALL], generated.get(LARGE), check, teams, review))]
    if plan.thorough:
        tables.append(workload_table(session.real()))
    tables += [workload_table(workload) for workload in generated.values()]
    if plan.thorough:
        tables += [workload_table(session.large_stack()), session.selection()]
    checks = {_REAL: check, f"{TEAMS} teams on four": teams}
    return [*tables, check_table(checks), review_table(review), *session.anatomies()]


def _name(resources: int) -> str:
    return f"about {resources:,}"


def _writer(write: Callable[[Path, int], None], resources: int) -> Callable[[Path], None]:
    return lambda folder: write(folder, resources)


def _copy_environments(folder: Path) -> None:
    """Copy the environments: synthesis records stateful addresses beside them."""
    shutil.copytree(_ESTATE, folder)


class _Session:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def workload(
        self, name: str, write: Callable[[Path], None], only: frozenset[str] | None = None
    ) -> Workload:
        """Measure all contenders, or ``only`` some, on the estate that ``write`` makes."""
        work = self._work(name)
        folder, outdir = work / "environments", work / "ours"
        write(folder)
        first = ours(folder, outdir)
        with progress(f"{name}: synthesizing what the others are to make"):
            measure(first.command, first.cwd, STOPPED_AFTER_SECONDS)
        stacks = read_stacks(outdir)

        def wanted(key: str) -> bool:
            return key not in self._plan.leave_out and (not only or key in only)

        chosen = [first, *others(folder, stacks, outdir, work, wanted)]
        return Workload(name, count_resources(stacks), run_rounds(chosen, self._plan.runs, name))

    def real(self) -> Workload:
        """The four environments of this project."""
        return self.workload(_REAL, _copy_environments)

    def large_stack(self) -> Workload:
        """As many resources as the largest estate in a single stack: ours and the floor."""
        name = f"{_name(LARGE)} in one environment"
        return self.workload(name, _writer(write_one_environment, LARGE), frozenset({OURS, JAVASCRIPT}))

    def check(self) -> Result:
        """Measure ``hybrid check`` of the four environments."""
        return self._check(_ESTATE)

    def check_teams(self) -> Result:
        """Measure ``hybrid check`` of four environments that many teams have access to."""
        folder = self._work("teams") / "environments"
        write_teams(folder, TEAMS)
        return self._check(folder)

    def _check(self, folder: Path) -> Result:
        hybrid = str(Path(sys.executable).with_name("hybrid"))
        command = Contender("check", [hybrid, "check", "--folder", str(folder)], ROOT, lambda: None)
        return run_rounds([command], self._plan.runs, "hybrid check")["check"]

    def review(self) -> Result:
        """Measure ``hybrid review`` of a large plan."""
        work = self._work("review")
        work.mkdir(parents=True)
        write_plan(work / "large.json", PLAN_MEGABYTES)
        hybrid = str(Path(sys.executable).with_name("hybrid"))
        command = [hybrid, "review", "large.json", "--format", "markdown", "--output", "review.md"]
        return run_rounds(
            [Contender("review", command, work, lambda: None)], self._plan.runs, "hybrid review"
        )["review"]

    def selection(self) -> Table:
        """Synthesizing one environment builds nothing of the others: one of the four beside all of them."""
        work = self._work(_REAL)
        folder = work / "environments"
        first = next(iter(read_stacks(work / "ours")))
        return selection_table(
            {
                f"{first} alone": dissect(folder, work, self._plan.runs, first),
                "all four": dissect(folder, work, self._plan.runs),
            }
        )

    def anatomies(self) -> list[Table]:
        """Where the time goes."""
        anatomies = {
            size: dissect(self._work(_name(size)) / "environments", self._work(_name(size)), self._plan.runs)
            for size in (SMALL, LARGE)
            if size in self._plan.sizes
        }
        cost = probe_kernel(self._work(_name(SMALL)))
        return [
            *(anatomy_table(f"{_name(size)} resources", anatomy) for size, anatomy in anatomies.items()),
            kernel_table(cost, anatomies[SMALL]),
        ]

    def _work(self, name: str) -> Path:
        return packages.CACHE / name.replace(" ", "-").replace(",", "")
