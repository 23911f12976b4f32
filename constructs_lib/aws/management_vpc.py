"""The VPC of the management plane, or one that somebody else made, behind one interface.

Left out: network ACLs, because the default one lets all pass and security groups decide; interface
endpoints, because private subnets have NAT; IPv6.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final, Literal, NamedTuple, Protocol

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.default_security_group import DefaultSecurityGroup
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc as VpcResource
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.flow_logs import define_flow_logs
from constructs_lib.naming import Naming
from estate.model.aws.management_vpc import ExistingVpcConfig, ManagementVpcConfig, NatGateways

_ENTITY = "management-vpc"
# Where Kubernetes puts load balancers; outside the prefix kubernetes.io/cluster/, which clusters own.
# https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html
_LOAD_BALANCERS = {"Private": "kubernetes.io/role/internal-elb", "Public": "kubernetes.io/role/elb"}


class ClusterVpc(Protocol):
    """What EKS clusters see of a VPC, whoever made it."""

    @property
    def vpc_id(self) -> str:
        """Id of the VPC."""

    @property
    def private_subnet_ids(self) -> Mapping[str, str]:
        """Ids of the private subnets by availability zone; using one waits for its way out."""


class Vpc(ClusterVpc, Protocol):
    """What else stands in the management VPC sees of it."""

    @property
    def cidr(self) -> IPv4Network:
        """Primary range of the VPC."""

    @property
    def public_subnet_ids(self) -> Mapping[str, str]:
        """Ids of the public subnets by availability zone; using one waits for its way out."""


class ManagementVpc(Construct):
    """Define a VPC with a private and a public subnet in each zone, their ways out and flow logs.

    Stateful. The VPC, its gateways and its subnets hold what others put there, Kubernetes nodes
    among them; the NAT gateways' addresses stand in other people's allow lists; the flow logs and
    their key are the record of who talked to whom. Route tables, routes and the S3 endpoint hold
    nothing and may go.

    With a single NAT gateway it stands in the first zone by name.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: ManagementVpcConfig,
        naming: Naming,
        account: AwsAccount,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._naming = naming
        self._lifecycle = TerraformResourceLifecycle(prevent_destroy=prevent_destroy)

        self._vpc = VpcResource(
            self,
            "Resource",
            cidr_block=str(config.cidr),
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags=self._tags(),
            lifecycle=self._lifecycle,
        )
        # Written out as empty: left out, rules that somebody adds by hand would go unnoticed.
        DefaultSecurityGroup(self, "DefaultSecurityGroup", vpc_id=self._vpc.id, ingress=[], egress=[])
        zones = self._define_zones(config)
        VpcEndpoint(
            self,
            "S3Endpoint",
            vpc_id=self._vpc.id,
            vpc_endpoint_type="Gateway",
            service_name=f"com.amazonaws.{account.region}.s3",
            route_table_ids=[zone.private_routes.table.id for zone in zones.values()],
            tags=self._tags("s3"),
        )
        define_flow_logs(
            Construct(self, "FlowLogs"),
            vpc_id=self._vpc.id,
            entity=_ENTITY,
            retention_days=config.flow_log_retention_days,
            naming=naming,
            account=account,
            prevent_destroy=prevent_destroy,
        )

        self.vpc_id: Final[str] = self._vpc.id
        self.cidr: Final[IPv4Network] = config.cidr
        # Read from the associations: whoever uses a subnet waits until its default route stands.
        self.private_subnet_ids: Final[Mapping[str, str]] = {
            name: zone.private.subnet_id for name, zone in zones.items()
        }
        self.public_subnet_ids: Final[Mapping[str, str]] = {
            name: zone.public.subnet_id for name, zone in zones.items()
        }
        self.private_route_table_ids: Final[Mapping[str, str]] = {
            name: zone.private_routes.table.id for name, zone in zones.items()
        }

    def _tags(self, key: str | None = None) -> dict[str, str]:
        return {"Name": self._naming.name(_ENTITY, key)}

    def _define_zones(self, config: ManagementVpcConfig) -> dict[str, _Zone]:
        gateway = InternetGateway(
            self, "InternetGateway", vpc_id=self._vpc.id, tags=self._tags(), lifecycle=self._lifecycle
        )
        public_routes = self._define_routes(self, "Public", gateway_id=gateway.id)
        namespace = Construct(self, "Zones")
        nat_gateway: NatGateway | None = None
        zones: dict[str, _Zone] = {}
        for zone, subnets in sorted(config.zones.items()):
            scope = Construct(namespace, zone)
            public = self._define_subnet(scope, "Public", zone, subnets.public, public_routes)
            if nat_gateway is None or config.nat_gateways is NatGateways.PER_ZONE:
                nat_gateway = self._define_nat_gateway(scope, zone, public)
            # A table for each zone with a single gateway too: another choice later only moves routes.
            private_routes = self._define_routes(scope, "Private", zone, nat_gateway_id=nat_gateway.id)
            private = self._define_subnet(scope, "Private", zone, subnets.private, private_routes)
            zones[zone] = _Zone(private, public, private_routes)
        return zones

    def _define_routes(
        self,
        scope: Construct,
        role: Literal["Private", "Public"],
        zone: str | None = None,
        *,
        gateway_id: str | None = None,
        nat_gateway_id: str | None = None,
    ) -> _Routes:
        name = "-".join(filter(None, [role.lower(), zone]))
        table = RouteTable(scope, f"{role}RouteTable", vpc_id=self._vpc.id, tags=self._tags(name))
        default = Route(
            scope,
            f"{role}DefaultRoute",
            route_table_id=table.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=gateway_id,
            nat_gateway_id=nat_gateway_id,
        )
        return _Routes(table, default)

    def _define_subnet(
        self,
        scope: Construct,
        role: Literal["Private", "Public"],
        zone: str,
        cidr: IPv4Network,
        routes: _Routes,
    ) -> RouteTableAssociation:
        subnet = Subnet(
            scope,
            f"{role}Subnet",
            vpc_id=self._vpc.id,
            availability_zone=zone,
            cidr_block=str(cidr),
            map_public_ip_on_launch=False,
            tags={**self._tags(f"{role.lower()}-{zone}"), _LOAD_BALANCERS[role]: "1"},
            lifecycle=self._lifecycle,
        )
        return RouteTableAssociation(
            scope,
            f"{role}Association",
            subnet_id=subnet.id,
            route_table_id=routes.table.id,
            depends_on=[routes.default],
        )

    def _define_nat_gateway(self, scope: Construct, zone: str, public: RouteTableAssociation) -> NatGateway:
        address = Eip(
            scope, "NatAddress", domain="vpc", tags=self._tags(f"nat-{zone}"), lifecycle=self._lifecycle
        )
        return NatGateway(
            scope,
            "NatGateway",
            allocation_id=address.allocation_id,
            subnet_id=public.subnet_id,
            tags=self._tags(f"nat-{zone}"),
            lifecycle=self._lifecycle,
        )


class _Routes(NamedTuple):
    table: RouteTable
    default: Route


class _Zone(NamedTuple):
    private: RouteTableAssociation
    public: RouteTableAssociation
    private_routes: _Routes


@dataclass(frozen=True)
class ExistingVpc:
    """Stand for a VPC that somebody else made; defines nothing."""

    config: ExistingVpcConfig

    @property
    def vpc_id(self) -> str:
        """Id of the VPC."""
        return self.config.existing.vpc_id

    @property
    def cidr(self) -> IPv4Network:
        """Primary range of the VPC."""
        return self.config.cidr

    @property
    def private_subnet_ids(self) -> Mapping[str, str]:
        """Ids of the private subnets by availability zone."""
        return {zone: subnets.private for zone, subnets in sorted(self.config.zones.items())}

    @property
    def public_subnet_ids(self) -> Mapping[str, str]:
        """Ids of the public subnets by availability zone."""
        return {zone: subnets.public for zone, subnets in sorted(self.config.zones.items())}
