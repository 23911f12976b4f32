"""Protocols and ports, as the file writes them (tcp:443, tcp:30000-32767, tcp, icmp) and as each cloud does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from operations.policy.stacks import Block, blocks_of

_ALL_PORTS: Final = range(65536)
ALL: Final = "all"
_NUMBERS: Final = {"-1": ALL, "1": "icmp", "6": "tcp", "17": "udp"}


@dataclass(frozen=True)
class Layer:
    """One protocol, and its ports.

    Attributes:
        protocol: such as tcp; all for every protocol.
        ports: its ports; all of them where it has none.
    """

    protocol: str
    ports: range = _ALL_PORTS

    def __str__(self) -> str:
        if self.ports == _ALL_PORTS:
            return self.protocol
        last = self.ports.stop - 1
        return f"{self.protocol}:{self.ports.start}" + (f"-{last}" if last > self.ports.start else "")

    def holds(self, other: Layer) -> bool:
        """Whether every packet of another one is one of this."""
        within = self.ports.start <= other.ports.start and other.ports.stop <= self.ports.stop
        return self.protocol in (ALL, other.protocol) and within

    def without(self, others: Iterable[Layer]) -> list[Layer]:
        """What of it is in none of others, in order; all of it where its protocol is every one and none of theirs is."""
        left = [self.ports]
        for other in others:
            if other.protocol not in (ALL, self.protocol):
                continue
            parts = [
                part
                for ports in left
                for part in (
                    range(ports.start, min(ports.stop, other.ports.start)),
                    range(max(ports.start, other.ports.stop), ports.stop),
                )
            ]
            left = [part for part in parts if part]
        return [Layer(self.protocol, ports) for ports in left]

    def meets(self, other: Layer) -> bool:
        """Whether a packet is of both."""
        both = self.ports.start < other.ports.stop and other.ports.start < self.ports.stop
        return both and (ALL in (self.protocol, other.protocol) or self.protocol == other.protocol)


def layer(text: str) -> Layer:
    """A protocol as the file writes it."""
    protocol, _, ports = text.partition(":")
    return Layer(protocol, _ports(ports))


def google_layers(match: Block) -> Iterator[Layer]:
    """What a match of a firewall policy's rule is about."""
    for block in blocks_of(match, "layer4_configs"):
        protocol = str(block.get("ip_protocol"))
        for ports in block.get("ports") or [""]:
            yield Layer(_NUMBERS.get(protocol, protocol), _ports(str(ports)))


def aws_layer(rule: Block) -> Layer:
    """What a rule of a security group is about, inline or by itself."""
    protocol = str(rule.get("protocol", rule.get("ip_protocol")))
    name = _NUMBERS.get(protocol, protocol)
    if name not in ("tcp", "udp"):
        return Layer(name)
    return Layer(name, range(int(rule.get("from_port", 0)), int(rule.get("to_port", 65535)) + 1))


def _ports(text: str) -> range:
    if not text:
        return _ALL_PORTS
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)
