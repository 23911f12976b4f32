"""How address plans fit together: what others route to, and ranges that exist only inside one cluster.

Shared by the rules of one environment and those across environments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from estate.model.addresses import AddressRange, overlapping
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


def overlaps(ranges: Sequence[Range]) -> Iterator[tuple[Range, Range]]:
    """Every two of ``ranges`` that have an address in common."""
    places = _places(ranges)
    return ((ranges[one], ranges[other]) for one, other in overlapping(places, places) if one < other)


def covered(islands: Sequence[Range], ranges: Sequence[Range]) -> Iterator[tuple[Range, Range]]:
    """Every island with every range that has an address of it: inside the cluster it is out of reach."""
    return ((islands[one], ranges[other]) for one, other in overlapping(_places(islands), _places(ranges)))


def _places(ranges: Sequence[Range]) -> list[AddressRange]:
    return [AddressRange.of(one.cidr) for one in ranges]
