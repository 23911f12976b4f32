"""Whether promotion goes on: every step out of turn has somebody's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from operations.allowances.acknowledgements import Acknowledgement
from operations.heads.brought import Brought
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
        unneeded: acknowledgements that nothing needs, which may stand until their day.
        brought: acknowledgements that the pull request brings; what nobody approved stands in the way.
    """

    open: tuple[Finding, ...]
    acknowledged: tuple[tuple[Finding, str], ...]
    stale: tuple[str, ...]
    unneeded: tuple[str, ...] = ()
    brought: tuple[Brought, ...] = ()

    @property
    def awaited(self) -> tuple[str, ...]:
        """What waits for a code owner."""
        return tuple(one.said for one in self.brought if one.awaited)

    @property
    def passes(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.open or self.stale or self.awaited)


def judge(
    findings: Sequence[Finding],
    words: Sequence[Acknowledgement],
    today: date,
    brought: Sequence[Brought] = (),
) -> Verdict:
    """Hold findings against acknowledgements; expired ones stand in the way themselves."""
    valid = [word for word in words if not word.is_expired(today)]
    acknowledged = [
        (finding, word.word)
        for finding in findings
        for word in [next((one for one in valid if _covers(one, finding)), None)]
        if word
    ]
    passed = [finding for finding, _ in acknowledged]
    stale = [
        f"{_said(word)} expired on {word.expires}; take it out, or have somebody give a new one"
        for word in words
        if word not in valid
    ]
    unneeded = [
        f"{_said(word)} is not needed; it may stay until {word.expires}, unless its address is wrong"
        for word in valid
        if not any(_covers(word, finding) for finding in findings)
    ]
    still_open = tuple(one for one in findings if one not in passed)
    return Verdict(still_open, tuple(acknowledged), tuple(stale), tuple(unneeded), tuple(brought))


def _said(word: Acknowledgement) -> str:
    return f"{word.address}: the acknowledgement by {word.who}"


def _covers(word: Acknowledgement, finding: Finding) -> bool:
    return word.covers(finding.environment, finding.address, finding.rule)
