"""The load balancer block of a user cluster."""

from __future__ import annotations

from cdktf_cdktf_provider_google.gkeonprem_vmware_cluster import (
    GkeonpremVmwareClusterLoadBalancer,
    GkeonpremVmwareClusterLoadBalancerManualLbConfig,
    GkeonpremVmwareClusterLoadBalancerMetalLbConfig,
    GkeonpremVmwareClusterLoadBalancerMetalLbConfigAddressPools,
    GkeonpremVmwareClusterLoadBalancerVipConfig,
)

from estate.model.addresses import AddressRange
from estate.model.vmware.load_balancer import ManualConfig, MetalLbConfig
from estate.model.vmware.user_cluster import UserClusterConfig


def load_balancer(config: UserClusterConfig) -> GkeonpremVmwareClusterLoadBalancer:
    """The block for a cluster, of the kind that it has."""
    metal_lb, manual = config.load_balancer.metal_lb, config.load_balancer.manual
    return GkeonpremVmwareClusterLoadBalancer(
        vip_config=GkeonpremVmwareClusterLoadBalancerVipConfig(
            control_plane_vip=str(config.control_plane.vip),
            ingress_vip=str(config.load_balancer.ingress_vip),
        ),
        metal_lb_config=_metal_lb(metal_lb) if metal_lb else None,
        manual_lb_config=_manual(manual) if manual else None,
    )


def _metal_lb(metal_lb: MetalLbConfig) -> GkeonpremVmwareClusterLoadBalancerMetalLbConfig:
    pools = [
        GkeonpremVmwareClusterLoadBalancerMetalLbConfigAddressPools(
            pool=name,
            addresses=list(map(_for_metal_lb, pool.addresses)),
            manual_assign=pool.manual_assign,
            avoid_buggy_ips=pool.avoid_buggy_ips,
        )
        # In the order of the file: the service knows the pools as a list.
        for name, pool in metal_lb.pools.items()
    ]
    return GkeonpremVmwareClusterLoadBalancerMetalLbConfig(address_pools=pools)


def _for_metal_lb(addresses: AddressRange) -> str:
    """A single address is a /32 there, and everything else a range."""
    return f"{addresses}/32" if len(addresses) == 1 else str(addresses)


def _manual(manual: ManualConfig) -> GkeonpremVmwareClusterLoadBalancerManualLbConfig:
    """The other two ports that the provider knows belong to kubeception."""
    return GkeonpremVmwareClusterLoadBalancerManualLbConfig(
        ingress_http_node_port=manual.ingress_http_node_port,
        ingress_https_node_port=manual.ingress_https_node_port,
    )
