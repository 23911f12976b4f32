"""A user cluster with Controlplane V2: version, network, control plane, load balancer, node pools.

Left out, because no supported version has anything else: Controlplane V2, advanced cluster, Dataplane V2,
three control plane nodes and automatic repair, which are always on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, ClassVar, Final, NamedTuple, Self

from pydantic import Field, StrictBool, StringConstraints

from estate.model.addresses import Address, AddressRange
from estate.model.backed_up import backed_up_once
from estate.model.base import Key, Model
from estate.model.naming import physical_name
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.load_balancer import LoadBalancerConfig
from estate.model.vmware.network import NetworkConfig
from estate.model.vmware.node_pool import NodePoolConfig
from estate.model.vmware.user_cluster_backup import UserClusterBackupConfig
from estate.model.vmware.values import Cpus, MemoryMb, OnPremVersion, UserName
from estate.model.vmware.vcenter import VcenterConfig
from estate.model.words import Words

LONGEST_CLUSTER_NAME: Final = 40
"""Characters that the GKE On-Prem API takes in a cluster's name."""

SURGE_NODES: Final = 1
"""Nodes that an update adds before it takes one away."""

ClusterName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 40, a letter first and no hyphen last"),
]
"""Name of a user cluster, and of its fleet membership."""

_ALWAYS_ON = "every supported version has it and it is always on; leave it out"


class Use(NamedTuple):
    """Addresses of a cluster.

    Attributes:
        path: where they stand, from the cluster.
        addresses: which they are.
        words: what they are for.
    """

    path: Path
    addresses: AddressRange
    words: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))} {self.addresses}"


