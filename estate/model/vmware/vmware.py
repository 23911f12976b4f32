"""The on-prem half of an environment: its admin cluster as data, its user clusters.

Without an admin cluster an environment is its foundation only: the admin cluster is made by hand in
between, and user clusters come after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import IPv4Network
from typing import ClassVar

from estate.model.addresses import AddressRange
from estate.model.base import Key, Model
from estate.model.google.values import Region
from estate.model.rules import Path
from estate.model.vmware.admin_cluster import AdminClusterConfig, AdminWorkstationConfig
from estate.model.vmware.user_cluster import Use, UserClusterConfig
from estate.model.vmware.vcenter import VcenterConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig


class Phase(StrEnum):
    """How far the on-prem half of an environment has come; a person's work lies between any two."""

    FOUNDATION = "foundation"
    ADMIN_CLUSTER = "admin cluster"
    USER_CLUSTERS = "user clusters"


class VmwareConfig(Model):
    """One admin cluster and the user clusters that it manages."""

    judged_from_outside: ClassVar[bool] = True

    location: Region
    """Google Cloud region that keeps the clusters' data and memberships. Another one replaces every user
    cluster."""
    admin_cluster: AdminClusterConfig | None = None
    """The admin cluster, which is made by hand; without it no user cluster can be."""
    admin_workstation: AdminWorkstationConfig | None = None
    """The machine that gkectl runs on, which is made by hand; its address is unchecked when absent."""
    vcenter: VcenterConfig = VcenterConfig.unsaid()
    """Where in vCenter the machines of all user clusters stand; as the admin cluster when absent."""
    user_clusters: dict[Key, UserClusterConfig] = {}
    """User clusters by name."""
    vsphere: VsphereConfig | None = None
    """What this environment makes in vCenter, in a stack of its own; nothing when absent."""

    @property
    def phase(self) -> Phase:
        """How far the environment has come, by what its file says."""
        if self.admin_cluster is None:
            return Phase.FOUNDATION
        return Phase.USER_CLUSTERS if self.user_clusters else Phase.ADMIN_CLUSTER

    def vcenter_of(self, key: str) -> VcenterConfig:
        """Where in vCenter the machines of one user cluster stand."""
        return self.vcenter.overridden_by(self.user_clusters[key].vcenter)

    def routable_ranges(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that other networks route to, with its path from this section, each once."""
        seen: set[IPv4Network] = set()
        for key, cluster in self.user_clusters.items():
            if cluster.network.cidr not in seen:
                seen.add(cluster.network.cidr)
                yield ("user_clusters", key, "network", "cidr"), cluster.network.cidr
            for path, addresses, _ in cluster.uses():
                # Only what a manual load balancer serves may lie outside of the subnet.
                elsewhere = IPv4Network(addresses.first)
                if not elsewhere.subnet_of(cluster.network.cidr) and elsewhere not in seen:
                    seen.add(elsewhere)
                    yield ("user_clusters", key, *path), elsewhere

    def islands(self) -> Iterator[tuple[Path, IPv4Network]]:
        """Every range that exists only inside one cluster, with its path from this section."""
        for key, cluster in self.user_clusters.items():
            for path, cidr in cluster.islands():
                yield ("user_clusters", key, *path), cidr

    def cluster_uses(self) -> Iterator[tuple[str, Use]]:
        """Every address of every user cluster, with the cluster's key and the path from this section."""
        for key, cluster in self.user_clusters.items():
            for path, addresses, words in cluster.uses():
                yield key, Use(("user_clusters", key, *path), addresses, words)

    def admin_uses(self) -> Iterator[Use]:
        """What the admin cluster and its workstation use, with paths from this section."""
        if self.admin_workstation:
            ip = AddressRange.of(self.admin_workstation.ip)
            yield Use(("admin_workstation", "ip"), ip, "admin workstation")
        if self.admin_cluster:
            for path, addresses in self.admin_cluster.uses():
                yield Use(("admin_cluster", *path), addresses, "admin cluster")
        for key, workstation in self.vsphere.workstations.items() if self.vsphere else ():
            # The admin workstation may be one of them.
            if not self.admin_workstation or workstation.ip != self.admin_workstation.ip:
                path = ("vsphere", "workstations", key, "ip")
                yield Use(path, AddressRange.of(workstation.ip), f"workstation {key}")
