"""The on-prem half of an environment: its admin cluster as data, its user clusters, and their rules.

Without an admin cluster an environment is its foundation only: the admin cluster is made by hand in
between, and user clusters come after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from ipaddress import IPv4Network
from itertools import combinations

from estate.model.addresses import AddressRange
from estate.model.base import Key, Model
from estate.model.google.values import Region
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.admin_cluster import AdminClusterConfig, AdminWorkstationConfig
from estate.model.vmware.load_balancer import LOAD_BALANCER_POOL
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.user_cluster_rules import Use
from estate.model.vmware.vcenter import VcenterConfig
from estate.model.vmware.versions import minor, order, supported
from estate.model.vmware.vsphere.rules import vsphere_violations
from estate.model.vmware.vsphere.vsphere import VsphereConfig

_SHARED = frozenset({"gateway"})


class Phase(StrEnum):
    """How far the on-prem half of an environment has come; a person's work lies between any two."""

    FOUNDATION = "foundation"
    ADMIN_CLUSTER = "admin cluster"
    USER_CLUSTERS = "user clusters"


class VmwareConfig(Model):
    """One admin cluster and the user clusters that it manages."""

    location: Region
    """Google Cloud region that keeps the clusters' data and memberships. Another one replaces every user
    cluster."""
    admin_cluster: AdminClusterConfig | None = None
    """The admin cluster, which is made by hand; without it no user cluster can be."""
    admin_workstation: AdminWorkstationConfig | None = None
    """The machine that gkectl runs on, which is made by hand; its address is unchecked when absent."""
    vcenter: VcenterConfig = VcenterConfig()
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

    @rule
    def _user_clusters_have_an_admin_cluster(self) -> Iterator[Violation]:
        if self.user_clusters and not self.admin_cluster:
            yield Violation(
                ("user_clusters",),
                "need admin_cluster, with its membership and version; make it with gkectl first and write it here, "
                "or leave user_clusters out until it stands",
                ("admin_cluster",),
            )

    @rule
    def _admin_cluster_is_not_older(self) -> Iterator[Violation]:
        admin = self.admin_cluster
        for key, cluster in self.user_clusters.items() if admin else ():
            if admin and order(cluster.version) > order(admin.version):
                yield Violation(
                    ("user_clusters", key, "version"),
                    f"must not be newer than admin_cluster.version {admin.version}, got {cluster.version}; "
                    "upgrade the admin cluster first",
                )

    @rule
    def _admin_cluster_manages_the_version(self) -> Iterator[Violation]:
        if not self.admin_cluster:
            return
        rules = supported().get(minor(self.admin_cluster.version))
        for key, cluster in self.user_clusters.items() if rules else ():
            name = minor(cluster.version)
            if rules and name in supported() and order(name) < order(rules.admin_manages[-1]):
                yield Violation(
                    ("user_clusters", key, "version"),
                    f"must be of {', '.join(rules.admin_manages)}, which is what an admin cluster of "
                    f"{self.admin_cluster.version} manages, got {cluster.version}; upgrade the user cluster first",
                )

    @rule
    def _networks_are_the_same_or_apart(self) -> Iterator[Violation]:
        """Clusters may share a subnet, and then mean the same one."""
        for (one, cluster), (other, second) in combinations(self.user_clusters.items(), 2):
            mine, theirs = cluster.network, second.network
            if not mine.cidr.overlaps(theirs.cidr):
                continue
            for field in ("cidr", "gateway", "port_group"):
                if getattr(mine, field) != getattr(theirs, field):
                    yield Violation(
                        ("user_clusters", other, "network", field),
                        f"must be that of {one}, {getattr(mine, field)}, because network.cidr {theirs.cidr} "
                        f"overlaps that of {one}; got {getattr(theirs, field)}",
                    )

    @rule
    def _no_address_belongs_to_two(self) -> Iterator[Violation]:
        uses = [*((None, use) for use in self.admin_uses()), *self.cluster_uses()]
        for (one, mine), (other, theirs) in combinations(uses, 2):
            # A cluster's own addresses are its own model's business.
            of_one_cluster = one is not None and one == other
            both_routers = mine.words in _SHARED and theirs.words in _SHARED
            if of_one_cluster or both_routers or not mine.addresses.overlaps(theirs.addresses):
                continue
            yield Violation(
                theirs.path,
                f"must not overlap {'.'.join(map(str, mine.path))} {mine.addresses} ({mine.words}), "
                f"got {theirs.addresses} for the {theirs.words}; choose free addresses",
            )

    @rule
    def _servers_are_no_nodes_of_others(self) -> Iterator[Violation]:
        """A service of another cluster may answer at one of its pools; its nodes answer nobody."""
        for key, cluster in self.user_clusters.items():
            for other, use in self.cluster_uses():
                if other == key or use.words in _SHARED or use.words.startswith(LOAD_BALANCER_POOL):
                    continue
                for field in ("dns", "ntp"):
                    for position, server in enumerate(getattr(cluster.network, field)):
                        if server in use.addresses:
                            yield Violation(
                                ("user_clusters", key, "network", field, position),
                                f"must be outside {'.'.join(map(str, use.path))} {use.addresses} ({use.words} of "
                                f"{other}), got {server}; name another server",
                            )

    @rule
    def _islands_leave_the_admin_cluster_reachable(self) -> Iterator[Violation]:
        for path, cidr in self.islands():
            for use in self.admin_uses():
                if use.addresses.overlaps(AddressRange.of(cidr)):
                    yield Violation(
                        path,
                        f"must not cover {'.'.join(map(str, use.path))} {use.addresses}, which the cluster could "
                        f"then not reach, got {cidr}; choose another range",
                    )

    @rule
    def _vsphere_fits(self) -> Iterator[Violation]:
        yield from vsphere_violations(self)
