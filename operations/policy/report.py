"""What ``hybrid policy`` prints."""

from __future__ import annotations

import json
from typing import Any

from operations.console import print_table, say
from operations.policy.finding import Finding
from operations.policy.policy import Outcome
from operations.policy.stacks import Place
from operations.texts.counting import count


def print_outcome(outcome: Outcome) -> None:
    """Print findings as a table, then what was asked of how much."""
    if outcome.findings:
        print_table(
            "Findings",
            ("level", "rule", "where", "what to do"),
            [(one.level, one.rule, one.where, one.message) for one in outcome.findings],
        )
    for line in _counts(outcome):
        say(line)
    day = outcome.today.isoformat()
    if outcome.findings:
        say(
            f"{count(len(outcome.findings), 'finding')} on {day}; mend it or write a waiver",
            style="bold red",
        )
    else:
        say(f"policy holds on {day}", style="bold green")


def _counts(outcome: Outcome) -> list[str]:
    resources = sum(outcome.resources.values())
    stacks = count(len(outcome.resources), "stack")
    lines = [
        f"{count(resources, 'resource')} in {stacks}: {outcome.rules} rules of this project, {outcome.checks} "
        "checks of checkov",
    ]
    if outcome.waived:
        soonest = min(one.waiver.expires for one in outcome.waived)
        lines.append(f"{count(len(outcome.waived), 'finding')} waived, the first until {soonest}")
    lines += [f"note: {one}" for one in outcome.unneeded]
    if outcome.skipped:
        lines.append(
            f"{count(len(outcome.skipped), 'check')} of checkov skipped everywhere, with "
            f"{count(sum(outcome.skipped.values()), 'finding')}"
        )
    return lines


def outcome_json(outcome: Outcome) -> str:
    """The outcome for machines."""
    document = {
        "passed": not outcome.findings,
        "day": outcome.today.isoformat(),
        "findings": [_finding(one) for one in outcome.findings],
        "waived": [
            {**_finding(one.finding), "reason": one.waiver.reason, "expires": one.waiver.expires}
            for one in outcome.waived
        ],
        "unneeded": [str(one) for one in outcome.unneeded],
        "resources": dict(outcome.resources),
        "rules": {"own": outcome.rules, "checkov": outcome.checks},
        "skipped": dict(outcome.skipped),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _finding(finding: Finding) -> dict[str, Any]:
    said = {"rule": finding.rule, "level": finding.level, "message": finding.message}
    at = finding.at
    if isinstance(at, Place):
        return {**said, "stack": at.stack, "resource": at.address}
    return {**said, "file": at.file, "line": at.line, "column": at.column, "path": at.path}
