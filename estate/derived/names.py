"""Who asks whom for names, by the ways that there are."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv4Network

from estate.derived.vpn.routes import from_onprem
from estate.model.aws.management_vpc import ManagementVpcConfig
from estate.model.dns import CLOUD_DNS, DnsConfig, ForwardConfig, covers
from estate.model.environment import Environment


def asked_from_aws(environment: Environment) -> Mapping[str, ForwardConfig]:
    """The domains that AWS asks the data centers for, by key; none where it has no way there."""
    dns, vpn = environment.dns, environment.vpn
    return dns.onprem if dns and vpn and vpn.transit else {}


def kept_in_aws(environment: Environment) -> Mapping[str, str]:
    """The domains that AWS answers and that lie below one that it asks the data centers for, by key.

    The data centers would send the question back to AWS, and so on: "Don't associate the same VPC to a Resolver rule and
    its inbound endpoint (whether it's a direct target of the endpoint, or via an on-premises DNS server)", for it can cause
    a loop. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-resolver-endpoints.html, 2026-11-30.
    """
    names = environment.dns.aws if environment.dns else None
    asked = [forward.domain for forward in asked_from_aws(environment).values()]
    return {
        key: domain
        for key, domain in (names.domains.items() if names else ())
        if any(covers(one, domain) for one in asked)
    }


def asks_aws(environment: Environment) -> tuple[IPv4Network, ...]:
    """Who asks AWS for names: Cloud DNS, and the data centers where they have a way there; nobody without a VPN."""
    if environment.dns is None or environment.dns.aws is None or environment.vpn is None:
        return ()
    return (CLOUD_DNS, *(sorted(from_onprem(environment)) if environment.vpn.transit else ()))


def forwarded(dns: DnsConfig) -> Mapping[tuple[str, str], tuple[str, tuple[IPv4Address, ...]]]:
    """The domains that Cloud DNS asks others for: by who answers and its key, the domain and whom it asks."""
    found = {("onprem", key): (one.domain, one.servers) for key, one in dns.onprem.items()}
    if dns.aws:
        targets = tuple(dns.aws.addresses.values())
        found |= {("aws", key): (domain, targets) for key, domain in dns.aws.domains.items()}
    return found


def asks_resolver(environment: Environment) -> bool:
    """Whether names go through Route 53 Resolver, into the VPC that is made here or out of it."""
    into = environment.dns and environment.dns.aws
    return bool(own_vpc(environment) and (into or asked_from_aws(environment)))


def own_vpc(environment: Environment) -> ManagementVpcConfig | None:
    """The VPC that is made here; None where there is none."""
    vpc = environment.aws.management_vpc if environment.aws else None
    return vpc if isinstance(vpc, ManagementVpcConfig) else None
