"""Every way of an environment: what `hybrid policy` asks the stacks, and what `hybrid firewall` asks the data centers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from estate.derived.vpn.routes import from_onprem
from estate.derived.ways.aws import aws_ways
from estate.derived.ways.data_centers import data_center_ways
from estate.derived.ways.gke import gke_ways
from estate.derived.ways.joined import joined_ways
from estate.derived.ways.mesh import mesh_ways
from estate.derived.ways.way import IN_AWS, Kind, Way
from estate.model.environment import Environment


@dataclass(frozen=True)
class Ways:
    """What an environment asks of its tables.

    Attributes:
        environment: whose they are; its own stack holds the tables, and no companion does.
        ways: all ways.
        learned: ranges that data centers advertise by the file, and that stand in no stack; none where the
            environment makes no VPN to them, so that nothing is known of the way there.
        joins_aws: whether the environment makes a VPN between Google Cloud and AWS, likewise.
        transit: whether data centers and AWS reach each other through Google Cloud; by another way, likewise.
    """

    environment: str = ""
    ways: tuple[Way, ...] = ()
    learned: tuple[IPv4Network, ...] = ()
    joins_aws: bool = False
    transit: bool = False

    @property
    def asked(self) -> Iterator[Way]:
        """The ways that the stacks' own tables decide, from one end to the other."""
        return (way for way in self.ways if self._is_known(way.kinds))

    def _is_known(self, kinds: frozenset[Kind]) -> bool:
        """Whether the way between two kinds of ends stands in the stack, and not in tables of others."""
        sides = kinds - {Kind.INTERNET}
        data_center, aws = Kind.DATA_CENTER in sides, bool(sides & IN_AWS)
        if data_center and aws:
            return bool(self.learned) and self.transit
        if data_center:
            return bool(self.learned) and len(sides) > 1
        return bool(sides) and (self.joins_aws or not aws or sides <= IN_AWS)


NO_WAYS: Final = Ways()
"""Of what belongs to no environment."""


def ways(environment: Environment, organization: str = "") -> Ways:
    """Every way of an environment.

    Args:
        environment: the environment.
        organization: the organization's name, which names of clusters are made of; nothing where only tables are made.
    """
    found = (
        *gke_ways(environment, organization),
        *aws_ways(environment, organization),
        *joined_ways(environment, organization),
        *mesh_ways(environment, organization),
        *data_center_ways(environment),
    )
    vpn = environment.vpn
    return Ways(
        environment.environment,
        found,
        from_onprem(environment) if vpn and vpn.onprem else (),
        joins_aws=bool(vpn and vpn.aws),
        transit=bool(vpn and vpn.transit),
    )
