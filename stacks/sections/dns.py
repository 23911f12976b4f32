"""Names across the sites: zones that lead out of the network, and the endpoints of Route 53 Resolver."""

from __future__ import annotations

from constructs import Construct

from constructs_lib.aws.management_vpc import ManagementVpc, Vpc
from constructs_lib.google.forwarding_zone import ForwardingZone
from constructs_lib.google.network import Network
from constructs_lib.naming import Kind
from estate.derived.names import asked_from_aws, asks_aws, forwarded, kept_in_aws
from estate.model.dns import DnsConfig
from stacks.context import StackContext


class DnsSection:
    """Define who is asked for which domain, from the network and from the VPC."""

    def __init__(
        self, context: StackContext, *, config: DnsConfig, network: Network, vpc: Vpc | None
    ) -> None:
        """Define it.

        Args:
            context: what the stack is told.
            config: the dns section.
            network: the network that asks.
            vpc: the VPC that answers and asks, None where there is none.
        """
        namespace = Construct(context.stack, "Dns")
        asked = forwarded(config)
        sites = {
            answers: Construct(namespace, answers.capitalize())
            for answers in dict.fromkeys(answers for answers, _ in asked)
        }
        for (answers, key), (domain, servers) in asked.items():
            ForwardingZone(
                sites[answers],
                key,
                config=servers,
                network=network,
                domain=domain,
                name=network.naming.name(f"dns-{answers}", key, kind=Kind.COMPUTE),
            )
        if not isinstance(vpc, ManagementVpc):
            return
        # Here, because the classes of the binding take their time to load.
        from constructs_lib.aws.resolver import ResolverInbound, ResolverOutbound

        if config.aws:
            ResolverInbound(
                namespace,
                "Inbound",
                config=config.aws,
                vpc=vpc,
                naming=context.naming,
                askers=asks_aws(context.environment),
            )
        of_data_centers = asked_from_aws(context.environment)
        if of_data_centers:
            ResolverOutbound(
                namespace,
                "Outbound",
                config=of_data_centers,
                kept=kept_in_aws(context.environment),
                vpc=vpc,
                naming=context.naming,
            )
