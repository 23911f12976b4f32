"""Arithmetic of IPv4 addresses: ranges as people write them, what they hold, what they leave free.

A range is written as one address (10.21.0.5), from first to last (10.21.0.20-10.21.0.39) or in CIDR form
(10.21.0.32/27, host bits zero). Left out: IPv6.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, InstanceOf, PlainSerializer, WithJsonSchema

OCTETS = r"[0-9]{1,3}(\.[0-9]{1,3}){3}"
_FORMS = "an address, a range or a CIDR such as 10.21.0.5, 10.21.0.20-10.21.0.39 or 10.21.0.32/27"


@dataclass(frozen=True, order=True)
class AddressRange:
    """Consecutive addresses, at least one.

    Attributes:
        first: the lowest address.
        last: the highest address, the same as ``first`` for a single one.
    """

    first: IPv4Address
    last: IPv4Address

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(
                f"must run from its lowest address to its highest, got {self.first}-{self.last}; turn it round"
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a range in any of the three forms.

        Raises:
            ValueError: it has none of the forms, runs backwards or has host bits set.
        """
        if re.fullmatch(f"{OCTETS}/[0-9]{{1,2}}", text):
            return cls.of(parse_network(text, _FORMS))
        if re.fullmatch(f"{OCTETS}(-{OCTETS})?", text):
            first, _, last = text.partition("-")
            return cls(parse_address(first), parse_address(last or first))
        raise ValueError(f"must be {_FORMS}")

    @classmethod
    def of(cls, what: IPv4Address | IPv4Network) -> Self:
        """The range that one address or one network is."""
        if isinstance(what, IPv4Network):
            return cls(what.network_address, what.broadcast_address)
        return cls(what, what)

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def __len__(self) -> int:
        return int(self.last) - int(self.first) + 1

    def __iter__(self) -> Iterator[IPv4Address]:
        return map(IPv4Address, range(int(self.first), int(self.last) + 1))

    def __contains__(self, address: IPv4Address) -> bool:
        return self.first <= address <= self.last

    def overlaps(self, other: AddressRange) -> bool:
        """Tell whether any address is in both."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: AddressRange) -> bool:
        """Tell whether every address is in ``other`` too."""
        return other.first <= self.first and self.last <= other.last

    def without(self, taken: Iterable[AddressRange]) -> Iterator[AddressRange]:
        """What is left when the addresses of ``taken`` are gone, in order, as few ranges as possible."""
        start = int(self.first)
        for one in sorted(taken):
            if int(one.first) > int(self.last):
                break
            if int(one.first) > start:
                yield AddressRange(IPv4Address(start), one.first - 1)
            start = max(start, int(one.last) + 1)
        if start <= int(self.last):
            yield AddressRange(IPv4Address(start), self.last)


def overlapping(ones: Sequence[AddressRange], others: Sequence[AddressRange]) -> list[tuple[int, int]]:
    """Positions of every two, one of each, that have an address in common, in order.

    All are walked once from the lowest address up, so that it takes no longer for many that lie apart.
    """
    bounds = [
        (int(one.first), int(one.last), side, position)
        for side, ranges in enumerate((ones, others))
        for position, one in enumerate(ranges)
    ]
    found: list[tuple[int, int]] = []
    begun: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for first, last, side, position in sorted(bounds):
        facing = begun[1 - side]
        facing[:] = [(end, met) for end, met in facing if end >= first]
        found += [(met, position) if side else (position, met) for _, met in facing]
        begun[side].append((last, position))
    return sorted(found)


def parse_address(text: str) -> IPv4Address:
    """Read one address.

    Raises:
        ValueError: it is none.
    """
    try:
        return IPv4Address(text)
    except ValueError:
        raise ValueError(
            "must be an IPv4 address such as 10.21.0.5: four numbers of at most 255, without leading zeros"
        ) from None


def usable(network: IPv4Network) -> AddressRange:
    """The addresses that a host may have: all but the network's own and its broadcast address."""
    whole = AddressRange.of(network)
    smallest = 4
    if len(whole) < smallest:
        return whole
    return AddressRange(whole.first + 1, whole.last - 1)


def parse_network(text: str, form: str) -> IPv4Network:
    """Read a range in CIDR form.

    Args:
        text: numbers with dots, a slash and a number.
        form: what it has to be, with an example.

    Raises:
        ValueError: a number is too large, or host bits are set.
    """
    try:
        network = IPv4Network(text, strict=False)
    except ValueError:
        raise ValueError(f"must be {form}: each number at most 255, the prefix at most 32") from None
    if str(network) != text:
        raise ValueError(f"must name the first address of its range; did you mean {network}?")
    return network


def _range(value: Any) -> Any:
    if isinstance(value, AddressRange):
        return value
    if not isinstance(value, str):
        raise ValueError(f"must be {_FORMS}")  # noqa: TRY004 - pydantic words no TypeError
    return AddressRange.parse(value)


def _address(value: Any) -> Any:
    if isinstance(value, IPv4Address):
        return value
    if not isinstance(value, str):
        raise ValueError("must be an IPv4 address such as 10.21.0.5")  # noqa: TRY004 - pydantic words no TypeError
    return parse_address(value)


def form_schema(pattern: str, form: str, example: str) -> WithJsonSchema:
    """What an editor knows of a text: its form, and an example that its rules accept."""
    return WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{pattern}$",
            "patternErrorMessage": f"must be {form}",
            "examples": [example],
        }
    )


def address_schema(example: str, form: str = "an IPv4 address") -> WithJsonSchema:
    """What an editor knows of an address."""
    return form_schema(OCTETS, f"{form} such as {example}", example)


Addresses = Annotated[
    InstanceOf[AddressRange],
    BeforeValidator(_range),
    PlainSerializer(str, return_type=str),
    form_schema(rf"{OCTETS}(-{OCTETS}|/[0-9]{{1,2}})?", _FORMS, "10.21.0.20-10.21.0.39"),
]
"""One address, a range from first to last, or a CIDR."""

Address = Annotated[
    IPv4Address,
    BeforeValidator(_address),
    PlainSerializer(str, return_type=str),
    address_schema("10.21.0.5"),
]
"""One IPv4 address."""
