"""Waivers against findings: what is waived, which waiver is past its day, and which nothing needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from estate.model.policy.waivers import Waiver
from estate.reading.problems import Problem
from operations.allowances.policy_files import PolicyFiles
from operations.policy.finding import Finding, from_problem
from operations.policy.stacks import Place

EXPIRED = "HYB_WAIVER_EXPIRED"


@dataclass(frozen=True)
class Waived:
    """A finding that may stay for a time.

    Attributes:
        finding: what is broken.
        waiver: why it may be.
    """

    finding: Finding
    waiver: Waiver


def waive(
    findings: Iterable[Finding], files: PolicyFiles, today: date
) -> tuple[list[Finding], list[Waived], list[Problem]]:
    """Part findings into what fails and what is waived; and which waivers nothing needs, up to their day.

    One that is past its day is a finding too. One that nothing needs may stand before what needs it: it lets
    nothing through, and ends by itself.

    Args:
        findings: everything that was found in the stacks.
        files: the waivers.
        today: the day in UTC; a waiver ends at the beginning of its day.
    """
    waivers: dict[tuple[Place | Problem, str], int] = {
        (Place(waiver.stack, waiver.resource), waiver.rule): position
        for position, waiver in enumerate(files.waivers.waivers)
        if position not in files.not_counting
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
    return [*failing, *_expired(files, today)], waived, [*_unneeded(files, used, today)]


def _unneeded(files: PolicyFiles, used: set[int], today: date) -> Iterator[Problem]:
    for position, waiver in enumerate(files.waivers.waivers):
        if position not in used | files.not_counting and date.fromisoformat(waiver.expires) > today:
            message = (
                f"nothing breaks {waiver.rule} on {waiver.resource} of {waiver.stack}; the waiver may stay until "
                f"{waiver.expires}, or be taken out"
            )
            yield _problem(files, (position,), message)


def _expired(files: PolicyFiles, today: date) -> Iterator[Finding]:
    for position, waiver in enumerate(files.waivers.waivers):
        if date.fromisoformat(waiver.expires) <= today:
            message = (
                f"must be a day to come, got {waiver.expires}, and today is {today.isoformat()}; mend "
                f"{waiver.resource} of {waiver.stack}, or decide anew for how long {waiver.rule} may be broken"
            )
            yield from_problem(EXPIRED, _problem(files, (position, "expires"), message))


def _problem(files: PolicyFiles, path: tuple[int | str, ...], message: str) -> Problem:
    return files.waivers_source.problem(("waivers", *path), message)
