"""By what Google Cloud passes traffic between the networks at the ends of its VPNs."""

from __future__ import annotations

from enum import StrEnum


class TransitBy(StrEnum):
    """What tells each side of the other.

    The step between the two is there for the move from one to the other, so that neither side is told less on the way.
    """

    ADVERTISEMENTS = "advertisements"
    BOTH = "both"
    HUB = "hub"

    @property
    def hub(self) -> bool:
        """Whether there is a hub that passes on what each side advertises."""
        return self is not TransitBy.ADVERTISEMENTS

    @property
    def advertised(self) -> bool:
        """Whether each side's ranges stand in the sessions to the other, whatever that side advertises itself."""
        return self is not TransitBy.HUB
