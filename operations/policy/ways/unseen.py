"""Types of resources that route, filter or answer for names, and that nobody here has looked at.

A stack that has one may hold packets back, or lead them elsewhere, in a way that the evaluator does not see; so it is
found, until the type is evaluated, or said here to take no way away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from operations.policy.rules.rule import Broken
from operations.policy.stacks import Stacks

_FAMILIES: Final = re.compile(
    r"google_compute_(.*firewall.*|.*route.*|.*peering.*|.*interconnect.*|.*vpn_.*|.*network_attachment.*|packet_mirroring)"
    r"|google_network_(connectivity|security|services)_.*|google_dns_.*"
    r"|aws_(network_acl.*|default_network_acl|route.*|default_route_table|security_group.*|vpc_security_group.*)"
    r"|aws_(ec2_transit_gateway.*|vpn_.*|dx_.*|vpc_peering.*|vpc_endpoint.*|networkfirewall_.*|ec2_managed_prefix.*)"
    r"|aws_(nat_gateway|internet_gateway|egress_only_internet_gateway|customer_gateway|vpc_block_public_access.*)"
)
EVALUATED: Final = frozenset(
    {
        "aws_ec2_transit_gateway",
        "aws_ec2_transit_gateway_vpc_attachment",
        "aws_internet_gateway",
        "aws_nat_gateway",
        "aws_route",
        "aws_route_table",
        "aws_route_table_association",
        "aws_security_group",
        "aws_vpc_security_group_egress_rule",
        "aws_vpc_security_group_ingress_rule",
        "aws_vpn_connection",
        "google_compute_external_vpn_gateway",
        "google_compute_network_firewall_policy",
        "google_compute_network_firewall_policy_association",
        "google_compute_network_firewall_policy_rule",
        "google_compute_route",
        "google_compute_router",
        "google_compute_router_interface",
        "google_compute_router_peer",
        "google_compute_router_route_policy",
        "google_compute_vpn_tunnel",
        "google_dns_managed_zone",
        "google_dns_policy",
        "google_dns_record_set",
        "google_network_connectivity_hub",
        "google_network_connectivity_spoke",
    }
)
"""Types whose arguments the evaluator reads."""
BESIDE: Final[Mapping[str, str]] = {
    "aws_customer_gateway": "stands for the other end of a connection",
    "aws_security_group_rule": "adds to a group and takes nothing away; what it lets in is not held against the ways",
    "aws_vpc_endpoint": "a gateway endpoint leads to one service, and takes its packets from the way to the internet",
    "google_compute_ha_vpn_gateway": "its tunnels are evaluated",
    "google_compute_router_nat": "lets machines out to the internet, which no way from Google Cloud is asked for",
    "aws_route53_resolver_endpoint": "answers for names and asks for them; its group is not on any end of a way",
    "aws_route53_resolver_rule": "leads names elsewhere, none of which a way is asked by",
    "aws_route53_resolver_rule_association": "puts a rule on a VPC",
}
"""Types that are not evaluated, and why no way is lost by them."""


def unseen(stacks: Stacks) -> Iterator[Broken]:
    """Resources that may route, filter or answer for names, and are not evaluated."""
    for stack in stacks:
        for one in stack:
            if one.type in EVALUATED or one.type in BESIDE or not _FAMILIES.fullmatch(one.type):
                continue
            yield (
                one.place,
                f"{one.type} may route or filter packets or answer for names and is not evaluated, so that nobody knows "
                "whether ways still pass; have operations/policy/ways evaluate it, or say there why no way is lost by it",
            )