class ControlPlaneConfig(Model):
    """The three nodes that run the Kubernetes API, in the cluster's own subnet."""

    vip: Address
    """Address of the Kubernetes API; cannot be changed once the cluster stands."""
    ips: tuple[Address, ...]
    """Addresses of the three nodes; they cannot be changed once the cluster stands."""
    cpus: Cpus = 4
    """Virtual processors of a node; 4 when absent."""
    memory_mb: MemoryMb = 8192
    """Memory of a node in MiB, a multiple of 4; 8192 when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "replicas": "three nodes are what every supported version wants; list three ips",
        "memory": "the key is memory_mb",
    }


class UpgradePolicy(Model):
    """What a new version changes at once."""

    control_plane_only: StrictBool = False
    """Whether only the control plane goes to a new version, the pools later; all at once when absent."""


class UserClusterConfig(Model):
    """A Kubernetes cluster on VMware that registers itself with the fleet."""

    judged_from_outside: ClassVar[bool] = True

    name: ClusterName | None = None
    """Name to keep when the map key is renamed, or of a cluster that exists; organization, environment
    and map key when absent. Another one replaces the cluster."""
    version: OnPremVersion
    """Version of control plane and nodes, never newer than the admin cluster's. A change must be the
    only one of its apply."""
    network: NetworkConfig
    """The subnet of the nodes and the cluster's own ranges."""
    control_plane: ControlPlaneConfig
    """The nodes of the Kubernetes API and their address."""
    load_balancer: LoadBalancerConfig
    """How the cluster is reached."""
    node_pools: Annotated[dict[Key, NodePoolConfig], Field(min_length=1)]
    """Worker nodes by pool."""
    vcenter: VcenterConfig | None = None
    """Where its machines stand, where that differs from vmware.vcenter; the same when absent. It
    cannot be changed once the cluster stands."""
    admin_users: tuple[UserName, ...] = ()
    """People and service accounts who are cluster administrators from the first minute; the service takes
    no groups here. Nobody when absent."""
    disable_bundled_ingress: StrictBool = False
    """Whether the ingress that comes with the cluster stays off; it is on when absent."""
    anti_affinity: StrictBool | None = None
    """Whether nodes of one kind are kept on different physical hosts; when absent they are, unless vcenter.hosts
    says fewer than three."""
    backup: UserClusterBackupConfig | None = None
    """How Velero, installed by whoever applies the cluster's manifests, backs it up every day into a bucket that somebody else
    keeps; not at all when absent. Changes the manifests alone, which no plan shows."""
    backup_elsewhere: StrictBool = False
    """Whether something that is not made here backs it up, such as Velero in it; when it is not,
    `hybrid check` warns that nothing does. Changes nothing that runs."""
    advanced_networking: StrictBool = False
    """Whether the cluster may have what rests on advanced networking, such as an egress NAT gateway; not when
    absent."""
    vsphere_csi_disabled: StrictBool = False
    """Whether the vSphere storage driver stays off; it is on when absent. This cannot be changed once the
    cluster stands."""
    upgrade_policy: UpgradePolicy = UpgradePolicy.unsaid()
    """What a new version changes at once; everything when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "kubeception": "no supported version has it; migrate the cluster to Controlplane V2 with gkectl "
        "(versions 1.29 to 1.31), then describe it here",
        "enable_control_plane_v2": f"{_ALWAYS_ON}; a kubeception cluster is migrated with gkectl first "
        "(versions 1.29 to 1.31)",
        "enable_advanced_cluster": _ALWAYS_ON,
        "dataplane_v2": _ALWAYS_ON,
        "enable_dataplane_v2": _ALWAYS_ON,
        "anti_affinity_groups": "the key is anti_affinity",
        "aag_config_disabled": "the key is anti_affinity, and says the opposite",
        "auto_repair": f"{_ALWAYS_ON}; the provider never sends a false",
        "auto_repair_config": f"{_ALWAYS_ON}; the provider never sends a false",
        "on_prem_version": "the key is version",
    }

    @property
    def most_nodes(self) -> int:
        """The largest number of worker nodes that all pools together may have."""
        return sum(pool.most_nodes for pool in self.node_pools.values())

    def spreads_nodes(self, vcenter: VcenterConfig) -> bool:
        """Whether nodes of one kind are kept on different physical hosts, where the machines stand in ``vcenter``."""
        return vcenter.spreads_nodes if self.anti_affinity is None else self.anti_affinity

    def administered_by(self, users: Iterable[str]) -> Self:
        """The cluster with more administrators."""
        return self.model_copy(update={"admin_users": (*self.admin_users, *users)})

    def name_in(self, organization: str, environment: str, key: str) -> str:
        """The cluster's name, and its fleet membership's."""
        return self.name or physical_name(organization, environment, key)

    def host_name(self, cluster_name: str, address: IPv4Address) -> str | None:
        """Host name of the node at ``address``; None when the service chooses it."""
        derived = (
            f"{cluster_name}-{str(address).replace('.', '-')}" if self.network.derive_hostnames else None
        )
        return self.network.hostnames.get(address) or derived

    def uses(self) -> Iterator[Use]:
        """Every address that belongs to the cluster, the subnet's router first."""
        yield Use(("network", "gateway"), AddressRange.of(self.network.gateway), "gateway")
        yield Use(("control_plane", "vip"), AddressRange.of(self.control_plane.vip), "control plane vip")
        for position, address in enumerate(self.control_plane.ips):
            yield Use(
                ("control_plane", "ips", position),
                AddressRange.of(address),
                f"control plane node {position + 1}",
            )
        for position, addresses in enumerate(self.network.node_ips):
            yield Use(("network", "node_ips", position), addresses, "worker nodes")
        if self.load_balancer.metal_lb:
            for path, addresses, words in self.load_balancer.metal_lb.uses():
                yield Use(("load_balancer", "metal_lb", *path), addresses, words)
        if self.load_balancer.manual:
            ingress = AddressRange.of(self.load_balancer.manual.ingress_vip)
            yield Use(("load_balancer", "manual", "ingress_vip"), ingress, "ingress vip")

    def islands(self) -> Iterator[tuple[Path, IPv4Network]]:
        """The ranges that exist only inside the cluster, with their paths from here."""
        for path, cidr in self.network.islands():
            yield ("network", *path), cidr

    @rule
    def _one_thing_backs_it_up(self) -> Iterator[Violation]:
        """What is backed up here is not said to be backed up elsewhere."""
        yield from backed_up_once(here=self.backup is not None, elsewhere=self.backup_elsewhere)

    @rule
    def _pools_differ_in_name(self) -> Iterator[Violation]:
        """No two node pools are called the same."""
        yield from names_of_their_own("node_pools", {key: one.name for key, one in self.node_pools.items()})
