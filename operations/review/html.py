"""A review as one page that needs no network: filter, search, light and dark, usable without a mouse.

Everything stands in the page before its script runs, so it can be read without one. Its content security
policy lets nothing load and only this script run, whatever a plan holds.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from operations.review.findings import Finding, Level
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

_PAGE = Path(__file__).with_name("page")
_SIGNS = re.compile(r"(?<=[./_,:-])(?=[^./_,:-])")
_NAMED = 20
"""Open findings that the head names; the rest is counted, and stands below."""


def html(review: Review, gate: Gate) -> str:
    """The page."""
    style, script = ((_PAGE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(_title(review))}</title>\n<style>{style}</style>\n</head>\n<body>",
            *_header(review, gate),
            "<main>",
            *_bar(review),
            *(line for environment in review.environments for line in _section(environment)),
            "</main>",
            f"<footer>Reviewed by the rules of {review.today.isoformat()}. Keys: <kbd>/</kbd> search, "
            "<kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>Enter</kbd> open, <kbd>e</kbd> expand and "
            "<kbd>c</kbd> collapse all, <kbd>Esc</kbd> clear.</footer>",
            f"<script>{script}</script>\n</body>\n</html>",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _text(text: str) -> str:
    return escape(one_line(text))


def _code(text: str) -> str:
    """A name or value, which may be broken after its signs rather than within its words."""
    return f"<code>{_SIGNS.sub('<wbr>', _text(text))}</code>"


def _title(review: Review) -> str:
    return f"Review of {', '.join(one.name for one in review.environments) or 'no plan'}"


def _header(review: Review, gate: Gate) -> Iterator[str]:
    counts = review.counts()
    told = " ".join(
        f'<span class="level {level}">{counts[level]} {level}</span>'
        for level in reversed(Level)
        if counts.get(level)
    )
    yield f"<header><h1>{_text(_title(review))}</h1><p>{told or 'nothing happens'}</p>"
    if gate.passes:
        yield f'<p class="verdict passes">May merge: nothing at {gate.fail_on} or above is open.</p>'
    else:
        yield f'<p class="verdict stops">May not merge: {_text(gate.reasons)}.</p>'
    for one in gate.brought:
        yield f'<p class="verdict stops">{_level(Level.HIGH)} {_text(one.said)}</p>'
    yield from _open(gate)
    for passed, who in gate.acknowledged:
        yield f'<p class="because">Acknowledged: {_text(passed.environment)} <code>{_text(passed.finding.address)}</code> {_text(passed.finding.rule)} by {_text(who)}</p>'
    for stale in gate.stale:
        yield f'<p class="verdict stops">Acknowledgement of <code>{_text(stale.address)}</code> by {_text(stale.who)}: {_text(stale.problem)}</p>'
    for missing in review.not_reviewed:
        yield f'<p class="verdict stops">{_text(missing.name)} was not planned: {_text(missing.reason)}</p>'
    for note in review.notes:
        yield f'<p class="because">Note: {_text(note)}.</p>'
    for unneeded in gate.unneeded:
        yield f'<p class="because">Acknowledgement of <code>{_text(unneeded.address)}</code> by {_text(unneeded.who)}: {_text(unneeded.problem)}</p>'
    yield "</header>"


def _open(gate: Gate) -> Iterator[str]:
    """What stops the merge, by name."""
    if not gate.open:
        return
    yield '<ul class="open">'
    for one in sorted(gate.open, key=lambda one: -one.finding.level.rank)[:_NAMED]:
        found = one.finding
        yield f"<li>{_level(found.level)} {_text(one.environment)} {_code(found.address)}: {_text(found.reason)}</li>"
    if len(gate.open) > _NAMED:
        yield f"<li>and {len(gate.open) - _NAMED} more, below</li>"
    yield "</ul>"


def _bar(review: Review) -> Iterator[str]:
    yield '<div class="bar" role="search"><input type="search" id="search" placeholder="search, with /" aria-label="Search">'
    yield '<select id="environment" aria-label="Environment"><option value="">all environments</option>'
    for environment in review.environments:
        yield f'<option value="{_text(environment.name)}">{_text(environment.name)}</option>'
    yield "</select>"
    for level in reversed(Level):
        yield f'<button type="button" data-level="{level}" aria-pressed="true" class="level {level}">{level}</button>'
    yield '<button type="button" id="open">expand all</button><button type="button" id="close">collapse all</button>'
    yield '<button type="button" id="theme">light or dark</button><span class="shown" id="shown" role="status"></span></div>'


def _section(environment: EnvironmentReview) -> Iterator[str]:
    counts = count_of(environment.actions())
    yield f'<section data-environment="{_text(environment.name)}">'
    yield f"<h2>{_text(environment.name)} <small>{_text(counts)}; {count(environment.unchanged, 'object')} as before</small></h2>"
    if environment.findings:
        level = environment.findings[0].level
        yield f'<details class="entity {level}" data-level="{level}" open><summary>{_level(level)}<span>the plan as a whole</span></summary>'
        yield '<div class="change">'
        for finding in environment.findings:
            yield _code(finding.address)
            yield _finding(finding)
        yield "</div></details>"
    for entity, changes in environment.entities():
        level = max((change.level for change in changes), key=lambda one: one.rank)
        yield f'<details class="entity {level}" data-level="{level}"><summary>{_level(level)}<span><b>{_text(entity)}</b>: {_text(headline(changes))}</span></summary>'
        for change in changes:
            yield from _change(change)
        yield "</details>"
    yield "</section>"


def _level(level: Level) -> str:
    return f'<span class="level {level}">{level}</span>'


def _finding(finding: Finding) -> str:
    return (
        f'<p class="finding">{_level(finding.level)} {_text(finding.reason)}. '
        f'<span class="advice">{_text(finding.advice)} ({_text(finding.rule)})</span></p>'
    )


def _change(change: ReviewedChange) -> Iterator[str]:
    yield f'<div class="change">{_code(change.address)}{_text(place(change))} {_text(verb(change))}'
    if change.previous_address:
        yield f'<p class="because">until now {_code(change.previous_address)}</p>'
    if change.forced_by:
        yield f'<p class="because">made anew because of {_code(", ".join(change.forced_by))}</p>'
    for finding in change.findings:
        yield _finding(finding)
    if change.differences:
        yield "<table><thead><tr><th>attribute</th><th>before</th><th>after</th></tr></thead><tbody>"
        for one in change.differences:
            sides = f'<td data-label="before">{_code(one.before)}</td><td data-label="after">{_code(one.after)}</td>'
            yield f"<tr><td>{_code(one.path)}</td>{sides}</tr>"
        yield "</tbody></table>"
    if change.more_differences:
        yield f'<p class="because">and {count(change.more_differences, "more attribute")}</p>'
    yield "</div>"
