"""Whether a pull request may merge: every finding that is bad enough has somebody's word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from operations.allowances.acknowledgements import Acknowledgement
from operations.review.findings import Finding, Level
from operations.review.review import Review

FILE: Final = Path("review") / "acknowledgements.yaml"
"""Where the acknowledgements stand, below the folder of the environment files."""


@dataclass(frozen=True)
class Open:
    """A finding without a valid acknowledgement."""

    environment: str
    finding: Finding


@dataclass(frozen=True)
class Stale:
    """An acknowledgement that has to go.

    Attributes:
        address: whose.
        who: whose word it was.
        problem: expired or unused, and what to do.
    """

    address: str
    who: str
    problem: str


@dataclass(frozen=True)
class Gate:
    """The outcome.

    Attributes:
        fail_on: lowest level that needs an acknowledgement.
        open: findings that stop the pull request.
        acknowledged: findings that somebody took responsibility for, with who and why.
        stale: acknowledgements that stop it because they are expired or unused.
    """

    fail_on: Level
    open: tuple[Open, ...]
    acknowledged: tuple[tuple[Open, str], ...]
    stale: tuple[Stale, ...]

    @property
    def passes(self) -> bool:
        """Whether nothing stops the pull request."""
        return not (self.open or self.stale)


def judge(
    review: Review,
    acknowledgements: Sequence[Acknowledgement],
    fail_on: Level,
    known: Collection[str] = (),
) -> Gate:
    """Hold the findings of a review against the acknowledgements.

    Args:
        review: the review.
        acknowledgements: what was taken responsibility for.
        fail_on: lowest level that needs an acknowledgement.
        known: environments that exist, whether they are reviewed here or not.
    """
    used: set[int] = set()
    still_open: list[Open] = []
    acknowledged: list[tuple[Open, str]] = []
    for environment in review.environments:
        for finding in environment.all_findings():
            if finding.level.rank < fail_on.rank:
                continue
            one = Open(environment.name, finding)
            words = [
                i
                for i, word in enumerate(acknowledgements)
                if word.covers(one.environment, one.finding.address, one.finding.rule)
            ]
            used.update(words)
            valid = [acknowledgements[i] for i in words if not acknowledgements[i].is_expired(review.today)]
            if valid:
                acknowledged.append((one, valid[0].word))
            else:
                still_open.append(one)
    reviewed = {environment.name for environment in review.environments}
    half = {one.environment for one in review.not_reviewed}
    stale = []
    for i, word in enumerate(acknowledgements):
        if word.is_expired(review.today):
            problem = f"expired on {word.expires}; take it out, or have somebody give a new one"
        elif i in used or word.environment in half:
            continue  # what has no plan may need it
        elif word.environment is None or word.environment in reviewed:
            problem = "nothing needs it; take it out, or correct its address or finding"
        elif word.environment in known:
            continue  # this review cannot tell
        else:
            problem = f"there is no environment {word.environment}; correct it"
        stale.append(Stale(word.address, word.who, problem))
    return Gate(fail_on, tuple(still_open), tuple(acknowledged), tuple(stale))
