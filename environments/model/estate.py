"""All environments together, and the rules that cross them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from environments.model.environment import Environment
from environments.model.organization import Organization
from environments.model.refactoring import Refactoring
from environments.model.rules import Path


@dataclass(frozen=True)
class Estate:
    """The whole of what the files describe.

    Attributes:
        organization: what all environments share.
        environments: by name, in promotion order.
        refactorings: by environment; an environment without a file has none.
    """

    organization: Organization
    environments: Mapping[str, Environment]
    refactorings: Mapping[str, Refactoring] = field(default_factory=dict)

    def refactoring(self, environment: str) -> Refactoring:
        """The environment's refactoring entries, none when it has no file."""
        return self.refactorings.get(environment, Refactoring())


@dataclass(frozen=True)
class EstateViolation:
    """A broken rule that more than one file takes part in.

    Attributes:
        environment: the file to change; None means organization.yaml.
        path: keys and positions in that file.
        message: what was found, what is allowed and what to do.
    """

    environment: str | None
    path: Path
    message: str


def broken_estate_rules(estate: Estate) -> Iterator[EstateViolation]:
    """Run every rule that crosses environments."""
    yield from _routable_ranges_differ(estate)


def _routable_ranges_differ(estate: Estate) -> Iterator[EstateViolation]:
    """Environments are joined by VPN and peering, so a range may be routed to one of them only."""
    ranges = [
        (name, path, cidr)
        for name, environment in estate.environments.items()
        if environment.aws
        for path, cidr in environment.aws.routable_ranges()
    ]
    for (one, one_path, one_cidr), (other, other_path, other_cidr) in combinations(ranges, 2):
        if one != other and one_cidr.overlaps(other_cidr):
            yield EstateViolation(
                other,
                ("aws", *other_path),
                f"must not overlap a range of another environment, got {other_cidr}, "
                f"which overlaps aws.{'.'.join(map(str, one_path))} {one_cidr} of {one}; choose a free range",
            )
