"""All environments together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from estate.model.environment import Environment
from estate.model.organization import Organization
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
    """

    organization: Organization
    environments: Mapping[str, Environment]
    refactorings: Mapping[str, Refactoring] = field(default_factory=dict)

    judged_from_outside: ClassVar[bool] = True

    def refactoring(self, stack: str) -> Refactoring:
        """The stack's refactoring entries, none when it has no file."""
        return self.refactorings.get(stack, Refactoring())
