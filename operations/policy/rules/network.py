"""Who may come in from outside, and whether what passes is recorded.

checkov asks by port, and passes a rule for all protocols, a group with one rule for itself, and a rule that
names a prefix list beside the internet; so the question is asked once more, of every port.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.public_space import MOST_PUBLIC
from operations.inbound import TYPES, inbound, public
from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Stacks, resources
from operations.texts.counting import count


def _not_from_everywhere(stacks: Stacks) -> Iterator[Broken]:
    for resource in resources(stacks, *TYPES):
        found = public(inbound(resource.type, resource.body))
        if found > MOST_PUBLIC:
            yield (
                resource.place,
                f"lets in {found} public addresses, and nobody has more than {MOST_PUBLIC}, a /8; name the ranges that have to "
                "come in",
            )


def _not_from_outside(stacks: Stacks) -> Iterator[Broken]:
    for resource in resources(stacks, *TYPES):
        found = public(inbound(resource.type, resource.body))
        if 0 < found <= MOST_PUBLIC:
            yield (
                resource.place,
                f"lets in {count(found, 'public address', 'public addresses')}; come by the VPN, IAP or Session Manager, or "
                "waive it with the reason",
            )


def _recorded(stacks: Stacks) -> Iterator[Broken]:
    for subnet in resources(stacks, "google_compute_subnetwork"):
        if not subnet.body.get("purpose") and not subnet.blocks("log_config"):
            yield (
                subnet.place,
                "has no log_config, so that nobody knows afterwards who spoke to whom; log a share",
            )
    for nat in resources(stacks, "google_compute_router_nat"):
        if not any(block.get("enable") is True for block in nat.blocks("log_config")):
            yield (
                nat.place,
                "does not log, so that nobody learns that it is out of ports; say log_config: {enable: true}",
            )
    for rule in resources(stacks, "google_compute_network_firewall_policy_rule"):
        if rule.body.get("action") == "deny" and rule.body.get("enable_logging") is not True:
            yield (
                rule.place,
                "refuses without a log, so that nobody learns what is missing or tried; say enable_logging",
            )


RULES = (
    Rule(
        "HYB_NETWORK_INGRESS",
        Level.HIGH,
        "Nothing lets in the whole internet, at once or in parts",
        _not_from_everywhere,
    ),
    Rule(
        "HYB_NETWORK_PUBLIC",
        Level.HIGH,
        "Nothing lets in public addresses but Google's own",
        _not_from_outside,
    ),
    Rule("HYB_NETWORK_LOGS", Level.MEDIUM, "Subnets, NAT and refusals are logged", _recorded),
)
