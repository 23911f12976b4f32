"""Rules on the ranges of the data centers that networks in Google Cloud are joined with."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.ranges import cloud_ranges, onprem_ranges
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.rules import Violation, rule


@rule(on=Environment)
def clouds_stand_outside_the_data_centers(environment: Environment) -> Iterator[Violation]:
    """No range in a cloud is among those of the data centers."""
    for prefix in onprem_ranges(environment):
        for one in cloud_ranges(environment):
            if one.cidr.overlaps(prefix.cidr):
                yield Violation(
                    prefix.path,
                    f"must not overlap {one}, which is in a cloud, got {prefix.cidr}; correct one of the two",
                )


@rule(on=Environment)
def data_centers_hold_the_on_prem_clusters(environment: Environment) -> Iterator[Violation]:
    """The data centers' ranges hold every cluster on VMware, or clusters in Google Cloud do not reach it."""
    prefixes = [prefix.cidr for prefix in onprem_ranges(environment)]
    for key, cluster in environment.vmware.user_clusters.items() if environment.vmware and prefixes else ():
        if not any(cluster.network.cidr.subnet_of(prefix) for prefix in prefixes):
            yield Violation(
                ("google", "network", "onprem_prefixes"),
                f"must hold vmware.user_clusters.{key}.network.cidr {cluster.network.cidr}, or the clusters in Google "
                "Cloud and it do not reach each other; add its range",
                ("vmware", "user_clusters", key, "network", "cidr"),
            )


@rule(on=Environment)
def data_centers_hold_the_name_servers(environment: Environment) -> Iterator[Violation]:
    """The data centers' ranges hold the name servers that ask Google Cloud, or answers do not come back to them."""
    network = environment.google and environment.google.network
    prefixes = network.onprem_prefixes if network and network.inbound_dns else ()
    clusters = environment.vmware.user_clusters.values() if environment.vmware and prefixes else ()
    servers = dict.fromkeys(server for cluster in clusters for server in cluster.network.dns)
    outside = [server for server in servers if not any(server in prefix for prefix in prefixes)]
    if outside:
        yield Violation(
            ("google", "network", "onprem_prefixes"),
            f"must hold the name servers of user clusters, got none for {', '.join(map(str, outside))}: they ask Google "
            "Cloud for Google's domains, and answers have no way back to them; add their range, or say inbound_dns: "
            "false",
        )


@rule(on=Estate)
def clouds_of_others_stand_outside_the_data_centers(estate: Estate) -> Iterator[Violation]:
    """No range of another environment in a cloud is among those of the data centers."""
    clouds = [one for environment in estate.environments.values() for one in cloud_ranges(environment)]
    for environment in estate.environments.values():
        for prefix in onprem_ranges(environment):
            for one in clouds:
                if one.environment == prefix.environment or not one.cidr.overlaps(prefix.cidr):
                    continue
                if estate.yields(one.environment, prefix.environment):
                    yield Violation(
                        one.place,
                        f"must not overlap {prefix} of {prefix.environment}, which is in a data center, "
                        f"got {one.cidr}; choose another range",
                    )
                else:
                    yield Violation(
                        prefix.place,
                        f"must not overlap {one} of {one.environment}, which is in a cloud, got {prefix.cidr}; "
                        "correct one of the two",
                    )
