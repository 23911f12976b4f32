"""Yes, no, or not to be known from a stack, with the reason; the last is never taken for one of the others.

This is Kleene's logic: what is not known only counts where nothing that is known decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Answer:
    """What a question comes to.

    Attributes:
        holds: yes or no, None when a stack does not tell.
        why: why it does not tell; empty otherwise.
    """

    holds: bool | None
    why: tuple[str, ...] = ()


YES: Final = Answer(holds=True)
NO: Final = Answer(holds=False)


def unknown(why: str) -> Answer:
    """Not to be known from the stack, and why."""
    return Answer(None, (why,))


def all_of(answers: Iterable[Answer]) -> Answer:
    """Whether each holds; yes when there is none."""
    return _combined(answers, decided_by=False)


def any_of(answers: Iterable[Answer]) -> Answer:
    """Whether one holds; no when there is none."""
    return _combined(answers, decided_by=True)


def negated(answer: Answer) -> Answer:
    """The opposite; of what is not known, nothing is."""
    return answer if answer.holds is None else Answer(not answer.holds)


def _combined(answers: Iterable[Answer], *, decided_by: bool) -> Answer:
    listed = list(answers)
    if any(answer.holds is decided_by for answer in listed):
        return Answer(decided_by)
    why = dict.fromkeys(reason for answer in listed for reason in answer.why)
    return Answer(None, tuple(why)) if why else Answer(not decided_by)
