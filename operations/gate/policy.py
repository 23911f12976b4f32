"""Policy as a part of the gate: asked of the stacks that the other parts look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from operations.allowances.policy_files import read_policy_files
from operations.gate.asking import Answer
from operations.policy.checkov.scan import scan
from operations.policy.expiries import past_expiries
from operations.policy.finding import from_problem
from operations.policy.policy import PAST_BREAK_GLASS, judged
from operations.policy.stacks import read_stacks


@dataclass(frozen=True)
class Policy:
    """What is asked of.

    Attributes:
        estate: as loaded from ``folder``.
        folder: the folder of the environment files.
        outdir: where the stacks were synthesized.
        python: gives the interpreter that has checkov.
    """

    estate: Estate
    folder: Path
    outdir: Path
    python: Callable[[], str]

    def on(self, today: date) -> Answer[None]:
        """What may not pass on a day."""
        ((found, unneeded),) = self._on(today)
        return Answer(None, found, unneeded)

    def whatever_the_day(self, today: date) -> Answer[None]:
        """What may not pass on any day; what is past its day today is a note."""
        (first, _), (found, unneeded) = self._on(date.min, today)
        # On the first of all days nothing is past yet, but every end is far away; that is none of today's.
        always = tuple(line for line in first if line in found)
        return Answer(None, always, (*(line for line in found if line not in always), *unneeded))

    def _on(self, *days: date) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        files = read_policy_files(self.folder)
        stacks = read_stacks(self.outdir, stack_plans(self.estate).values(), self.estate)
        scanned = scan(stacks, self.python())
        outcomes = [
            judged(
                stacks,
                scanned,
                files,
                day,
                (from_problem(PAST_BREAK_GLASS, one) for one in past_expiries(self.estate, self.folder, day)),
            )
            for day in days
        ]
        return [
            (
                tuple(f"{one.where}: {one.message} ({one.rule}, {one.level})" for one in outcome.findings),
                tuple(str(one) for one in outcome.unneeded),
            )
            for outcome in outcomes
        ]
