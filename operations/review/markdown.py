"""A review as a comment of a pull request: what can hurt first, and never longer than a comment may be.

GitHub takes 65,536 characters; bytes are counted here, which are never fewer. What is least important is
collapsed first: to one line, then to a number. What was collapsed is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from operations.review.findings import PLAN, Finding, Level
from operations.review.gate import Gate, Stale
from operations.review.review import (
    EnvironmentReview,
    Review,
    ReviewedChange,
    count_of,
    headline,
    place,
    verb,
)
from operations.review.text import cut
from operations.texts.counting import count
from operations.texts.markdown import code, escaped

MARKER = "<!-- hybrid review: this comment is updated in place -->"
"""First line of the comment, by which the next run finds it."""

LONGEST = 65_536
"""Characters that a comment may have."""

_ROOM = LONGEST - 2_000
_LONGEST_NAME = 300
_NAMED = 20
"""So many acknowledgements that nothing needs are named; the file has the others."""
_ASIDE = 3
"""So many entities at info stand by themselves; more of them are one line, to leave the screen to the others."""
_SIGNS = {
    Level.CRITICAL: "🟥",
    Level.HIGH: "🟧",
    Level.MEDIUM: "🟨",
    Level.LOW: "🟦",
    Level.INFO: "⬜",
}


@dataclass
class _Block:
    """A piece that can be shown at several lengths, the longest first; the last is empty."""

    level: Level
    what: tuple[str, str]
    forms: Sequence[str]
    number: int = 1
    form: int = 0

    @property
    def text(self) -> str:
        return self.forms[self.form]


def markdown(review: Review, gate: Gate) -> str:
    """The comment, shorter than :data:`LONGEST`."""
    top = _top(review, gate)
    sections = [(_heading(one), [*_environment(one)]) for one in review.environments]
    blocks = [*top, *(block for _, section in sections for block in section)]
    head = _head(review, gate)
    fixed = len(_bytes(head)) + sum(len(_bytes(heading)) + 2 for heading, _ in sections)
    names = fixed <= _ROOM // 2
    collapsed = _collapse(blocks, _ROOM - (fixed if names else len(_bytes(head))))
    parts = [head, *(block.text for block in top)]
    for heading, section in sections:
        parts += [heading] if names else []
        parts += [block.text for block in section]
    if not names:
        parts.append(f"{count(len(sections), 'environment')}: too many to head each one's changes.\n")
    parts += [
        f"> Note: {_short(note)}.\n" for note in (*review.notes, *map(_unneeded, gate.unneeded[:_NAMED]))
    ]
    if collapsed:
        told = ", ".join(f"{count(number, *noun)} {how}" for (noun, how), number in collapsed.items())
        parts.append(f"> Collapsed to fit into a comment: {told}. `hybrid review --format html` shows all.\n")
    return "\n".join(part for part in parts if part)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _collapse(blocks: list[_Block], room: int) -> Counter[tuple[tuple[str, str], str]]:
    """Shorten the least important blocks until all fit; says what was shortened, and how far."""
    length = sum(len(_bytes(block.text)) + 1 for block in blocks)
    # The last ones of a level go first; what stands at the top goes last.
    order = sorted(range(len(blocks)), key=lambda i: (blocks[i].level.rank, -i))
    for index in order:
        block = blocks[index]
        while length > room and block.form < len(block.forms) - 1:
            before = len(_bytes(block.text)) + 1
            block.form += 1
            length += len(_bytes(block.text)) + 1 - before
    collapsed: Counter[tuple[tuple[str, str], str]] = Counter()
    for block in blocks:
        if block.form:
            how = f"at {block.level}" + ("" if block.text else ", not shown at all")
            collapsed[block.what, how] += block.number
    return collapsed


def _head(review: Review, gate: Gate) -> str:
    counts = review.counts()
    told = " · ".join(
        f"{_SIGNS[level]} {counts[level]} {level}" for level in reversed(Level) if counts.get(level)
    )
    lines = [MARKER, f"## Review: {told or 'nothing happens'}", ""]
    if gate.passes:
        lines.append(f"**May merge**: nothing at {gate.fail_on} or above is open.")
    else:
        lines.append(f"**May not merge**: {gate.reasons}. Mend, or acknowledge with a reason and a last day.")
    lines += [
        f"\n⚠️ {escaped(missing.name[:100])} was not planned: {escaped(missing.reason[:300])}"
        for missing in review.not_reviewed[:20]
    ]
    if len(review.not_reviewed) > 20:  # noqa: PLR2004 - more would hide the findings
        lines.append(f"\n⚠️ {len(review.not_reviewed) - 20} more were not planned")
    return "\n".join([*lines, ""])


def _top(review: Review, gate: Gate) -> list[_Block]:
    """What can hurt, the worst first, and acknowledgements that have to go."""
    # First, because whoever changes what judges changes what is said below, the next time.
    blocks = [
        _Block(
            Level.HIGH,
            ("thing", "things that judge"),
            [
                f"- {_SIGNS[Level.HIGH]} **high** {escaped(one.said)}.",
                f"- {_SIGNS[Level.HIGH]} **high** {_short(one.said)}.",
                "",
            ],
        )
        for one in gate.brought
    ]
    acknowledged = {(one.environment, one.finding): who for one, who in gate.acknowledged}
    found: list[tuple[EnvironmentReview, ReviewedChange | None, Finding]] = [
        (environment, change, finding)
        for environment in review.environments
        for change, finding in _findings(environment)
        if finding.level.rank >= min(gate.fail_on.rank, Level.HIGH.rank)
    ]
    found.sort(key=lambda one: -one[2].level.rank)
    for environment, change, finding in found:
        word = acknowledged.get((environment.name, finding), "")
        lines = _hurts(environment, change, finding, word)
        blocks.append(_Block(finding.level, ("finding", "findings"), [lines[0] + lines[1], lines[0], ""]))
    for stale in gate.stale:
        text = f"- acknowledgement of {code(cut(stale.address, _LONGEST_NAME))} by {_short(stale.who)}: {_short(stale.problem)}"
        blocks.append(_Block(Level.HIGH, ("stale acknowledgement", "stale acknowledgements"), [text, ""]))
    return blocks


def _findings(environment: EnvironmentReview) -> Iterator[tuple[ReviewedChange | None, Finding]]:
    for finding in environment.findings:
        yield None, finding
    for change in environment.changes:
        for finding in change.findings:
            yield change, finding


def _hurts(
    environment: EnvironmentReview, change: ReviewedChange | None, finding: Finding, word: str
) -> tuple[str, str]:
    if change is None:
        where = "the plan" if finding.address == PLAN else _short(finding.address)
        what = ""
    else:
        where = _short(f"{change.entity}, {change.part}" if change.part else change.entity)
        what = f" {escaped(verb(change))}" if verb(change) else ""
    done = f" ✅ {_short(word)}" if word else ""
    line = (
        f"- {_SIGNS[finding.level]} **{finding.level}** {_short(environment.name)}: "
        f"**{where}**{what}: {escaped(finding.reason)}.{done}"
    )
    detail = (
        f"<details><summary>what to do</summary>{escaped(finding.advice)}.<br>"
        f"<code>{_short(finding.address)}</code>, finding <code>{escaped(finding.rule)}</code></details>"
    )
    return line, f"\n  {detail}"


def _heading(environment: EnvironmentReview) -> str:
    # A line of HTML goes on until a blank line.
    return f"\n### {escaped(environment.name)}: {escaped(count_of(environment.actions()))}\n"


def _environment(environment: EnvironmentReview) -> Iterator[_Block]:
    aside: list[tuple[str, str]] = []
    for entity, changes in environment.entities():
        level = max((change.level for change in changes), key=lambda one: one.rank)
        told = f"{_SIGNS[level]} {_short(entity)}: {escaped(headline(changes))}"
        rows = "\n".join(_row(change) for change in changes)
        full = _folded(told, rows)
        if level is Level.INFO:
            aside.append((told, full))
        else:
            yield _Block(level, ("entity", "entities"), [full, f"- {told}", ""])
    if len(aside) > _ASIDE:
        title = f"{_SIGNS[Level.INFO]} {len(aside)} entities for information only"
        lines = "\n".join(f"- {told}" for told, _ in aside)
        forms = [
            _folded(title, "\n".join(full for _, full in aside)),
            _folded(title, lines),
            f"- {title}",
            "",
        ]
        yield _Block(Level.INFO, ("entity", "entities"), forms, number=len(aside))
    else:
        for told, full in aside:
            yield _Block(Level.INFO, ("entity", "entities"), [full, f"- {told}", ""])


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{text}\n\n</details>\n"


def _row(change: ReviewedChange) -> str:
    moved = f", until now {code(change.previous_address)}" if change.previous_address else ""
    where = f" {escaped(place(change))}" if place(change) else ""
    lines = [f"- {code(change.address)}{where}{moved}: {escaped(verb(change))}"]
    lines += [
        f"  - {_SIGNS[finding.level]} {escaped(finding.reason)}; {escaped(finding.advice)}"
        for finding in change.findings
    ]
    if change.action in {"update", "replace", "drift"}:
        lines += [
            f"  - {code(one.path)}: {code(one.before)} → {code(one.after)}" for one in change.differences
        ]
        if change.more_differences:
            lines.append(f"  - and {count(change.more_differences, 'more attribute')}")
    if change.forced_by:
        lines.append(f"  - made anew because of {', '.join(map(code, change.forced_by[:5]))}")
    return "\n".join(lines)


def _unneeded(one: Stale) -> str:
    return f"acknowledgement of {cut(one.address, _LONGEST_NAME)} by {one.who}: {one.problem}"


def _short(text: str) -> str:
    """The same, cut where somebody's name for a thing would take all the room."""
    return escaped(cut(text, _LONGEST_NAME))
