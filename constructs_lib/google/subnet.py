"""A subnet of a Shared VPC.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_subnetwork
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_subnetwork import (
    ComputeSubnetwork,
    ComputeSubnetworkLogConfig,
    ComputeSubnetworkSecondaryIpRange,
)
from cdktf_cdktf_provider_google.compute_subnetwork_iam_member import ComputeSubnetworkIamMember
from constructs import Construct

from constructs_lib.google.network import Network
from estate.model.google.subnet import FlowLogsConfig, SubnetConfig

_INTERVALS = {
    5: "INTERVAL_5_SEC",
    30: "INTERVAL_30_SEC",
    60: "INTERVAL_1_MIN",
    300: "INTERVAL_5_MIN",
    600: "INTERVAL_10_MIN",
    900: "INTERVAL_15_MIN",
}


class Subnet(Construct):
    """Define a subnet with the groups that may use it; agents of projects are let in one by one.

    Stateful. Everything that has an address in it stands in it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: SubnetConfig,
        network: Network,
        name: str,
        region: str,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._resource = ComputeSubnetwork(
            self,
            "Resource",
            project=network.project,
            name=name,
            network=network.network_id,
            region=region,
            ip_cidr_range=str(config.cidr),
            secondary_ip_range=_secondary_ranges(config) or None,
            # Without it, ranges that leave the file stay on the subnet and no plan shows them.
            send_secondary_ip_range_if_empty=True,
            private_ip_google_access=True,
            log_config=_log_config(config.flow_logs),
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        self._users = Construct(self, "NetworkUsers")
        groups = Construct(self._users, "Groups")
        for group in config.network_users:
            self._let_in(groups, group, f"group:{group}", ())
        self.pods_range: Final[str] = config.pods_range
        self.services_range: Final[str] = config.services_range
        self.region: Final[str] = region
        self.self_link: Final[str] = self._resource.self_link

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource

    def grant_use(
        self, project: str, agents: Mapping[str, str], dependencies: Sequence[ITerraformDependable]
    ) -> tuple[ITerraformDependable, ...]:
        """Let the agents of a service project put machines into it.

        Args:
            project: the service project's key.
            agents: IAM members by what they are.
            dependencies: what brings the agents into being.

        Returns:
            What has to stand before the machines come.
        """
        place = Construct(self._users, project)
        return tuple(self._let_in(place, id_, member, dependencies) for id_, member in agents.items())

    def _let_in(
        self, scope: Construct, id_: str, member: str, dependencies: Sequence[ITerraformDependable]
    ) -> ITerraformDependable:
        return ComputeSubnetworkIamMember(
            scope,
            id_,
            project=self._resource.project,
            region=self._resource.region,
            subnetwork=self._resource.name,
            role="roles/compute.networkUser",
            member=member,
            depends_on=list(dependencies) or None,
        )


def _secondary_ranges(config: SubnetConfig) -> list[ComputeSubnetworkSecondaryIpRange]:
    ranges = ((config.pods_range, config.pods), (config.services_range, config.services))
    return [
        ComputeSubnetworkSecondaryIpRange(range_name=name, ip_cidr_range=str(cidr))
        for name, cidr in ranges
        if cidr
    ]


def _log_config(config: FlowLogsConfig | None) -> ComputeSubnetworkLogConfig | None:
    if config is None or not config.sampling_percent:
        return None
    return ComputeSubnetworkLogConfig(
        aggregation_interval=_INTERVALS[config.aggregation_seconds],
        flow_sampling=config.sampling_percent / 100,
        metadata="INCLUDE_ALL_METADATA",
    )
