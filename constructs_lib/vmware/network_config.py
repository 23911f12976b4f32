"""The network block of a user cluster: every address said by itself, with its node's name."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Address

from cdktf_cdktf_provider_google.gkeonprem_vmware_cluster import (
    GkeonpremVmwareClusterNetworkConfig,
    GkeonpremVmwareClusterNetworkConfigControlPlaneV2Config,
    GkeonpremVmwareClusterNetworkConfigControlPlaneV2ConfigControlPlaneIpBlock,
    GkeonpremVmwareClusterNetworkConfigControlPlaneV2ConfigControlPlaneIpBlockIps,
    GkeonpremVmwareClusterNetworkConfigDhcpIpConfig,
    GkeonpremVmwareClusterNetworkConfigHostConfig,
    GkeonpremVmwareClusterNetworkConfigStaticIpConfig,
    GkeonpremVmwareClusterNetworkConfigStaticIpConfigIpBlocks,
    GkeonpremVmwareClusterNetworkConfigStaticIpConfigIpBlocksIps,
)

from estate.model.vmware.network import NetworkConfig
from estate.model.vmware.user_cluster import UserClusterConfig

HostName = Callable[[IPv4Address], str | None]


def network_config(config: UserClusterConfig, host_name: HostName) -> GkeonpremVmwareClusterNetworkConfig:
    """The block for a cluster; `host_name` says what the node at an address is called."""
    network = config.network
    return GkeonpremVmwareClusterNetworkConfig(
        vcenter_network=network.port_group,
        pod_address_cidr_blocks=[str(network.pods)],
        service_address_cidr_blocks=[str(network.services)],
        host_config=GkeonpremVmwareClusterNetworkConfigHostConfig(
            dns_servers=list(map(str, network.dns)),
            ntp_servers=list(map(str, network.ntp)),
            dns_search_domains=list(network.search_domains) or None,
        ),
        static_ip_config=None if network.dhcp else _workers(network, host_name),
        dhcp_ip_config=GkeonpremVmwareClusterNetworkConfigDhcpIpConfig(enabled=True)
        if network.dhcp
        else None,
        control_plane_v2_config=_control_plane(config, host_name),
    )


def _workers(
    network: NetworkConfig, host_name: HostName
) -> GkeonpremVmwareClusterNetworkConfigStaticIpConfig:
    ips = [
        GkeonpremVmwareClusterNetworkConfigStaticIpConfigIpBlocksIps(
            ip=str(address), hostname=host_name(address)
        )
        for addresses in network.node_ips
        for address in addresses
    ]
    block = GkeonpremVmwareClusterNetworkConfigStaticIpConfigIpBlocks(
        gateway=str(network.gateway), netmask=str(network.cidr.netmask), ips=ips
    )
    return GkeonpremVmwareClusterNetworkConfigStaticIpConfig(ip_blocks=[block])


def _control_plane(
    config: UserClusterConfig, host_name: HostName
) -> GkeonpremVmwareClusterNetworkConfigControlPlaneV2Config:
    """Control plane nodes have fixed addresses in the cluster's own subnet, also where workers use DHCP."""
    ips = [
        GkeonpremVmwareClusterNetworkConfigControlPlaneV2ConfigControlPlaneIpBlockIps(
            ip=str(address), hostname=host_name(address)
        )
        for address in config.control_plane.ips
    ]
    block = GkeonpremVmwareClusterNetworkConfigControlPlaneV2ConfigControlPlaneIpBlock(
        gateway=str(config.network.gateway), netmask=str(config.network.cidr.netmask), ips=ips
    )
    return GkeonpremVmwareClusterNetworkConfigControlPlaneV2Config(control_plane_ip_block=block)
