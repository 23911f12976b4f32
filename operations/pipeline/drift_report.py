"""What ``hybrid drift`` says: lines for people, Markdown for one issue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from operations.pipeline.drift import StackDrift
from operations.texts.harmless import one_line
from operations.texts.markdown import code, escaped

MARKER = "<!-- hybrid drift: this issue is updated in place -->"

LIMIT = 60_000
"""Characters of the text; GitHub takes 65,536."""

_THEN: Final = {"": "no apply would undo it", "no-op": "an apply would take it in"}
"""What comes of it, by what is planned."""


def drift_lines(found: Sequence[StackDrift]) -> Iterator[str]:
    """What was found, a line each."""
    for stack in found:
        for line in _told(stack) if stack.is_found else ["as it was applied"]:
            yield f"{stack.stack}: {line}"


def drift_markdown(found: Sequence[StackDrift], not_planned: Sequence[tuple[str, str]]) -> str:
    """The text of the issue."""
    drifted = [stack for stack in found if stack.is_found]
    names = ", ".join(escaped(stack.stack) for stack in drifted)
    head = [
        MARKER,
        f"## Drift: {names}" if drifted else "## No drift",
        "",
        "Undo what was done by hand by applying the code, or say it in the environment's file and have that reviewed."
        if drifted
        else "Everything is as it was applied.",
        "",
        *(f"- **{escaped(name)}** was not looked at: {escaped(reason)}" for name, reason in not_planned),
    ]
    lines = [
        line
        for stack in drifted
        for line in (
            f"\n### {escaped(stack.stack)}\n",
            *(f"- {told}" for told in _told(stack, code, escaped)),
        )
    ]
    text, left = "\n".join(head), len(lines)
    for line in lines:
        if len(text) + len(line) > LIMIT:
            return f"{text}\n\n{left} more lines do not fit; run `hybrid drift`.\n"
        text, left = f"{text}\n{line}", left - 1
    return f"{text}\n"


def _told(
    stack: StackDrift, name: Callable[[str], str] = one_line, word: Callable[[str], str] = one_line
) -> Iterator[str]:
    """What was found of a stack.

    Args:
        stack: the stack.
        name: makes of an address or an attribute what is shown of it.
        word: the same of other words.
    """
    for difference in (*stack.undone, *stack.pending, *stack.kept):
        happened, planned = difference.happened, difference.planned
        what = f"was {word(happened)} outside Terraform" if happened else "is not as the code says"
        names = ", ".join(map(name, difference.attributes))
        then = _THEN.get(planned, f"an apply would {word(planned)} it")
        yield f"{name(difference.address)} {what}{f' ({names})' if names else ''}; {then}"
