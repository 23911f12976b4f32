"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from operations.policy.finding import Finding, Level
from operations.policy.stacks import Place, Stacks

Broken = tuple[Place, str]
"""Where a rule is broken, and what is wrong there with what to do: lower case, no final period."""


@dataclass(frozen=True)
class Rule:
    """A rule over the synthesized stacks.

    Attributes:
        id: its id, HYB_ and what it is about.
        level: how bad it is to break it.
        holds: what holds where it is kept, to be read after "Rule:"; stands in docs/policy.md.
        broken: yields each place where it is broken, over all stacks at once.
    """

    id: str
    level: Level
    holds: str
    broken: Callable[[Stacks], Iterator[Broken]]

    def findings(self, stacks: Stacks) -> Iterator[Finding]:
        """Each place where the rule is broken, as a finding."""
        for place, message in self.broken(stacks):
            yield Finding(self.id, self.level, message, place)
