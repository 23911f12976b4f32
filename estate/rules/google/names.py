"""Rules on names in Google Cloud: how long they may be, and who has them already."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.estate import ORGANIZATION, Estate
from estate.model.google.gke_cluster import LONGEST_ACCOUNT_ID, LONGEST_CLUSTER_NAME
from estate.model.google.google import GoogleConfig
from estate.model.google.kms_key import LONGEST_RING_NAME
from estate.model.google.proxy_subnet import ProxySubnetConfig
from estate.model.google.subnet import SubnetConfig
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Path, Violation, rule

Named = tuple[str, Path, str, int, str]
"""Environment, path, name, how long it may be, and what carries it."""


@rule(on=GoogleConfig)
def keys_differ_in_name(google: GoogleConfig) -> Iterator[Violation]:
    """No two keys are called the same."""
    yield from names_of_their_own("kms_keys", {key: one.name for key, one in google.kms_keys.items()})


@rule(on=Estate)
def names_are_short(estate: Estate) -> Iterator[Violation]:
    """Names that are made of organization, environment and key fit what Google Cloud takes."""
    for environment, path, name, limit, what in _names(estate):
        if len(name) > limit:
            yield Violation(
                (environment, *path),
                f"makes the {what} {name} with {len(name)} characters, at most {limit} are allowed; shorten the key",
                (ORGANIZATION, "name"),
                (environment, *path, "name"),
                (environment, *path, "short_name"),
            )


def _names(estate: Estate) -> Iterator[Named]:
    organization = estate.organization.name
    for name, environment in estate.environments.items():
        for key, cluster in environment.google.gke_clusters.items() if environment.google else ():
            path = ("google", "gke_clusters", key)
            called = cluster.name_in(organization, name, key)
            yield name, path, called, LONGEST_CLUSTER_NAME, "cluster name"
            account = cluster.account_id_in(organization, name, key)
            yield name, path, account, LONGEST_ACCOUNT_ID, "id of the nodes' service account"
        for key, config in environment.google.kms_keys.items() if environment.google else ():
            ring = config.ring_name_in(organization, name, key)
            yield name, ("google", "kms_keys", key), ring, LONGEST_RING_NAME, "key ring's name"


@rule(on=Estate)
def subnets_differ_in_name(estate: Estate) -> Iterator[Violation]:
    """A project has a subnet of a name once in each region."""
    taken: dict[tuple[str, str, str], str] = {}
    for name, environment in estate.environments.items():
        google = environment.google
        if google is None or google.network is None:
            continue
        subnets: list[tuple[str, str, SubnetConfig | ProxySubnetConfig]] = [
            *(("subnets", key, one) for key, one in google.network.subnets.items()),
            *(("proxy_subnets", key, one) for key, one in google.network.proxy_subnets.items()),
        ]
        for section, key, subnet in subnets:
            path, mine = (name, "google", "network", section, key), f"{name} google.network.{section}.{key}"
            called = subnet.name_in(estate.organization.name, name, key)
            place = (google.host_project.id, subnet.region or google.region, called)
            owner = taken.setdefault(place, mine)
            if owner != mine:
                yield Violation(
                    path,
                    f"must differ in name from {owner}, got {called} for both; rename one, or give it a name",
                    (ORGANIZATION, "name"),
                    (*path, "name"),
                )
