"""How a user cluster is reached: MetalLB inside it, or a load balancer of the data center.

Left out: the integrated F5 and Seesaw, which no supported version has; an F5 stays in use as a manual
load balancer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Final

from pydantic import Field, StrictBool, StrictInt

from estate.model.addresses import Address, Addresses, AddressRange
from estate.model.base import Key, Model
from estate.model.rules import Path, Violation, rule

NodePort = Annotated[StrictInt, Field(ge=30000, le=32767)]
"""A port of every node, in Kubernetes' range for them."""

LOAD_BALANCER_POOL: Final = "load balancer pool"
"""How the words begin for what a pool's addresses are used for."""

_MOVE_F5 = (
    "the integrated F5 load balancer is in no supported version; keep the F5 and say manual: "
    "{ingress_vip: ..., ingress_http_node_port: ..., ingress_https_node_port: ...}, and have its agents "
    "managed by whoever owns it"
)
_MOVE_SEESAW = (
    "Seesaw is in no supported version; migrate the cluster to MetalLB with gkectl (versions 1.29 to 1.31), "
    "then say metal_lb"
)


class AddressPool(Model):
    """Addresses that MetalLB gives to services of type LoadBalancer."""

    addresses: Annotated[tuple[Addresses, ...], Field(min_length=1)]
    """The addresses, all in the nodes' subnet."""
    manual_assign: StrictBool = False
    """Whether a service gets an address of this pool only when it asks for one; not when absent."""
    avoid_buggy_ips: StrictBool = False
    """Whether addresses that end in .0 or .255 are passed over; not when absent."""


class MetalLbConfig(Model):
    """MetalLB, which runs on the nodes of a pool."""

    ingress_vip: Address
    """Address of the cluster's ingress; it lies in one of the pools. It cannot be changed once the cluster
    stands."""
    pools: Annotated[dict[Key, AddressPool], Field(min_length=1)]
    """Pools by name; their addresses differ."""

    def uses(self) -> Iterator[tuple[Path, AddressRange, str]]:
        """What it uses, with the path from here and in words."""
        for name, pool in self.pools.items():
            for position, addresses in enumerate(pool.addresses):
                yield ("pools", name, "addresses", position), addresses, f"{LOAD_BALANCER_POOL} {name}"


class ManualConfig(Model):
    """A load balancer that somebody else runs, an F5 for example."""

    ingress_vip: Address
    """Address of the cluster's ingress on the load balancer; cannot be changed once the cluster stands."""
    ingress_http_node_port: NodePort
    """Port of the nodes that it sends HTTP to."""
    ingress_https_node_port: NodePort
    """Port of the nodes that it sends HTTPS to."""

    refused: ClassVar[Mapping[str, str]] = {
        "control_plane_node_port": "belongs to kubeception; with Controlplane V2 the control plane nodes "
        "serve their own address, so leave it out",
        "konnectivity_server_node_port": "belongs to kubeception; with Controlplane V2 the control plane "
        "nodes serve their own address, so leave it out",
    }

    @rule
    def _ports_differ(self) -> Iterator[Violation]:
        """HTTP and HTTPS have a node port each."""
        if self.ingress_http_node_port == self.ingress_https_node_port:
            yield Violation(
                ("ingress_https_node_port",),
                f"must differ from ingress_http_node_port, got {self.ingress_https_node_port} for both",
            )


class LoadBalancerConfig(Model):
    """One kind of load balancer."""

    metal_lb: MetalLbConfig | None = None
    """MetalLB with its address pools; another kind when absent."""
    manual: ManualConfig | None = None
    """A load balancer of the data center; another kind when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "f5": _MOVE_F5,
        "f5_config": _MOVE_F5,
        "f5_big_ip": _MOVE_F5,
        "seesaw": _MOVE_SEESAW,
    }

    @property
    def ingress_vip(self) -> Address | None:
        """Address of the cluster's ingress."""
        kind = self.metal_lb or self.manual
        return kind.ingress_vip if kind else None

    @rule
    def _is_of_one_kind(self) -> Iterator[Violation]:
        """A cluster is reached by exactly one kind of load balancer."""
        found = [name for name in ("metal_lb", "manual") if getattr(self, name)]
        if len(found) != 1:
            yield Violation(
                (),
                f"must have exactly one of metal_lb and manual, got {' and '.join(found) or 'none'}; "
                "metal_lb needs nothing of the data center",
                (),
            )
