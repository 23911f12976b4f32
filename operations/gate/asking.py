"""The parts of a gate, asked one after the other: one that fails keeps no other from being asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Generic, TypeVar

from estate.reading.problems import InvalidInput

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What a part says.

    Attributes:
        value: what the parts after it need of it.
        findings: what may not pass, each with what to do; the first line says it, others show it.
        notes: what a person should know, and what fails nothing.
    """

    value: T
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Asking:
    """What came of the parts so far.

    Attributes:
        tell: shows the line of a part: its name, its result, and how many seconds it took, None for one that was
            not asked.
        findings: what may not pass.
        refusals: what could not be asked, and why.
        notes: what fails nothing.
    """

    tell: Callable[[str, str, float | None], None]
    findings: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def ask(self, part: str, question: Callable[[], Answer[T]]) -> T | None:
        """Ask a part; None where it refuses, and the parts that need its answer are to be left out."""
        start = perf_counter()
        try:
            answer = question()
        except InvalidInput as error:
            self._refuse(part, [str(problem) for problem in error.problems], start)
            return None
        except OSError as error:
            self._refuse(part, [f"{error.filename or 'the system'}: {error.strerror or error}"], start)
            return None
        self.findings += answer.findings
        self.notes += answer.notes
        result = _count(len(answer.findings), "finding") if answer.findings else "holds"
        self.tell(part, result, perf_counter() - start)
        return answer.value

    def leave_out(self, parts: tuple[str, ...], why: str) -> None:
        """Say which parts are not asked."""
        for part in parts:
            self.tell(part, f"not asked: {why}", None)

    def _refuse(self, part: str, reasons: list[str], start: float) -> None:
        self.refusals += reasons
        self.tell(part, f"refused, {_count(len(reasons), 'problem')}", perf_counter() - start)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
