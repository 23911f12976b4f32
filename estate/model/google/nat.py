"""Cloud NAT: how machines without an address of their own reach the internet.

Left out: rules by destination, and NAT between private networks.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictInt

from estate.model.base import Key, Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule

_POWERS = [2**exponent for exponent in range(5, 17)]


class NatLogs(StrEnum):
    """What a gateway logs."""

    ERRORS = "errors"
    ALL = "all"


class NatConfig(Model):
    """A gateway with its router in every region that has a subnet."""

    addresses: tuple[Key, ...] = ()
    """Names of addresses that are reserved in each region, for those who have to allow them; taken from
    Google's pool and given back as needed when absent. They are kept when the gateway goes."""
    min_ports_per_machine: Annotated[StrictInt, Field(ge=32, le=65536)] = 64
    """Ports that a machine has at least, a power of two; 64 when absent."""
    max_ports_per_machine: Annotated[StrictInt, Field(ge=32, le=65536)] = 4096
    """Ports that a machine may have while it needs them, a power of two; 4096 when absent."""
    logs: NatLogs = NatLogs.ERRORS
    """What is logged: errors (connections that got no port) or all; errors when absent."""

    @rule
    def _ports_are_powers_of_two(self) -> Iterator[Violation]:
        """Numbers of ports are powers of two, as Cloud NAT wants them."""
        for name in ("min_ports_per_machine", "max_ports_per_machine"):
            value = getattr(self, name)
            if value not in _POWERS:
                below = max(power for power in _POWERS if power < value)
                yield Violation((name,), f"must be a power of two, got {value}; take {below} or {2 * below}")

    @rule
    def _least_is_less_than_most(self) -> Iterator[Violation]:
        """A machine's least number of ports is less than its largest."""
        if self.min_ports_per_machine >= self.max_ports_per_machine:
            yield Violation(
                ("max_ports_per_machine",),
                f"must be more than min_ports_per_machine {self.min_ports_per_machine}, "
                f"got {self.max_ports_per_machine}",
            )

    @rule
    def _addresses_stand_once(self) -> Iterator[Violation]:
        """Each address stands once."""
        yield from stands_once("addresses", self.addresses)
