"""A cluster as the fleet sees it."""

from __future__ import annotations

from typing import Protocol

from cdktf import ITerraformDependable


class Member(Protocol):
    """A cluster that is, or makes itself, a member of the fleet."""

    @property
    def membership(self) -> str:
        """Name of the membership that it registered, full or short, as a reference."""

    @property
    def membership_id(self) -> str:
        """Id of its membership, literally."""

    @property
    def membership_location(self) -> str:
        """Location of its membership; without it, the provider looks under global."""

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on where only the id is taken, which waits for nothing."""
