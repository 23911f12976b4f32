"""Whether a pull request may merge: every finding that is bad enough has somebody's word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from operations.allowances.acknowledgements import Acknowledgement
from operations.heads.brought import Brought
from operations.review.findings import Finding, Level
from operations.review.review import Review
from operations.texts.counting import count

FILE: Final = Path("review") / "acknowledgements.yaml"
"""Where the acknowledgements stand, below the folder of the environment files."""


@dataclass(frozen=True)
class Open:
    """A finding without a valid acknowledgement."""

    environment: str
    finding: Finding


@dataclass(frozen=True)
class Stale:
    """An acknowledgement that has to go, or that nothing needs.

    Attributes:
        address: whose.
        who: whose word it was.
        problem: what is wrong with it, and what to do.
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
        stale: acknowledgements that stop it because they are expired, or of no environment.
        brought: what the pull request brings of its own that judges; what nobody approved stops it.
        unneeded: acknowledgements that nothing needs, which may stand until their day: for what is still to come.
    """

    fail_on: Level
    open: tuple[Open, ...]
    acknowledged: tuple[tuple[Open, str], ...]
    stale: tuple[Stale, ...]
    brought: tuple[Brought, ...] = ()
    unneeded: tuple[Stale, ...] = ()

    @property
    def awaited(self) -> int:
        """How many things wait for a code owner."""
        return sum(bool(one.awaited) for one in self.brought)

    @property
    def passes(self) -> bool:
        """Whether nothing stops the pull request."""
        return not (self.open or self.stale or self.awaited)

    @property
    def reasons(self) -> str:
        """What stops the pull request, in words."""
        at = f"at {self.fail_on} or above"
        told = [
            count(self.awaited, "thing that waits for a code owner", "things that wait for a code owner"),
            count(
                len(self.open),
                f"finding {at} without acknowledgement",
                f"findings {at} without acknowledgement",
            ),
            count(len(self.stale), "stale acknowledgement"),
        ]
        return " and ".join(one for one in told if not one.startswith("0 "))


def judge(
    review: Review,
    acknowledgements: Sequence[Acknowledgement],
    fail_on: Level,
    known: Collection[str] = (),
    brought: Sequence[Brought] = (),
) -> Gate:
    """Hold the findings of a review against the acknowledgements.

    Args:
        review: the review.
        acknowledgements: what was taken responsibility for.
        fail_on: lowest level that needs an acknowledgement.
        known: environments that exist, whether they are reviewed here or not.
        brought: what the pull request brings of its own that judges.
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
    stale, unneeded = [], []
    for i, word in enumerate(acknowledgements):
        if word.is_expired(review.today):
            problem = f"expired on {word.expires}; take it out, or have somebody give a new one"
        elif i in used or word.environment in half:
            continue  # what has no plan may need it
        elif word.environment is None or word.environment in reviewed:
            problem = (
                f"nothing needs it; it may stay until {word.expires}, unless its address or finding is wrong"
            )
            unneeded.append(Stale(word.address, word.who, problem))
            continue
        elif word.environment in known:
            continue  # this review cannot tell
        else:
            problem = f"there is no environment {word.environment}; correct it"
        stale.append(Stale(word.address, word.who, problem))
    return Gate(
        fail_on, tuple(still_open), tuple(acknowledged), tuple(stale), tuple(brought), tuple(unneeded)
    )
