"""All environments together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.placeholder import Placeholder
from estate.model.refactoring import Refactoring

ORGANIZATION: Final = "organization"
"""Stands for organization.yaml where paths of the estate begin with the environment's name."""


@dataclass(frozen=True)
class Estate:
    """The whole of what the files describe.

    Attributes:
        organization: what all environments share.
        environments: by name, in promotion order.
        refactorings: by stack; a stack without a file has none.
        newcomers: the environments of whose stacks nothing is recorded; what collides with something that may
            run already is theirs to change. Rules see them behind all others.
        placeholders: what stands in each environment's file, and in :data:`ORGANIZATION`'s, for values of the user's own.
    """

    organization: Organization
    environments: Mapping[str, Environment]
    refactorings: Mapping[str, Refactoring] = field(default_factory=dict)
    newcomers: frozenset[str] = frozenset()
    placeholders: Mapping[str, Sequence[Placeholder]] = field(default_factory=dict)

    judged_from_outside: ClassVar[bool] = True

    def refactoring(self, stack: str) -> Refactoring:
        """The stack's refactoring entries, none when it has no file."""
        return self.refactorings.get(stack, Refactoring())

    def placeholders_of(self, environments: Collection[str]) -> list[Placeholder]:
        """What of environments cannot be deployed: placeholders in their files, and in what all share, first."""
        return [
            placeholder
            for name in (ORGANIZATION, *self.environments)
            if (name == ORGANIZATION or name in environments) and name in self.placeholders
            for placeholder in self.placeholders[name]
        ]

    def by_age(self) -> Estate:
        """The same with newcomers behind all others, each in promotion order: a rule tells the later of two."""
        order = sorted(self.environments, key=self.newcomers.__contains__)
        return replace(self, environments={name: self.environments[name] for name in order})

    def yields(self, one: str, to: str) -> bool:
        """Tell whether ``one`` is to change what collides with ``to``: it alone is a newcomer."""
        return one in self.newcomers and to not in self.newcomers
