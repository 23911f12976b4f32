"""What ``hybrid drift`` says: lines for people, Markdown for one issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from operations.pipeline.drift import Difference, StackDrift

MARKER = "<!-- hybrid drift: this issue is updated in place -->"

LIMIT = 60_000
"""Characters of the text; GitHub takes 65,536."""


def drift_lines(found: Sequence[StackDrift]) -> Iterator[str]:
    """What was found, a line each."""
    for stack in found:
        if not stack.is_found:
            yield f"{stack.stack}: as it was applied"
        for one in stack.undone:
            yield f"{stack.stack}: {_undone(one)}"
        for one in stack.pending:
            yield f"{stack.stack}: {_pending(one)}"
        for one in stack.kept:
            yield f"{stack.stack}: {_kept(one)}"


def drift_markdown(found: Sequence[StackDrift], not_planned: Sequence[tuple[str, str]]) -> str:
    """The text of the issue."""
    drifted = [stack for stack in found if stack.is_found]
    names = ", ".join(stack.stack for stack in drifted)
    head = [
        MARKER,
        f"## Drift: {names}" if drifted else "## No drift",
        "",
        "Undo what was done by hand by applying the code, or say it in the environment's file and have that reviewed."
        if drifted
        else "Everything is as it was applied.",
        "",
        *(f"- **{name}** was not looked at: {reason}" for name, reason in not_planned),
    ]
    lines = [line for stack in drifted for line in _section(stack)]
    text, left = "\n".join(head), len(lines)
    for line in lines:
        if len(text) + len(line) > LIMIT:
            return f"{text}\n\n{left} more lines do not fit; run `hybrid drift`.\n"
        text, left = f"{text}\n{line}", left - 1
    return f"{text}\n"


def _section(stack: StackDrift) -> Iterator[str]:
    yield f"\n### {stack.stack}\n"
    for one in stack.undone:
        yield f"- {_undone(one, '`')}"
    for one in stack.pending:
        yield f"- {_pending(one, '`')}"
    for one in stack.kept:
        yield f"- {_kept(one, '`')}"


def _undone(one: Difference, tick: str = "") -> str:
    what = f"{tick}{one.address}{tick} was {one.happened} outside Terraform{_attributes(one, tick)}"
    return f"{what}; {_next(one)}"


def _kept(one: Difference, tick: str = "") -> str:
    what = f"{tick}{one.address}{tick} was {one.happened} outside Terraform{_attributes(one, tick)}"
    return f"{what}; no apply would undo it"


def _pending(one: Difference, tick: str = "") -> str:
    return f"{tick}{one.address}{tick} is not as the code says{_attributes(one, tick)}; {_next(one)}"


def _next(one: Difference) -> str:
    return f"an apply would {'take it in' if one.planned == 'no-op' else f'{one.planned} it'}"


def _attributes(one: Difference, tick: str) -> str:
    return f" ({', '.join(f'{tick}{name}{tick}' for name in one.attributes)})" if one.attributes else ""
