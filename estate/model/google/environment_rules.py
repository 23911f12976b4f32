"""The rules of a google section that look at the environment's other sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.networks import Range
from estate.model.rules import Violation

if TYPE_CHECKING:
    from estate.model.environment import Environment
    from estate.model.google.google import GoogleConfig


def google_environment_violations(environment: Environment) -> Iterator[Violation]:
    """Run every rule."""
    google = environment.google
    if google is None:
        return
    if google.gke_clusters and not environment.fleet:
        yield Violation(
            ("google", "gke_clusters"),
            "needs fleet: clusters are members of it, and people come to them through it; add fleet: {}",
            ("fleet",),
        )
    yield from _members_have_keys_of_their_own(environment, google)
    yield from _clouds_stand_outside_the_data_centers(environment)
    yield from _data_centers_hold_the_on_prem_clusters(environment, google)


def onprem_ranges(environment: Environment) -> Iterator[Range]:
    """The ranges of the data centers that the environment's network is joined with."""
    network = environment.google and environment.google.network
    for position, prefix in enumerate(network.onprem_prefixes if network else ()):
        yield Range(environment.environment, ("google", "network", "onprem_prefixes", position), prefix)


def cloud_ranges(environment: Environment) -> Iterator[Range]:
    """The routable ranges that are in a cloud, and so in no data center."""
    for one in environment.routable_ranges():
        if one.path[0] != "vmware":
            yield one


def _members_have_keys_of_their_own(environment: Environment, google: GoogleConfig) -> Iterator[Violation]:
    for key in environment.vmware.user_clusters if environment.vmware else ():
        if key in google.gke_clusters:
            yield Violation(
                ("google", "gke_clusters", key),
                f"must differ from vmware.user_clusters.{key}, which is a member of the same fleet; rename one",
            )


def _clouds_stand_outside_the_data_centers(environment: Environment) -> Iterator[Violation]:
    for prefix in onprem_ranges(environment):
        for one in cloud_ranges(environment):
            if one.cidr.overlaps(prefix.cidr):
                yield Violation(
                    prefix.path,
                    f"must not overlap {one}, which is in a cloud, got {prefix.cidr}; correct one of the two",
                )


def _data_centers_hold_the_on_prem_clusters(
    environment: Environment, google: GoogleConfig
) -> Iterator[Violation]:
    prefixes = google.network.onprem_prefixes if google.network else ()
    for key, cluster in environment.vmware.user_clusters.items() if environment.vmware and prefixes else ():
        if not any(cluster.network.cidr.subnet_of(prefix) for prefix in prefixes):
            yield Violation(
                ("google", "network", "onprem_prefixes"),
                f"must hold vmware.user_clusters.{key}.network.cidr {cluster.network.cidr}, or the clusters in Google "
                "Cloud and it do not reach each other; add its range",
                ("vmware", "user_clusters", key, "network", "cidr"),
            )
