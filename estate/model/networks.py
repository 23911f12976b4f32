"""How address plans fit together: what others route to, and ranges that exist only inside one cluster.

Shared by the rules of one environment and those across environments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import combinations

from estate.model.rules import Path


@dataclass(frozen=True)
class Range:
    """A range of an environment.

    Attributes:
        environment: whose it is.
        path: where it stands, from the environment.
        cidr: the addresses.
    """

    environment: str
    path: Path
    cidr: IPv4Network

    @property
    def place(self) -> Path:
        """Where it stands, from the whole estate."""
        return (self.environment, *self.path)

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))} {self.cidr}"


def overlaps(ranges: list[Range]) -> Iterator[tuple[Range, Range]]:
    """Every two of ``ranges`` that have an address in common."""
    for one, other in combinations(ranges, 2):
        if one.cidr.overlaps(other.cidr):
            yield one, other


def covered(islands: list[Range], ranges: list[Range]) -> Iterator[tuple[Range, Range]]:
    """Every island with every range that has an address of it: inside the cluster it is out of reach."""
    for island in islands:
        for one in ranges:
            if island.cidr.overlaps(one.cidr):
                yield island, one
