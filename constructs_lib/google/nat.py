"""Cloud NAT of one region with its router.

The router speaks no BGP: a VPN brings one of its own.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_router_nat
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_address import ComputeAddress
from cdktf_cdktf_provider_google.compute_router import ComputeRouter
from cdktf_cdktf_provider_google.compute_router_nat import ComputeRouterNat, ComputeRouterNatLogConfig
from constructs import Construct

from constructs_lib.google.network import Network
from constructs_lib.naming import Kind
from estate.derived.google.names import ADDRESS, ROUTER
from estate.model.google.nat import NatConfig, NatLogs


class Nat(Construct):
    """Define a region's gateway for every range of every subnet, with its reserved addresses.

    Stateful. Others let the addresses in; a new one is a stranger to them.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: NatConfig,
        network: Network,
        region: str,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        project, name = network.project, network.naming.name("nat", region, kind=Kind.COMPUTE)
        router = ComputeRouter(
            self,
            "Router",
            project=project,
            name=network.naming.name("nat", region, kind=Kind.COMPUTE, part=ROUTER),
            region=region,
            network=network.network_id,
        )
        addresses = Construct(self, "Addresses")
        reserved = [
            ComputeAddress(
                addresses,
                key,
                project=project,
                name=network.naming.name("nat", key, kind=Kind.COMPUTE, part=ADDRESS),
                region=region,
                depends_on=list(dependencies) or None,
                lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
            )
            for key in config.addresses
        ]
        ComputeRouterNat(
            self,
            "Resource",
            project=project,
            name=name,
            region=region,
            router=router.name,
            nat_ip_allocate_option="MANUAL_ONLY" if reserved else "AUTO_ONLY",
            nat_ips=[address.self_link for address in reserved] or None,
            source_subnetwork_ip_ranges_to_nat="ALL_SUBNETWORKS_ALL_IP_RANGES",
            # The two exclude each other, and the first is on by itself in old provider versions.
            enable_endpoint_independent_mapping=False,
            enable_dynamic_port_allocation=True,
            min_ports_per_vm=config.min_ports_per_machine,
            max_ports_per_vm=config.max_ports_per_machine,
            log_config=ComputeRouterNatLogConfig(
                enable=True, filter="ALL" if config.logs is NatLogs.ALL else "ERRORS_ONLY"
            ),
        )
