"""Small stacks, for tables that the example does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network
from typing import Any

from estate.derived.ways.way import End, Kind, Way
from estate.derived.ways.ways import Ways
from estate.facts.ways.clouds import SAID
from operations.policy.stacks import Outside, Stack, make_stack

POLICY = "google_compute_network_firewall_policy.P"
ASSOCIATED = (
    (POLICY, {"name": "p"}),
    ("google_compute_network_firewall_policy_association.A", {"firewall_policy": f"${{{POLICY}.name}}"}),
)


def stack(*resources: tuple[str, dict[str, Any]], ways: Sequence[Way] = (), learned: str = "") -> Stack:
    """A stack of some resources, of an environment that asks for ways."""
    found: dict[str, Any] = {}
    for address, arguments in resources:
        type_, name = address.split(".")
        found.setdefault(type_, {})[name] = arguments
    asked = Ways("dev", tuple(ways), ranges(learned) if learned else ())
    return make_stack("dev", "dev", {"resource": found}, Outside(ways=asked))


def ranges(*values: str) -> tuple[IPv4Network, ...]:
    """Networks."""
    return tuple(map(IPv4Network, values))


def end(kind: Kind, *values: str, name: str = "") -> End:
    """An end."""
    return End(kind, name, ranges(*values))


def way(source: End, target: End, *ports: str) -> Way:
    """A way."""
    return Way(source, target, ports or ("tcp:443",), SAID, "test")


def rule(priority: int, **arguments: Any) -> tuple[str, dict[str, Any]]:
    """A rule of the firewall policy that lets HTTPS in from 10.0.0.0/8."""
    match = {"src_ip_ranges": ["10.0.0.0/8"], "layer4_configs": [{"ip_protocol": "tcp", "ports": ["443"]}]}
    body = {
        "priority": priority,
        "direction": "INGRESS",
        "action": "allow",
        "firewall_policy": f"${{{POLICY}.name}}",
        "match": match,
    }
    return f"google_compute_network_firewall_policy_rule.R{priority}", {**body, **arguments}
