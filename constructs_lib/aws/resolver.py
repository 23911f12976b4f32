"""Route 53 Resolver in a VPC: where others ask for the names of AWS, and where AWS asks for theirs.

Left out: private hosted zones, which whoever has names makes; a firewall for names.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-overview-DSN-queries-to-vpc.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Any

from cdktf_cdktf_provider_aws.route53_resolver_endpoint import (
    Route53ResolverEndpoint,
    Route53ResolverEndpointIpAddress,
)
from cdktf_cdktf_provider_aws.route53_resolver_rule import Route53ResolverRule, Route53ResolverRuleTargetIp
from cdktf_cdktf_provider_aws.route53_resolver_rule_association import Route53ResolverRuleAssociation
from cdktf_cdktf_provider_aws.security_group import (
    SecurityGroup,
    SecurityGroupEgress,
    SecurityGroupIngress,
)
from constructs import Construct

from constructs_lib.aws.management_vpc import ManagementVpc
from constructs_lib.naming import Kind, Naming
from estate.model.dns import AwsNamesConfig, ForwardConfig

_ENTITY = "resolver"
_PORT = 53
_PROTOCOLS = ("tcp", "udp")


class ResolverInbound(Construct):
    """Define the endpoint at which others ask for the names that the VPC knows, at addresses that stay."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: AwsNamesConfig,
        vpc: ManagementVpc,
        naming: Naming,
        askers: Sequence[IPv4Network],
    ) -> None:
        super().__init__(scope, id_)
        ingress = [
            SecurityGroupIngress(description="Questions for names", **_ports(askers, protocol))
            for protocol in _PROTOCOLS
        ]
        group = _define_group(self, "inbound", "Who asks for names", vpc, naming, ingress=ingress)
        Route53ResolverEndpoint(
            self,
            "Resource",
            name=naming.name(_ENTITY, "inbound"),
            direction="INBOUND",
            security_group_ids=[group.id],
            ip_address=[
                Route53ResolverEndpointIpAddress(subnet_id=vpc.private_subnet_ids[zone], ip=str(address))
                for zone, address in sorted(config.addresses.items())
            ],
            tags={"Name": naming.name(_ENTITY, "inbound")},
        )


class ResolverOutbound(Construct):
    """Define the endpoint from which the VPC asks name servers of other sites, and whom it asks for what.

    What lies below such a domain and is not asked there has a rule of its own: "To then have Resolver process queries for
    apex.example.com, you create a rule and specify SYSTEM"; the most specific domain counts.
    https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html, 2026-11-30,
    in excerpts.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Mapping[str, ForwardConfig],
        kept: Mapping[str, str],
        vpc: ManagementVpc,
        naming: Naming,
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: whom it asks for which domain, by key.
            kept: domains below these that the VPC answers by itself, by key.
            vpc: the VPC.
            naming: names of the environment.
        """
        super().__init__(scope, id_)
        servers = sorted({IPv4Network(server) for forward in config.values() for server in forward.servers})
        egress = [
            SecurityGroupEgress(description="Name servers of the data centers", **_ports(servers, protocol))
            for protocol in _PROTOCOLS
        ]
        group = _define_group(self, "outbound", "Who is asked for names", vpc, naming, egress=egress)
        endpoint = Route53ResolverEndpoint(
            self,
            "Resource",
            name=naming.name(_ENTITY, "outbound"),
            direction="OUTBOUND",
            security_group_ids=[group.id],
            ip_address=[
                Route53ResolverEndpointIpAddress(subnet_id=subnet)
                for _, subnet in sorted(vpc.private_subnet_ids.items())
            ],
            tags={"Name": naming.name(_ENTITY, "outbound")},
        )
        rules = Construct(self, "Rules")
        for key, forward in sorted(config.items()):
            made = Construct(rules, key)
            rule = Route53ResolverRule(
                made,
                "Resource",
                name=naming.name(_ENTITY, key),
                rule_type="FORWARD",
                domain_name=forward.domain,
                resolver_endpoint_id=endpoint.id,
                target_ip=[
                    Route53ResolverRuleTargetIp(ip=str(server), port=_PORT) for server in forward.servers
                ],
                tags={"Name": naming.name(_ENTITY, key)},
            )
            Route53ResolverRuleAssociation(made, "Association", resolver_rule_id=rule.id, vpc_id=vpc.vpc_id)
        own = Construct(self, "Kept")
        for key, domain in sorted(kept.items()):
            made, name = Construct(own, key), naming.name("dns-aws", key)
            rule = Route53ResolverRule(
                made, "Resource", name=name, rule_type="SYSTEM", domain_name=domain, tags={"Name": name}
            )
            Route53ResolverRuleAssociation(made, "Association", resolver_rule_id=rule.id, vpc_id=vpc.vpc_id)


def _ports(ranges: Sequence[IPv4Network], protocol: str) -> dict[str, Any]:
    return {
        "protocol": protocol,
        "from_port": _PORT,
        "to_port": _PORT,
        "cidr_blocks": list(map(str, ranges)),
    }


def _define_group(
    scope: Construct,
    key: str,
    description: str,
    vpc: ManagementVpc,
    naming: Naming,
    *,
    ingress: Sequence[SecurityGroupIngress] = (),
    egress: Sequence[SecurityGroupEgress] = (),
) -> SecurityGroup:
    name = naming.name(_ENTITY, key, kind=Kind.SECURITY_GROUP)
    return SecurityGroup(
        scope,
        "SecurityGroup",
        name=name,
        description=description,
        vpc_id=vpc.vpc_id,
        # Empty lists are written out: left out, rules that somebody adds by hand would go unnoticed.
        ingress=list(ingress),
        egress=list(egress),
        tags={"Name": name},
    )
