"""Waivers and skipped checks that a pull request brings: which count, and what is to be said of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from estate.model.policy.waivers import Waiver
from estate.reading.problems import Problem
from operations.allowances.policy_files import FOLDER, SKIPPED, WAIVERS, PolicyFiles, read_policy_files
from operations.heads.approvals import Approvals
from operations.heads.brought import added
from operations.heads.head import Head
from operations.policy.finding import Finding, from_problem

UNAPPROVED: Final = "HYB_WAIVER_UNAPPROVED"


def counting_files(folder: Path, head: Head, approvals: Approvals) -> tuple[PolicyFiles, tuple[Finding, ...]]:
    """The policy files of a head with what counts of them, and a finding for each thing that does not.

    What the head takes out counts no more: it will not be there when the head is merged.

    Args:
        folder: the base's environment files.
        head: the head.
        approvals: who owns, and who approved.

    Raises:
        InvalidInput: a file cannot be read or is wrong.
    """
    before, after = read_policy_files(folder), read_policy_files(head.folder)
    awaited = {name: approvals.of(f"{head.place}/{FOLDER}/{name}").awaited for name in (WAIVERS, SKIPPED)}
    waivers = (
        set(added(after.waivers.waivers, before.waivers.waivers, _allows)) if awaited[WAIVERS] else set()
    )
    checks = after.skipped.keys() - before.skipped.keys() if awaited[SKIPPED] else set()
    findings = [
        *_unapproved_waivers(after, waivers, awaited[WAIVERS]),
        *_unapproved_checks(head, checks, awaited[SKIPPED]),
    ]
    kept = {check: why for check, why in after.skipped.items() if check not in checks}
    return replace(after, skipped=kept, not_counting=frozenset(waivers)), tuple(findings)


def _allows(base: Waiver, head: Waiver) -> bool:
    return (base.stack, base.resource, base.rule) == (head.stack, head.resource, head.rule) and (
        base.expires >= head.expires
    )


def _unapproved_waivers(files: PolicyFiles, positions: set[int], awaited: str) -> Iterator[Finding]:
    for position in sorted(positions):
        waiver = files.waivers.waivers[position]
        message = (
            f"{waiver.rule} on {waiver.resource} of {waiver.stack} until {waiver.expires} is the pull request's own "
            f"waiver; it counts once {awaited} has approved this commit"
        )
        yield from_problem(UNAPPROVED, files.waivers_source.problem(("waivers", position), message))


def _unapproved_checks(head: Head, checks: set[str], awaited: str) -> Iterator[Finding]:
    for check in sorted(checks):
        message = f"{check} is skipped by the pull request itself; that counts once {awaited} has approved this commit"
        yield from_problem(UNAPPROVED, Problem.of_file(head.folder / FOLDER / SKIPPED, message, check))
