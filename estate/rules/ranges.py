"""Rules on address plans: what is routed somewhere is routed to one place, and no cluster hides it from its pods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from estate.derived.ranges import onprem_ranges
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.networks import Range, covered, overlaps
from estate.model.rules import Violation, rule


@rule(on=Environment)
def routable_ranges_differ(environment: Environment) -> Iterator[Violation]:
    """No two ranges of an environment that others route to overlap."""
    for one, other in overlaps(list(environment.routable_ranges())):
        # Two clusters in one subnet are a matter of the vmware section, which looks at single addresses.
        if (one.path[0], other.path[0]) != ("vmware", "vmware"):
            yield Violation(other.path, f"must not overlap {one}, got {other.cidr}; choose a free range")


@rule(on=Environment)
def islands_cover_nothing_that_is_reached(environment: Environment) -> Iterator[Violation]:
    """Ranges inside a cluster cover nothing that its pods have to reach in the environment or on-prem."""
    ranges = [*environment.routable_ranges(), *onprem_ranges(environment)]
    for island, reached in covered(list(environment.islands()), ranges):
        yield Violation(
            island.path,
            f"must not cover {reached}, which the cluster could then not reach, got {island.cidr}; "
            "choose another range",
        )


@rule(on=Estate)
def routable_ranges_of_environments_differ(estate: Estate) -> Iterator[Violation]:
    """Environments are joined by VPN and peering, so a range is routed to one of them only."""
    ranges = [one for environment in estate.environments.values() for one in environment.routable_ranges()]
    for one, other in _of_two_environments(overlaps(ranges)):
        yield Violation(
            other.place,
            f"must not overlap a range of another environment, got {other.cidr}, "
            f"which overlaps {one} of {one.environment}; choose a free range",
        )


@rule(on=Estate)
def islands_cover_nothing_of_other_environments(estate: Estate) -> Iterator[Violation]:
    """Ranges inside a cluster cover nothing that its pods have to reach in another environment."""
    environments = estate.environments.values()
    islands = [one for environment in environments for one in environment.islands()]
    ranges = [one for environment in environments for one in environment.routable_ranges()]
    for island, reached in _of_two_environments(covered(islands, ranges)):
        if estate.yields(reached.environment, island.environment):
            yield Violation(
                reached.place,
                f"must not lie in {island} of {island.environment}, whose cluster could then not reach it, "
                f"got {reached.cidr}; choose another range",
            )
            continue
        yield Violation(
            island.place,
            f"must not cover {reached} of {reached.environment}, which the cluster could then not reach, "
            f"got {island.cidr}; choose another range",
        )


def _of_two_environments(pairs: Iterable[tuple[Range, Range]]) -> Iterator[tuple[Range, Range]]:
    """An environment's own pairs are judged with the environment."""
    return ((one, other) for one, other in pairs if one.environment != other.environment)
