"""The result of a review, as every output shows it; holds no secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from operations.review.attributes import Difference
from operations.review.findings import Finding, Level, worst

DRIFT = "drift"
"""Stands for an action where somebody changed an object outside Terraform."""

OUTPUT = "output"
"""Stands for a resource type where an output of the stack changes."""


@dataclass(frozen=True)
class ReviewedChange:
    """What happens to one object, and what to think of it.

    Attributes:
        address: its address.
        action: create, update, replace, delete, forget, read, no-op (moved or imported only), unknown, drift.
        type: its resource type.
        entity: the entity of the estate that it belongs to.
        part: what it is within the entity, "" for the entity itself.
        findings: what to think of it, worst first.
        stack: the companion stack that it stands in, "" for the environment's own.
        differences: attributes that change, the first ones.
        more_differences: number of the others.
        previous_address: its address until now, "" unless it moves.
        imported: whether it exists already and is taken into the state.
        forced_by: attributes that force a replacement.
        because: why Terraform acts, in its own word, "" when it does not say.
    """

    address: str
    action: str
    type: str
    entity: str
    part: str
    findings: tuple[Finding, ...]
    stack: str = ""
    differences: tuple[Difference, ...] = ()
    more_differences: int = 0
    previous_address: str = ""
    imported: bool = False
    forced_by: tuple[str, ...] = ()
    because: str = ""

    @property
    def level(self) -> Level:
        """The worst of its findings."""
        return worst([finding.level for finding in self.findings])


@dataclass(frozen=True)
class EnvironmentReview:
    """One environment's plans: of its own stack and of its companions.

    Attributes:
        name: the environment.
        terraform_version: version of Terraform that planned, "" when no plan says it.
        unchanged: number of objects to which nothing happens.
        changes: what happens, worst first.
        findings: about the plans as a whole, worst first.
    """

    name: str
    terraform_version: str
    unchanged: int
    changes: tuple[ReviewedChange, ...]
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """The worst of everything."""
        return worst([finding.level for finding in self.all_findings()])

    def all_findings(self) -> Iterator[Finding]:
        """Findings about the plan, and then those of its changes."""
        yield from self.findings
        for change in self.changes:
            yield from change.findings

    def actions(self) -> Mapping[str, int]:
        """How many objects are created, updated and so on."""
        return Counter(change.action for change in self.changes)

    def entities(self) -> list[tuple[str, list[ReviewedChange]]]:
        """Changes by entity, the worst entity first."""
        groups: dict[str, list[ReviewedChange]] = {}
        for change in self.changes:
            groups.setdefault(change.entity, []).append(change)
        return list(groups.items())


@dataclass(frozen=True)
class NotReviewed:
    """A stack without a plan.

    Attributes:
        name: the stack.
        environment: whose it is.
        reason: why it was not planned.
    """

    name: str
    environment: str
    reason: str


@dataclass(frozen=True)
class Review:
    """All environments together.

    Attributes:
        today: the date that expiries are judged by.
        environments: each plan, in the order asked for.
        not_reviewed: stacks without a plan.
        notes: what was not looked at, each in a sentence.
    """

    today: date
    environments: tuple[EnvironmentReview, ...]
    not_reviewed: tuple[NotReviewed, ...] = ()
    notes: tuple[str, ...] = ()

    def counts(self) -> Mapping[Level, int]:
        """Number of findings by level."""
        return Counter(
            finding.level for environment in self.environments for finding in environment.all_findings()
        )


_VERBS: Mapping[str, str] = {
    "create": "new",
    "update": "changed",
    "replace": "destroyed and made anew",
    "delete": "destroyed",
    "forget": "no longer managed",
    "read": "read",
    "drift": "changed outside Terraform",
    "unknown": "unknown",
}

_CALLED: Mapping[str, str] = {"on_prem_version": "version", "min_master_version": "version"}
"""What people call an attribute."""

_ENOUGH = 3


def place(change: ReviewedChange) -> str:
    """Where an object stands, where that is not the environment's own stack: `` in dev-vsphere``."""
    return f" in {change.stack}" if change.stack else ""


def verb(change: ReviewedChange) -> str:
    """What happens to an object, in a word or a few."""
    words = []
    if change.imported:
        words.append("taken in")
    if change.previous_address:
        words.append("moved")
    if change.action in _VERBS:
        words.append(_VERBS[change.action])
    return " and ".join(words)


def headline(changes: list[ReviewedChange]) -> str:
    """What happens to an entity, in one line: ``version 1.34.1-gke.1 -> 1.35.0-gke.1; workers: replicas 3 -> 5``."""
    verbs = {verb(change) for change in changes}
    if (
        len(changes) > _ENOUGH
        and len(verbs) == 1
        and not any(change.action == "update" for change in changes)
    ):
        return f"{len(changes)} objects {verbs.pop()}"
    phrases = [_phrase(change) for change in changes]
    first = list(dict.fromkeys(phrases))[:_ENOUGH]
    rest = len(changes) - sum(phrase in first for phrase in phrases)
    return "; ".join(first) + (f"; and {rest} more" if rest else "")


def _phrase(change: ReviewedChange) -> str:
    what = verb(change)
    told = [one for one in change.differences if one.known][:2]
    if change.action == "update" and told:
        what = ", ".join(f"{_CALLED.get(one.path, one.path)} {one.before} -> {one.after}" for one in told)
        others = len(change.differences) + change.more_differences - len(told)
        what += f" and {others} more" if others else ""
    return f"{change.part}: {what}" if change.part else what


def count_of(actions: Mapping[str, int]) -> str:
    """Counts in words: ``2 new, 1 destroyed``; ``nothing happens`` without any."""
    told = [f"{actions[action]} {word}" for action, word in _VERBS.items() if actions.get(action)]
    if actions.get("no-op"):
        told.append(f"{actions['no-op']} moved or taken in")
    return ", ".join(told) or "nothing happens"
