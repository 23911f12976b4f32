"""The flow of ``hybrid policy``: synthesize, ask this project's rules and checkov, take waivers off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.problems import Problem
from operations.allowances.policy_files import PolicyFiles, read_policy_files
from operations.artifacts.building import build
from operations.files.temporary import temporary_folder
from operations.heads.approvals import Approvals
from operations.heads.estate import load_head, refuse_other_stacks
from operations.heads.head import Head
from operations.policy.checkov.scan import Scan, scan
from operations.policy.counting import counting_files
from operations.policy.expiries import past_expiries
from operations.policy.finding import Finding, from_problem
from operations.policy.rules.catalog import RULES
from operations.policy.stacks import Stacks, read_stacks
from operations.policy.waiving import Waived, waive

PAST_BREAK_GLASS = "HYB_BREAK_GLASS_EXPIRED"


@dataclass(frozen=True)
class Outcome:
    """What was asked and what came of it.

    Attributes:
        today: the day that was asked for, in UTC.
        findings: what fails, the worst first.
        waived: what would fail without a waiver.
        resources: number of resources in each stack, all of which checkov looked at too.
        rules: number of this project's rules over the stacks.
        checks: number of checkov's checks that were asked of something.
        skipped: how often a skipped check would have failed, by its id.
        unneeded: waivers that nothing needs, which may stand until their day.
    """

    today: date
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    resources: Mapping[str, int]
    rules: int
    checks: int
    skipped: Mapping[str, int]
    unneeded: tuple[Problem, ...] = ()


def policy(folder: Path, today: date, python: Callable[[], str]) -> Outcome:
    """Ask every rule of every environment.

    Args:
        folder: the folder of the environment files.
        today: the day in UTC that expiries are compared with.
        python: gives the interpreter that has checkov.

    Raises:
        InvalidInput: the files are wrong, or something could not be asked.
    """
    estate = load_estate(folder, [])
    files = read_policy_files(folder)
    stacks = synthesized(estate)
    return judged(stacks, scan(stacks, python()), files, today, _expired(estate, folder, today))


def policy_of(
    head: Head, approvals: Approvals, folder: Path, today: date, python: Callable[[], str]
) -> Outcome:
    """Ask every rule of what a head synthesized, by what the base lets pass.

    Args:
        head: the head.
        approvals: who owns what in the base, and who approved.
        folder: the folder of the base's environment files.
        today: the day in UTC that expiries are compared with.
        python: gives the interpreter that has checkov.

    Raises:
        InvalidInput: the files are wrong, the stacks are not theirs, or something could not be asked.
    """
    estate = load_head(head)
    files, unapproved = counting_files(folder, head, approvals)
    refuse_other_stacks(head, estate)
    stacks = read_stacks(head.outdir, stack_plans(estate).values(), estate)
    outcome = judged(stacks, scan(stacks, python()), files, today, _expired(estate, head.folder, today))
    return replace(outcome, findings=(*unapproved, *outcome.findings))


def synthesized(estate: Estate) -> Stacks:
    """Every stack of the estate, synthesized into a folder that is gone afterwards."""
    with temporary_folder() as outdir:
        build(estate, list(estate.environments), outdir)
        return read_stacks(outdir, stack_plans(estate).values(), estate)


def judged(
    stacks: Stacks, scanned: Scan, files: PolicyFiles, today: date, others: Iterator[Finding]
) -> Outcome:
    """What the rules and checkov say of the stacks, after waivers and skipped checks.

    Args:
        stacks: the synthesized stacks.
        scanned: what checkov says of them.
        files: waivers and skipped checks.
        today: the day in UTC.
        others: findings that stand in no stack.
    """
    own = [finding for rule in RULES for finding in rule.findings(stacks)]
    asked = [finding for finding in scanned.findings if finding.rule not in files.skipped]
    failing, waived, unneeded = waive([*own, *asked], files, today)
    skipped = [finding.rule for finding in scanned.findings if finding.rule in files.skipped]
    return Outcome(
        today=today,
        findings=tuple(sorted([*others, *failing], key=lambda finding: finding.order)),
        waived=tuple(sorted(waived, key=lambda one: one.finding.order)),
        resources={stack.name: scanned.scanned.get(stack.name, 0) for stack in stacks},
        rules=len(RULES),
        checks=len(scanned.checks - set(files.skipped)),
        skipped={check: skipped.count(check) for check in sorted(files.skipped)},
        unneeded=tuple(unneeded),
    )


def _expired(estate: Estate, folder: Path, today: date) -> Iterator[Finding]:
    for problem in past_expiries(estate, folder, today):
        yield from_problem(PAST_BREAK_GLASS, problem)
