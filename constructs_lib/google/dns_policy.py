"""The policy that lets name servers outside ask the network for names.

Left out: asking name servers outside for theirs, which a forwarding zone for their domain would do.

https://docs.cloud.google.com/dns/docs/server-policies-overview
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.data_google_compute_addresses import DataGoogleComputeAddresses
from cdktf_cdktf_provider_google.dns_policy import DnsPolicy as DnsPolicyResource
from cdktf_cdktf_provider_google.dns_policy import DnsPolicyNetworks
from constructs import Construct

from constructs_lib.google.network import Network
from constructs_lib.naming import Kind


class DnsPolicy(Construct):
    """Define the policy, and find the addresses at which Cloud DNS then answers: one in each subnet.

    Cloud DNS chooses them and nothing exports them, so they are looked up once the policy stands; that keeps
    a first plan free of questions to the cloud.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Sequence[str],
        network: Network,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: regions of the network's subnets.
            network: the network that may be asked.
            dependencies: the subnets that addresses are taken from.
        """
        super().__init__(scope, id_)
        policy = DnsPolicyResource(
            self,
            "Resource",
            project=network.project,
            name=network.naming.name("dns", kind=Kind.COMPUTE),
            description="Name servers of the data centers ask here",
            enable_inbound_forwarding=True,
            networks=[DnsPolicyNetworks(network_url=network.network_id)],
            depends_on=list(dependencies) or None,
        )
        places = Construct(self, "Forwarders")
        by_region = []
        for region in config:
            addresses = DataGoogleComputeAddresses(
                places,
                region,
                project=network.project,
                region=region,
                filter='purpose = "DNS_RESOLVER"',
                depends_on=[policy],
            )
            address = f"data.{addresses.terraform_resource_type}.{addresses.friendly_unique_id}"
            by_region.append(f'"{region}" = {address}.addresses[*].address')
        # Written by hand: what cdktf's own functions are given, they escape.
        self.forwarders: Final[str] = f"${{jsonencode({{{', '.join(by_region)}}})}}"
        """The addresses of the forwarders by region, as JSON."""
