"""Strategies for on-prem clusters that keep every rule: a subnet is dealt out, whatever it is dealt to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from hypothesis import strategies as st

from tests.model.vmware.documents import ADMIN

IMAGES = {
    "1.34": ["ubuntu_cgv2", "cos_cgv2", "ubuntu_containerd", "cos"],
    "1.35": ["ubuntu_cgv2", "cos_cgv2"],
}


@dataclass(frozen=True)
class Subnet:
    """A subnet whose free addresses are taken one after the other, with gaps."""

    draw: st.DrawFn
    network: IPv4Network
    free: Iterator[int]

    @classmethod
    def of(cls, draw: st.DrawFn, longest_prefix: int) -> Subnet:
        """A subnet of 10.0.0.0/8, from a random place on."""
        prefix = draw(st.integers(20, longest_prefix))
        network = IPv4Network((draw(st.integers(0, 255)) << 16 | 10 << 24, prefix))
        first, last = int(network.network_address) + 1, int(network.broadcast_address)
        return cls(draw, network, iter(range(first + draw(st.integers(0, 50)), last)))

    def take(self, count: int = 1) -> str:
        """The next addresses, as people write them."""
        numbers = [next(self.free) for _ in range(count)]
        for _ in range(self.draw(st.integers(0, 3))):
            next(self.free)
        first, last = IPv4Address(numbers[0]), IPv4Address(numbers[-1])
        return f"{first}-{last}" if count > 1 else str(first)


def _size(draw: st.DrawFn) -> dict[str, Any]:
    least = draw(st.integers(3, 6))
    if draw(st.booleans()):
        return {"replicas": least}
    most = least + draw(st.integers(0, 6))
    return {"autoscaling": {"min_replicas": draw(st.integers(1, least)), "max_replicas": most}}


def _most(pool: dict[str, Any]) -> int:
    size: int = pool["autoscaling"]["max_replicas"] if "autoscaling" in pool else pool["replicas"]
    return size


def _cluster(subnet: Subnet, gateway: str, *, dhcp: bool = False, manual: bool = False) -> dict[str, Any]:
    draw = subnet.draw
    minor = draw(st.sampled_from(sorted(IMAGES)))
    pools = {
        name: {**_size(draw), "image_type": draw(st.sampled_from(IMAGES[minor]))}
        for name in draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True))
    }
    if not manual:
        next(iter(pools.values()))["load_balancer"] = True
    ingress = subnet.take()
    balancer: dict[str, Any] = {
        "metal_lb": {
            "ingress_vip": ingress,
            "pools": {"ingress": {"addresses": [ingress]}, "rest": {"addresses": [subnet.take(5)]}},
        }
    }
    if manual:
        balancer = {
            "manual": {
                "ingress_vip": ingress,
                "ingress_http_node_port": 30243,
                "ingress_https_node_port": 30879,
            }
        }
    workers = sum(map(_most, pools.values()))
    ips = {"dhcp": True} if dhcp else {"node_ips": [subnet.take(), subnet.take(workers)]}
    return {
        "version": f"{minor}.{draw(st.integers(0, 300))}-gke.{draw(st.integers(1, 999))}",
        "network": {
            "port_group": "vlan-1",
            "cidr": str(subnet.network),
            "gateway": gateway,
            **ips,
            "dns": ["172.20.0.53"],
            "ntp": ["172.20.0.123"],
            "pods": "192.168.0.0/16",
            "services": "172.16.0.0/20",
        },
        "control_plane": {"vip": subnet.take(), "ips": [subnet.take(), subnet.take(), subnet.take()]},
        "load_balancer": balancer,
        "node_pools": pools,
    }


@st.composite
def clusters(draw: st.DrawFn, *, fixed: bool = False) -> dict[str, Any]:
    """A valid cluster; with `fixed` addresses for workers and MetalLB, otherwise of any kind."""
    subnet = Subnet.of(draw, 24)
    kinds = {} if fixed else {"dhcp": draw(st.booleans()), "manual": draw(st.booleans())}
    return _cluster(subnet, subnet.take(), **kinds)


@st.composite
def sections(draw: st.DrawFn) -> dict[str, Any]:
    """A valid section with two clusters in one subnet, and an admin cluster in it too."""
    subnet = Subnet.of(draw, 22)
    gateway = subnet.take()
    return {
        "location": "europe-north1",
        "admin_cluster": {
            **ADMIN,
            "version": "1.36.0-gke.532",
            "addresses": [subnet.take(), subnet.take(3)],
        },
        "admin_workstation": {"ip": subnet.take()},
        "user_clusters": {"apps": _cluster(subnet, gateway), "data": _cluster(subnet, gateway)},
    }
