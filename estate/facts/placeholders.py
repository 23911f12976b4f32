"""What is written where a value of one's own has to stand: told by what kind it is of, not by what an example has.

The kinds stand in placeholders.json beside this module, each with what it rests on, read on the day that the file
says. Left out: ids of projects, of which none is kept for documents (their numbers are told), and names.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Final, Self

_NUMBER: Final = re.compile(r"(?<![\w.])\d{10,13}(?![\w.])")
_ADDRESS: Final = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]+)(?![\w:])", re.IGNORECASE
)
_HOST: Final = re.compile(r"(?<![\w.-])(?:[a-z0-9-]+\.)+[a-z]+(?![\w.-])", re.IGNORECASE)
_COUNTED: Final = "0123456789" * 3


@dataclass(frozen=True)
class Kind:
    """A kind of placeholder.

    Attributes:
        name: what stands in the file for it.
        what: what such a value is, after "is".
        remedy: what to do.
        holds: whether a text holds one.
    """

    name: str
    what: str
    remedy: str
    holds: Callable[[str], bool]


@dataclass(frozen=True)
class Placeholders:
    """All kinds.

    Attributes:
        read: the day of reading, ISO 8601.
        kinds: the kinds.
    """

    read: str
    kinds: tuple[Kind, ...]

    @classmethod
    @functools.cache
    def known(cls) -> Self:
        """Read the data file."""
        data = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
        return cls(data["read"], tuple(_kind(name, data[name]) for name in _TOLD))

    def kind_of(self, text: str) -> Kind | None:
        """The kind of placeholder that a text holds, if any."""
        return next((kind for kind in self.kinds if kind.holds(text)), None)


def _kind(name: str, data: Mapping[str, Any]) -> Kind:
    return Kind(name, data["is"], data["remedy"], _TOLD[name](data))


def _keys(data: Mapping[str, Any]) -> Callable[[str], bool]:
    published = frozenset(data["values"])
    return lambda text: not published.isdisjoint(text.split())


def _numbers(data: Mapping[str, Any]) -> Callable[[str], bool]:
    length, group = data["counting_up"], data["groups"]

    def is_of_documents(number: str) -> bool:
        counts = any(number[at : at + length] in _COUNTED for at in range(len(number) - length + 1))
        groups = {number[at : at + group] for at in range(0, len(number), group)}
        return counts or all(len(set(digits)) == 1 for digits in groups)

    return lambda text: any(is_of_documents(number) for number in _NUMBER.findall(text))


def _addresses(data: Mapping[str, Any]) -> Callable[[str], bool]:
    networks = [ip_network(value) for value in data["values"]]
    return lambda text: any(_is_in(address, networks) for address in _ADDRESS.findall(text))


def _is_in(text: str, networks: list[IPv4Network | IPv6Network]) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in networks)


def _domains(data: Mapping[str, Any]) -> Callable[[str], bool]:
    kept = tuple(f".{value}" for value in data["values"])
    return lambda text: any(f".{host.lower()}".endswith(kept) for host in _HOST.findall(text))


def _words(data: Mapping[str, Any]) -> Callable[[str], bool]:
    # Within a resource's name too, such as projects/placeholder-lab/locations/...
    word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, data['values']))})")
    return lambda text: word.search(text) is not None


_TOLD: Final[Mapping[str, Callable[[Mapping[str, Any]], Callable[[str], bool]]]] = {
    "keys": _keys,
    "numbers": _numbers,
    "addresses": _addresses,
    "domains": _domains,
    "words": _words,
}
