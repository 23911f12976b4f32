"""Rules on the hub that passes traffic between the networks at the ends of the VPNs."""

from __future__ import annotations

from collections.abc import Iterator

from estate.facts.google.transit import ASK, Transit
from estate.model.environment import Environment
from estate.model.rules import Violation, rule


@rule(on=Environment)
def is_offered_there(environment: Environment) -> Iterator[Violation]:
    """A hub is where Google transfers data between sites: where that is known, or where somebody asked.

    https://docs.cloud.google.com/network-connectivity/docs/network-connectivity-center/concepts/locations, by other pages.
    """
    vpn, google = environment.vpn, environment.google
    if vpn is None or google is None or not vpn.transit_by.hub or vpn.transit_location_checked:
        return
    known = Transit.between_sites().regions
    if google.region not in known:
        yield Violation(
            ("vpn", "transit_by"),
            f"needs a region that transfers data between sites, of which {', '.join(sorted(known))} are known to, got "
            f"google.region {google.region}; where it is in what this prints, say on which day as "
            f"transit_location_checked, or say advertisements: {ASK}",
        )
