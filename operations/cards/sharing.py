"""What an environment uses of another's, which is allowed and is often left over from a copied file.

Said of the later of two, or of the one of which nothing is recorded. Left out: what the rules refuse, and
buckets of states, which many estates have one of, with a folder each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from estate.derived.fleet.mesh_trust import mesh_pool
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.reading.paths import dotted, leaves
from operations.cards.card import Weight

_ACCOUNT_IN_ARN = 4


def sharing_warnings(estate: Estate, name: str) -> Iterator[tuple[Weight, str]]:
    """Yield each warning as a sentence without a final period, with its weight."""
    ordered = estate.by_age().environments
    older = {other: ordered[other] for other in takewhile(lambda other: other != name, ordered)}
    environment = estate.environments[name]
    yield from _accounts(environment, older)
    yield from _port_groups(environment, older)
    yield from _name_servers(environment, older)
    yield from _mesh_issuers(environment, older, estate.organization.name)


def _accounts(environment: Environment, older: Mapping[str, Environment]) -> Iterator[tuple[Weight, str]]:
    aws = environment.aws
    if aws is None:
        return
    owners = {other.aws.account_id: name for name, other in reversed([*older.items()]) if other.aws}
    if aws.account_id in owners:
        yield (
            Weight.EXPOSED,
            f"aws.account_id {aws.account_id} is that of {owners[aws.account_id]} too: whoever administers the account "
            "administers both; give it an account of its own unless that is meant",
        )
    # By the environment, whose writer is there: that of the section would be built for this alone.
    written = environment.model_dump(mode="json", include={"aws"})["aws"] if owners else {}
    for path, value in leaves(written):
        parts = value.split(":") if isinstance(value, str) and value.startswith("arn:") else []
        account = parts[_ACCOUNT_IN_ARN] if len(parts) > _ACCOUNT_IN_ARN else ""
        if account != aws.account_id and account in owners:
            yield (
                Weight.EXPOSED,
                f"aws.{dotted(path)} is {value}, of the account of {owners[account]}; name one of account "
                f"{aws.account_id} unless that is meant",
            )


def _name_servers(environment: Environment, older: Mapping[str, Environment]) -> Iterator[tuple[Weight, str]]:
    """Several networks that ask from one range, of which the data centers know one way back.

    https://docs.cloud.google.com/dns/docs/special-configurations, 2026-11-30 (excerpt).
    """
    asked = set(environment.dns.servers()) if environment.dns else set()
    for name, other in older.items():
        both = sorted(asked & set(other.dns.servers() if other.dns else ()))
        if both:
            yield (
                Weight.BROKEN,
                f"dns.onprem asks {', '.join(map(str, both))} as {name} does, both from 35.199.192.0/19: unless the "
                "data centers lead each answer back over the VPN that the question came by, some get lost; let name "
                "servers of its own be asked, or let the network of one ask for the other by a peering zone",
            )


def _port_groups(environment: Environment, older: Mapping[str, Environment]) -> Iterator[tuple[Weight, str]]:
    taken: dict[tuple[str | None, str], str] = {}
    for name, other in older.items():
        for key, place in _networks(other):
            taken.setdefault(place, f"{key} of {name}")
    for key, place in _networks(environment):
        if place in taken:
            _, port_group = place
            # Two of one subnet would overlap, which is refused.
            yield (
                Weight.BROKEN,
                f"user cluster {key} is on port group {port_group}, as {taken[place]} is, with another subnet: both "
                "would be one network; name the port group of its own VLAN unless that is meant",
            )


def _networks(environment: Environment) -> Iterator[tuple[str, tuple[str | None, str]]]:
    """The data center and the port group of every user cluster."""
    vmware = environment.vmware
    if vmware:
        for key, cluster in vmware.user_clusters.items():
            yield key, (vmware.vcenter_of(key).datacenter, cluster.network.port_group)


def _mesh_issuers(
    environment: Environment, older: Mapping[str, Environment], organization: str
) -> Iterator[tuple[Weight, str]]:
    """A fleet takes service accounts of one name for one, in whatever cluster they are."""
    project = environment.google.host_project.id if environment.google else ""
    others = {
        name: one
        for name, one in older.items()
        if one.fleet and one.google and one.google.host_project.id == project
    }
    pools = [
        pool.name
        for one in (environment, *others.values())
        if (pool := mesh_pool(one, organization)) is not None
    ]
    if others and pools:
        yield (
            Weight.EXPOSED,
            f"its fleet, of google.host_project {project}, is that of {', '.join(others)} too: whoever administers a cluster of "
            f"one can sign in as the mesh's issuer of the other, and have {', '.join(pools)} sign; give it a host project of its "
            "own unless that is meant",
        )
