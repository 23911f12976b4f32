"""All environments together, and the rules that cross them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from estate.model.access.estate_rules import access_estate_violations
from estate.model.environment import Environment
from estate.model.estate_violation import EstateViolation
from estate.model.fleet.attached_estate_rules import attached_estate_violations
from estate.model.fleet.estate_rules import fleet_estate_violations
from estate.model.google.estate_rules import google_violations
from estate.model.google.host_projects import host_project_violations
from estate.model.networks import Range, covered, overlaps
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.model.state_rules import state_violations
from estate.model.vmware.estate_rules import vmware_violations
from estate.model.vmware.vsphere.estate_rules import vsphere_estate_violations
from estate.model.vpn.estate_rules import vpn_estate_violations


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

    def refactoring(self, stack: str) -> Refactoring:
        """The stack's refactoring entries, none when it has no file."""
        return self.refactorings.get(stack, Refactoring())


def broken_estate_rules(estate: Estate) -> Iterator[EstateViolation]:
    """Run every rule that crosses environments."""
    yield from _routable_ranges_differ(estate)
    yield from _islands_cover_nothing_of_others(estate)
    yield from vmware_violations(estate)
    yield from vsphere_estate_violations(estate)
    yield from state_violations(estate)
    yield from host_project_violations(estate)
    yield from google_violations(estate)
    yield from fleet_estate_violations(estate)
    yield from attached_estate_violations(estate)
    yield from access_estate_violations(estate)
    yield from vpn_estate_violations(estate)


def _routable_ranges_differ(estate: Estate) -> Iterator[EstateViolation]:
    """Environments are joined by VPN and peering, so a range may be routed to one of them only."""
    ranges = [one for environment in estate.environments.values() for one in environment.routable_ranges()]
    for one, other in _of_two_environments(overlaps(ranges)):
        yield EstateViolation(
            other.environment,
            other.path,
            f"must not overlap a range of another environment, got {other.cidr}, "
            f"which overlaps {one} of {one.environment}; choose a free range",
        )


def _islands_cover_nothing_of_others(estate: Estate) -> Iterator[EstateViolation]:
    environments = estate.environments.values()
    islands = [one for environment in environments for one in environment.islands()]
    ranges = [one for environment in environments for one in environment.routable_ranges()]
    for island, reached in _of_two_environments(covered(islands, ranges)):
        yield EstateViolation(
            island.environment,
            island.path,
            f"must not cover {reached} of {reached.environment}, which the cluster could then not reach, "
            f"got {island.cidr}; choose another range",
        )


def _of_two_environments(pairs: Iterator[tuple[Range, Range]]) -> list[tuple[Range, Range]]:
    """An environment's own pairs are its own model's business."""
    return [(one, other) for one, other in pairs if one.environment != other.environment]
