"""Rules on what load balancers of GKE clusters need of the network."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.google.google import GoogleConfig
from estate.model.rules import Violation, rule


@rule(on=GoogleConfig)
def regions_have_one_subnet_of_proxies(google: GoogleConfig) -> Iterator[Violation]:
    """A region has one active subnet of proxies, and one backup beside an active one.

    "In a given VPC network and region, only a single proxy-only subnet with purpose REGIONAL_MANAGED_PROXY can be active at
    any point in time": https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets of 2026-11-30, excerpt.
    """
    taken: dict[tuple[str, str], str] = {}
    for key, proxies in google.network.proxy_subnets.items() if google.network else ():
        region = proxies.region or google.region
        owner = taken.setdefault((region, proxies.role), key)
        if owner != key:
            yield Violation(
                ("network", "proxy_subnets", key, "role"),
                f"must differ from that of {owner}, got {proxies.role} for both in {region}, which has one active subnet of "
                "proxies and one backup; take one out, or widen the region's addresses by a backup that becomes active",
                ("network", "proxy_subnets", owner, "role"),
            )
