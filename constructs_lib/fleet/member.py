"""A cluster as the fleet sees it."""

from __future__ import annotations

from typing import Protocol

from cdktf import ITerraformDependable


class Member(Protocol):
    """A cluster that is, or makes itself, a member of the fleet."""

    @property
    def membership(self) -> str:
        """The membership that it registered, as a reference: its full name, or its id where that is known."""

    @property
    def membership_id(self) -> str:
        """Id of its membership, literally or as a reference."""

    @property
    def membership_location(self) -> str:
        """Location of its membership; without it, the provider looks under global."""

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on where only the id is taken, which waits for nothing."""
