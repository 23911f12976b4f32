"""What the network firewall policy of a stack's network lets through.

Rules are asked in the order of their priorities; what none decides comes in nowhere and goes out everywhere. Before
them come the rules that GKE makes for its clusters, which this module knows by Google's list. A rule that matches by
anything but ranges, protocols and ports cannot be evaluated, unless what it says changes nothing.
https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details and
https://docs.cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules, an excerpt, 2026-11-30
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Final

from operations.policy.stacks import Place, Resource, Stack
from operations.policy.ways.layers import Layer, google_layers
from operations.policy.ways.prefixes import networks, without
from operations.policy.ways.references import made

_EVERYWHERE: Final = (IPv4Network("0.0.0.0/0"),)
_READ: Final = frozenset({"layer4_configs", "src_ip_ranges", "dest_ip_ranges"})
_GKE_OPENS: Final = (Layer("tcp", range(443, 444)), Layer("tcp", range(10250, 10251)))
"""What GKE's own rule lets control planes reach on the nodes of their cluster."""


@dataclass(frozen=True)
class Rule:
    """One rule that is on.

    Attributes:
        place: its resource's.
        incoming: whether it is about what comes in.
        allows: whether it lets through.
        sources: ranges that it is about.
        targets: ranges that it is about at the other end.
        layers: protocols and ports that it is about.
        accounts: service accounts whose machines it is for, as the stack writes them; every machine when empty.
        unread: what else it matches by.
    """

    place: Place
    incoming: bool
    allows: bool
    sources: tuple[IPv4Network, ...]
    targets: tuple[IPv4Network, ...]
    layers: tuple[Layer, ...]
    accounts: frozenset[str]
    unread: tuple[str, ...]


def rules(stack: Stack) -> list[Rule]:
    """The rules that are on, in the order in which they are asked."""
    found = [
        one
        for one in stack.resources("google_compute_network_firewall_policy_rule")
        if not one.body.get("disabled") and _is_associated(stack, one)
    ]
    found.sort(key=lambda one: int(one.body.get("priority", 0)))
    return [_rule(one) for one in found]


def refused(
    stack: Stack,
    sources: tuple[IPv4Network, ...],
    targets: tuple[IPv4Network, ...],
    layer: Layer,
    *,
    incoming: bool,
    accounts: frozenset[str] | None = None,
) -> str | None:
    """Why packets are not let through; None when they are.

    Args:
        stack: the stack.
        sources: who sends.
        targets: who gets.
        layer: what is sent.
        incoming: whether the policy is asked about what comes in, or about what goes out.
        accounts: service accounts of the machines at which the policy is asked; None for any machine.
    """
    left = list(sources)
    for rule in rules(stack):
        if rule.incoming != incoming or not _is_for(rule, accounts):
            continue
        if not any(one.meets(layer) for one in rule.layers) or not _meet(rule.targets, targets):
            continue
        met = [one for one in left if _meet(rule.sources, (one,))]
        if not met:
            continue
        if rule.unread:
            return f"cannot be evaluated, because {rule.place.address} matches by {', '.join(rule.unread)}"
        if not rule.allows:
            return f"{rule.place.address} refuses {layer} from {_said(met)}"
        if any(one.holds(layer) for one in rule.layers) and not _outside(targets, rule.targets):
            left = _outside(left, rule.sources)
    if left and incoming:
        return f"no rule of the firewall policy lets {layer} in from {_said(left)}"
    return None


def gke_lets_in(layer: Layer) -> bool:
    """Whether GKE's own rule lets a control plane send this to the nodes of its cluster."""
    return any(one.holds(layer) for one in _GKE_OPENS)


def _rule(resource: Resource) -> Rule:
    [match] = resource.blocks("match") or [{}]
    unread = [key for key, value in match.items() if key not in _READ and value]
    unread += [key for key in ("target_secure_tags",) if resource.body.get(key)]
    return Rule(
        resource.place,
        incoming=resource.body.get("direction") == "INGRESS",
        allows=resource.body.get("action") == "allow",
        sources=_ranges(match, "src_ip_ranges"),
        targets=_ranges(match, "dest_ip_ranges"),
        layers=tuple(google_layers(match)),
        accounts=frozenset(map(str, resource.body.get("target_service_accounts", ()))),
        unread=tuple(unread),
    )


def _ranges(match: Any, key: str) -> tuple[IPv4Network, ...]:
    values = match.get(key) or []
    return tuple(networks(values)) if values else _EVERYWHERE


def _is_associated(stack: Stack, rule: Resource) -> bool:
    policy = made(stack, rule.body.get("firewall_policy"))
    return policy is not None and any(
        (found := made(stack, one.body.get("firewall_policy"))) is not None and found.place == policy.place
        for one in stack.resources("google_compute_network_firewall_policy_association")
    )


def _is_for(rule: Rule, accounts: frozenset[str] | None) -> bool:
    """A rule that lets some machines in lets not every machine in; one that refuses some is asked of all."""
    if not rule.accounts:
        return True
    if accounts is None:
        return not rule.allows
    return bool(accounts) and (accounts <= rule.accounts if rule.allows else bool(accounts & rule.accounts))


def _meet(ones: tuple[IPv4Network, ...], others: tuple[IPv4Network, ...]) -> bool:
    return any(one.overlaps(other) for one in ones for other in others)


def _outside(ranges: Any, by: tuple[IPv4Network, ...]) -> list[IPv4Network]:
    left = list(ranges)
    for one in by:
        left = without(left, one)
    return left


def _said(ranges: list[IPv4Network]) -> str:
    return ", ".join(map(str, sorted(ranges)))


def allows(stack: Stack) -> Iterator[Rule]:
    """The rules that let something in."""
    return (rule for rule in rules(stack) if rule.incoming and rule.allows)
