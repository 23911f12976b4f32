"""Whether promotion goes on: every step out of turn has somebody's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from operations.allowances.acknowledgements import Acknowledgement
from operations.promotion.compare import Finding

FILE: Final = Path("promotion") / "acknowledgements.yaml"
"""Where the acknowledgements stand, below the folder of the environment files."""


@dataclass(frozen=True)
class Verdict:
    """What stands in the way.

    Attributes:
        open: findings that nobody took responsibility for.
        acknowledged: findings that somebody did, with who, until when and why.
        stale: acknowledgements that have to go, each with the reason.
    """

    open: tuple[Finding, ...]
    acknowledged: tuple[tuple[Finding, str], ...]
    stale: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.open or self.stale)


def judge(findings: Sequence[Finding], words: Sequence[Acknowledgement], today: date) -> Verdict:
    """Hold findings against acknowledgements; expired and unused ones stand in the way themselves."""
    valid = [word for word in words if not word.is_expired(today)]
    acknowledged = [
        (finding, word.word)
        for finding in findings
        for word in [next((one for one in valid if _covers(one, finding)), None)]
        if word
    ]
    passed = [finding for finding, _ in acknowledged]
    stale = [
        f"{word.address}: the acknowledgement by {word.who} {problem}"
        for word in words
        if (problem := _problem(word, findings, valid=word in valid))
    ]
    return Verdict(tuple(one for one in findings if one not in passed), tuple(acknowledged), tuple(stale))


def _problem(word: Acknowledgement, findings: Sequence[Finding], *, valid: bool) -> str:
    if not valid:
        return f"expired on {word.expires}; take it out, or have somebody give a new one"
    used = any(_covers(word, finding) for finding in findings)
    return "" if used else "is not needed; take it out, or correct its address"


def _covers(word: Acknowledgement, finding: Finding) -> bool:
    return word.covers(finding.environment, finding.address, finding.rule)
