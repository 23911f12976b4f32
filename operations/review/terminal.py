"""A review on a terminal, and as plain text in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TextIO

from operations.console import is_terminal, say
from operations.review.findings import Level
from operations.review.gate import Gate
from operations.review.review import (
    EnvironmentReview,
    Review,
    ReviewedChange,
    count_of,
    headline,
    place,
    verb,
)
from operations.texts.counting import count
from operations.texts.harmless import one_line

_STYLES = {
    Level.CRITICAL: "bold white on red",
    Level.HIGH: "bold red",
    Level.MEDIUM: "yellow",
    Level.LOW: "cyan",
    Level.INFO: "dim",
}
_WIDTH = max(len(level) for level in Level)

Line = tuple[str, str]
"""A line and its style."""


def print_review(review: Review, gate: Gate, stream: TextIO | None = None) -> None:
    """Print a review, in colour where a person looks."""
    stream = stream or sys.stdout
    lines = list(lines_of(review, gate))
    if not is_terminal(stream):
        for line, _ in lines:
            say(line, stream=stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for line, style in lines:
        indent = len(line) - len(line.lstrip())
        console.print(Text(line, style=style), soft_wrap=indent > console.width // 2)


def lines_of(review: Review, gate: Gate) -> Iterator[Line]:
    """Every line with its style."""
    for one in gate.brought:
        yield _labelled(Level.HIGH, one.said), _STYLES[Level.HIGH]
    for environment in review.environments:
        yield from _environment(environment)
        yield "", ""
    for missing in review.not_reviewed:
        yield one_line(f"{missing.name} was not planned: {missing.reason}"), "yellow"
    for note in review.notes:
        yield one_line(f"note: {note}"), "dim"
    for unneeded in gate.unneeded:
        yield (
            one_line(f"note: acknowledgement of {unneeded.address} by {unneeded.who}: {unneeded.problem}"),
            "dim",
        )
    yield from _verdict(review, gate)


def _environment(environment: EnvironmentReview) -> Iterator[Line]:
    yield one_line(f"{environment.name}: {count_of(environment.actions())}"), "bold"
    for finding in environment.findings:
        yield _labelled(finding.level, f"{finding.address}: {finding.reason}"), _STYLES[finding.level]
        yield f"  {'':{_WIDTH}}  {one_line(finding.advice)}", "dim"
    for entity, changes in environment.entities():
        level = max((change.level for change in changes), key=lambda one: one.rank)
        yield _labelled(level, f"{entity}: {headline(changes)}"), _STYLES[level]
        for change in changes:
            yield from _change(change)


def _labelled(level: Level, text: str) -> str:
    return f"  {level:<{_WIDTH}}  {one_line(text)}"


def _change(change: ReviewedChange) -> Iterator[Line]:
    indent = f"  {'':{_WIDTH}}  "
    moved = f" (until now {change.previous_address})" if change.previous_address else ""
    yield f"{indent}{one_line(f'{change.address}{place(change)}{moved}: {verb(change)}')}", ""
    for finding in change.findings:
        style = _STYLES[finding.level]
        yield f"{indent}  {one_line(f'{finding.level} {finding.rule}: {finding.reason}')}", style
        if finding.level.rank >= Level.MEDIUM.rank:
            yield f"{indent}    {one_line(finding.advice)}", "dim"
    if change.action in {"update", "replace", "drift"}:
        for one in change.differences:
            yield f"{indent}  {one_line(f'{one.path}: {one.before} -> {one.after}')}", "dim"
        if change.more_differences:
            yield f"{indent}  and {count(change.more_differences, 'more attribute')}", "dim"


def _verdict(review: Review, gate: Gate) -> Iterator[Line]:
    counts = review.counts()
    told = ", ".join(f"{counts[level]} {level}" for level in reversed(Level) if counts.get(level))
    yield f"findings: {told or 'none'}", "bold"
    for one, who in gate.acknowledged:
        yield (
            one_line(f"acknowledged: {one.environment} {one.finding.address} {one.finding.rule} by {who}"),
            "",
        )
    for stale in gate.stale:
        yield one_line(f"stale acknowledgement: {stale.address} by {stale.who}: {stale.problem}"), "bold red"
    if gate.passes:
        yield f"may merge: nothing at {gate.fail_on} or above is open", "bold green"
        return
    for one in gate.open:
        finding = one.finding
        yield (
            one_line(f"open: {one.environment} {finding.address} {finding.level} {finding.rule}"),
            "bold red",
        )
    yield f"may not merge: {gate.reasons}", "bold red"
