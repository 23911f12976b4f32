"""What a whole stack is told, and so each of its sections."""

from __future__ import annotations

from dataclasses import dataclass

from cdktf import TerraformStack

from constructs_lib.naming import Naming
from estate.derived.share import Share
from estate.model.environment import Environment
from estate.model.organization import Organization


@dataclass(frozen=True)
class StackContext:
    """A stack and whom it is for.

    Attributes:
        stack: where things are defined.
        environment: the whole environment, for what crosses sections.
        organization: what the environments share.
        share: what the environment makes for the estate.
    """

    stack: TerraformStack
    environment: Environment
    organization: Organization
    share: Share

    @property
    def naming(self) -> Naming:
        """Names of the environment."""
        google = self.environment.google
        return Naming(
            organization=self.organization.name,
            environment=self.environment.environment,
            said=google.names if google else {},
        )

    @property
    def names(self) -> tuple[str, str]:
        """What names begin with that models make: organization and environment."""
        return self.organization.name, self.environment.environment

    @property
    def prevent_destroy(self) -> bool:
        """Whether Terraform refuses to destroy what holds data or identity."""
        return self.environment.deletion_protection
