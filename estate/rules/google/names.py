"""Rules on names in Google Cloud: how long they may be, and who has them already."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.names import Kind, called, kinds, nameable
from estate.model.environment import Environment
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
            ring = config.key_name_in(organization, name, key)
            yield name, ("google", "kms_keys", key), ring, LONGEST_RING_NAME, "key ring's name"


@rule(on=Environment)
def names_name_something(environment: Environment) -> Iterator[Violation]:
    """A name that the file says is of something that the environment has."""
    known = nameable(environment)
    for what in environment.google.names if environment.google else ():
        if what not in known:
            yield Violation(
                ("google", "names", what),
                f"names nothing that the environment has; what may be named here: {', '.join(sorted(known))}",
            )


@rule(on=Estate)
def said_names_differ(estate: Estate) -> Iterator[Violation]:
    """No two objects of a kind in a project are called the same, be their names said or derived."""
    taken: dict[tuple[str, Kind, str], str] = {}
    for is_said in (False, True):
        for name, environment in estate.environments.items():
            google = environment.google
            for what, kind in kinds(environment) if google else ():
                if google is None or (what in google.names) is not is_said:
                    continue
                path, mine = (name, "google", "names", what), f"{name} google.names.{what}"
                is_called = called(environment, estate.organization.name, what)
                owner = taken.setdefault((google.host_project.id, kind, is_called), mine)
                if owner != mine:
                    sort, place = kind
                    yield Violation(
                        path,
                        f"must differ from {owner}, got {is_called} for both, and a name is that of one {sort} in "
                        f"{place or f'project {google.host_project.id}'}; name one otherwise",
                        (ORGANIZATION, "name"),
                    )


@rule(on=GoogleConfig)
def rings_lie_where_their_keys_do(google: GoogleConfig) -> Iterator[Violation]:
    """A key's ring lies in the key's region, and no two keys are the same key of a ring."""
    taken: dict[tuple[str, str | None], str] = {}
    for key, config in google.kms_keys.items():
        if config.ring is None:
            continue
        region = config.ring.split("/")[3]
        if region != (config.location or google.region):
            yield Violation(
                ("kms_keys", key, "location"),
                f"must be {region}, where ring {config.ring} lies, got {config.location or google.region}",
            )
        owner = taken.setdefault((config.ring, config.key_name), key)
        if owner != key:
            yield Violation(
                ("kms_keys", key, "key_name"),
                f"is key {owner} already, in the same ring; name one of the two",
            )


@rule(on=GoogleConfig)
def clusters_have_accounts_of_their_own(google: GoogleConfig) -> Iterator[Violation]:
    """No two clusters of a project say the same account for their nodes."""
    taken: dict[tuple[str | None, str], str] = {}
    for key, cluster in google.gke_clusters.items():
        if cluster.account_id:
            owner = taken.setdefault((cluster.project, cluster.account_id), key)
            if owner != key:
                yield Violation(
                    ("gke_clusters", key, "account_id"),
                    f"must differ from that of {owner}, got {cluster.account_id} for both; leave one of the two out",
                )


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
