"""What the on-prem team has to let through for an environment: ``hybrid firewall``.

The ways of the environment's file that cross a data center's firewall, as `hybrid policy` asks the others, and the VPN
itself. What stands in one subnet is behind no firewall, and what the clouds open on their own side is made by
Terraform; neither is told here.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.ways.way import Kind, Way
from estate.derived.ways.ways import ways
from estate.facts.ways.reason import Seen
from estate.model.environment import Environment
from estate.model.google.private_access import ZONES
from operations.check.dns_openings import aws_forwarding, dns_openings
from operations.check.opening import Opening
from operations.check.vpn_openings import vpn_openings

HEADERS = ("source", "target", "port", "why")


def openings(environment: Environment) -> Iterator[Opening]:
    """Yield what has to be let through: the tunnels, what comes and goes by them, what stays in the data centers."""
    yield from vpn_openings(environment)
    yield from dns_openings(environment)
    # One row for all who speak to the same for the same.
    merged: dict[tuple[str, str, str], list[str]] = {}
    for way in sorted(_crossing(environment), key=lambda way: way.kinds == {Kind.DATA_CENTER}):
        row = (str(way.target), ", ".join(way.ports), way.detail)
        merged.setdefault(row, []).append(str(way.source))
    for (target, port, why), callers in merged.items():
        yield Opening(", ".join(dict.fromkeys(callers)), target, port, why)


def forwarding(environment: Environment) -> str:
    """What name servers have to be told, in a sentence without a final period; empty when there is nothing."""
    network = environment.google and environment.google.network
    told = []
    if network and network.inbound_dns:
        told.append(
            f"{', '.join(ZONES)} to the addresses that terraform output -raw dns_forwarders shows in the folder of "
            f"stack {environment.environment}, one in each subnet"
        )
    if of_aws := aws_forwarding(environment):
        told.append(of_aws)
    return f"name servers of the data centers forward {'; '.join(told)}" if told else ""


def resting_on(environment: Environment) -> list[str]:
    """The pages that rows rest on, each once, with how and when it was read."""
    found: dict[str, set[str]] = {}
    for way in _crossing(environment):
        if way.reason.seen is not Seen.FILE:
            found.setdefault(way.reason.source, set()).add(way.reason.how)
    return [f"{page} ({', '.join(sorted(how))})" for page, how in sorted(found.items())]


def _crossing(environment: Environment) -> list[Way]:
    """The ways that a data center's firewall may be in."""
    return [way for way in ways(environment).ways if Kind.DATA_CENTER in way.kinds]
