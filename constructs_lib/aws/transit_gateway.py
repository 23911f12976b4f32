"""A transit gateway: what joins a VPC to VPN connections and shares traffic out over all their tunnels.

Left out: sharing it with other accounts; route tables of its own, because everything on it may reach everything.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ec2_transit_gateway
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network
from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.ec2_transit_gateway import Ec2TransitGateway
from cdktf_cdktf_provider_aws.ec2_transit_gateway_vpc_attachment import Ec2TransitGatewayVpcAttachment
from cdktf_cdktf_provider_aws.route import Route
from constructs import Construct

from constructs_lib.aws.management_vpc import ManagementVpc
from constructs_lib.naming import Naming
from estate.model.vpn.aws import AwsVpnConfig

_ENTITY = "transit-gateway"


class TransitGateway(Construct):
    """Define a transit gateway with a VPC on it, in a private subnet of every zone.

    What is on it learns each other's ranges: the VPC's by its attachment, the VPN's by BGP. The VPC's route tables
    learn nothing, hence :meth:`route`.

    Stateful. Whatever else is attached to it hangs on its id.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: AwsVpnConfig,
        vpc: ManagementVpc,
        naming: Naming,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._vpc = vpc
        tags = {"Name": naming.name(_ENTITY)}
        gateway = Ec2TransitGateway(
            self,
            "Resource",
            description=naming.name(_ENTITY),
            amazon_side_asn=config.transit_gateway_asn,
            vpn_ecmp_support="enable",
            default_route_table_association="enable",
            default_route_table_propagation="enable",
            auto_accept_shared_attachments="disable",
            tags=tags,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self._attachment = Ec2TransitGatewayVpcAttachment(
            self,
            "VpcAttachment",
            transit_gateway_id=gateway.id,
            vpc_id=vpc.vpc_id,
            subnet_ids=list(vpc.private_subnet_ids.values()),
            tags=tags,
        )

        self.transit_gateway_id: Final[str] = gateway.id

    def route(self, prefixes: Sequence[IPv4Network]) -> None:
        """Lead these prefixes to the transit gateway, in every private route table of the VPC."""
        routes = Construct(self, "Routes")
        for zone, table in self._vpc.private_route_table_ids.items():
            of_zone = Construct(routes, zone)
            for prefix in prefixes:
                Route(
                    of_zone,
                    # A slash would part the id in two.
                    str(prefix).replace("/", "-"),
                    route_table_id=table,
                    destination_cidr_block=str(prefix),
                    transit_gateway_id=self.transit_gateway_id,
                    # AWS refuses a route to a transit gateway that the VPC is not on.
                    depends_on=[self._attachment],
                )
