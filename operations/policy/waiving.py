"""Waivers against findings: what is waived, and which waiver is past its day or not needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from estate.model.policy.waivers import Waiver
from estate.reading.problems import Problem
from operations.allowances.policy_files import PolicyFiles
from operations.policy.finding import Finding, from_problem
from operations.policy.stacks import Place

EXPIRED, UNUSED = "HYB_WAIVER_EXPIRED", "HYB_WAIVER_UNUSED"


@dataclass(frozen=True)
class Waived:
    """A finding that may stay for a time.

    Attributes:
        finding: what is broken.
        waiver: why it may be.
    """

    finding: Finding
    waiver: Waiver


def waive(findings: Iterable[Finding], files: PolicyFiles, today: date) -> tuple[list[Finding], list[Waived]]:
    """Part findings into what fails and what is waived; waivers that say too much are findings too.

    Args:
        findings: everything that was found in the stacks.
        files: the waivers.
        today: the day in UTC; a waiver ends at the beginning of its day.
    """
    waivers: dict[tuple[Place | Problem, str], int] = {
        (Place(waiver.stack, waiver.resource), waiver.rule): position
        for position, waiver in enumerate(files.waivers.waivers)
    }
    failing: list[Finding] = []
    waived: list[Waived] = []
    used: set[int] = set()
    for finding in findings:
        position = waivers.get((finding.at, finding.rule))
        if position is None:
            failing.append(finding)
            continue
        used.add(position)
        waiver = files.waivers.waivers[position]
        if date.fromisoformat(waiver.expires) > today:
            waived.append(Waived(finding, waiver))
        else:
            failing.append(finding)
    return [*failing, *_wrong_waivers(files, used, today)], waived


def _wrong_waivers(files: PolicyFiles, used: set[int], today: date) -> Iterator[Finding]:
    for position, waiver in enumerate(files.waivers.waivers):
        what = f"{waiver.rule} on {waiver.resource} of {waiver.stack}"
        if position not in used:
            message = f"nothing breaks {what}; take the waiver out"
            yield from_problem(UNUSED, _problem(files, (position,), message))
        elif date.fromisoformat(waiver.expires) <= today:
            message = (
                f"must be a day to come, got {waiver.expires}, and today is {today.isoformat()}; mend "
                f"{waiver.resource} of {waiver.stack}, or decide anew for how long {waiver.rule} may be broken"
            )
            yield from_problem(EXPIRED, _problem(files, (position, "expires"), message))


def _problem(files: PolicyFiles, path: tuple[int | str, ...], message: str) -> Problem:
    return files.waivers_source.problem(("waivers", *path), message)
