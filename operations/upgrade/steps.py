"""The steps from the versions that an environment says to another one, as far as they are legal.

https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/upgrading has the rules for
VMware: the admin cluster goes first and is never older than a user cluster, a control plane goes one minor
version at a time, pools are at most two behind and those of the load balancer none.

Left out: EKS, which :mod:`operations.upgrade.eks` has; GKE in Google Cloud, which its release channel upgrades.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from estate.facts.vmware.versions import minor, order, supported
from estate.model.rules import Path
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vmware.vmware import VmwareConfig

POOLS_MAY_LAG: Final = 2
"""Minor versions that a node pool may be behind its control plane."""

PoolVersions = Mapping[str, Mapping[str, str]]
"""Versions of node pools as they run, by pool, by cluster."""


@dataclass(frozen=True)
class Step:
    """One change of one version.

    Attributes:
        path: where the version stands in the environment's file.
        what: the cluster in words.
        key: its key; None for the admin cluster.
        current: the version that the file says.
        target: the version to come.
    """

    path: Path
    what: str
    key: str | None
    current: str
    target: str


@dataclass(frozen=True)
class Refusal:
    """Why a step cannot be taken.

    Attributes:
        path: what it is about.
        message: what was found, what is allowed and what to do.
    """

    path: Path
    message: str


def minor_number(version: str) -> tuple[int, int]:
    """Major and minor version as numbers."""
    major, number = order(version)[:2]
    return major, number


def jump(current: str, target: str) -> list[str]:
    """Minor versions that have to come between two versions; none when the step is legal."""
    (major, have), (_, want) = minor_number(current), minor_number(target)
    return [f"{major}.{number}" for number in range(have + 1, want)]


@dataclass(frozen=True)
class VmwareUpgrade:
    """An upgrade of an environment on VMware.

    Attributes:
        environment: its name, for the commands in messages.
        vmware: what its file says.
        target: the version to come.
        only: keys of the user clusters that are meant.
        pools: versions that pools run, where a state says them.
        known: full versions that stand anywhere in the estate, for advice.
    """

    environment: str
    vmware: VmwareConfig
    target: str
    only: Collection[str]
    pools: PoolVersions
    known: Collection[str]

    def steps(self) -> list[Step]:
        """The steps in order: the admin cluster, then user clusters one by one."""
        admin = self.vmware.admin_cluster
        found = []
        if admin and order(admin.version) < order(self.target):
            path = ("vmware", "admin_cluster", "version")
            found.append(Step(path, "the admin cluster", None, admin.version, self.target))
        found += [
            Step(self._path(key), f"user cluster {key}", key, cluster.version, self.target)
            for key, cluster in self._meant()
            if order(cluster.version) < order(self.target)
        ]
        return found

    def refusals(self) -> Iterator[Refusal]:
        """Everything that makes the upgrade illegal."""
        for key, cluster in self._meant():
            if order(cluster.version) > order(self.target):
                yield Refusal(
                    self._path(key),
                    f"is {cluster.version}, which is newer than {self.target}; a cluster never goes back: restore "
                    "it from a backup, or make a new one",
                )
        admin = self.vmware.admin_cluster
        if admin and not self.vmware.user_clusters and order(admin.version) > order(self.target):
            yield Refusal(
                ("vmware", "admin_cluster", "version"),
                f"is {admin.version}, which is newer than {self.target}; an admin cluster never goes back",
            )
        for step in self.steps():
            yield from self._jumps(step)
        yield from self._left_behind()
        for key, cluster in self._meant():
            if order(cluster.version) < order(self.target):
                yield from self._pool_refusals(key, cluster)

    def _meant(self) -> list[tuple[str, UserClusterConfig]]:
        return [(key, one) for key, one in self.vmware.user_clusters.items() if key in self.only]

    def _path(self, key: str) -> Path:
        return ("vmware", "user_clusters", key, "version")

    def _jumps(self, step: Step) -> Iterator[Refusal]:
        between = jump(step.current, step.target)
        if between:
            yield Refusal(
                step.path,
                f"is {step.current}, and a control plane goes one minor version at a time; the legal path to "
                f"{step.target} is {minor(step.current)} -> {' -> '.join([*between, minor(step.target)])}; "
                f"first hybrid upgrade {self.environment} {self._example(between[0])}",
            )

    def _example(self, name: str) -> str:
        """A full version of a minor one, one that the estate knows where there is one."""
        known = sorted((one for one in self.known if minor(one) == name), key=order)
        return known[-1] if known else f"{name}.Z-gke.N"

    def _left_behind(self) -> Iterator[Refusal]:
        """User clusters that an admin cluster of the new version does not manage any more."""
        admin, rules = self.vmware.admin_cluster, supported().get(minor(self.target))
        if not admin or not rules or order(admin.version) >= order(self.target):
            return
        oldest = rules.admin_manages[-1]
        for key, cluster in self.vmware.user_clusters.items():
            if minor_number(cluster.version) < minor_number(oldest):
                yield Refusal(
                    self._path(key),
                    f"is {cluster.version}, and an admin cluster of {self.target} manages "
                    f"{', '.join(rules.admin_manages)}; first hybrid upgrade {self.environment} {admin.version} "
                    f"--cluster {key}",
                )

    def _pool_refusals(self, key: str, cluster: UserClusterConfig) -> Iterator[Refusal]:
        if cluster.upgrade_policy.control_plane_only and key not in self.pools:
            yield Refusal(
                ("vmware", "user_clusters", key, "upgrade_policy"),
                "leaves pools behind, whose versions only the state knows; give it with --state FILE "
                f"(terraform -chdir=cdktf.out/stacks/{self.environment} state pull)",
            )
        for name, version in self.pools.get(key, {}).items():
            path = ("vmware", "user_clusters", key, "node_pools", name)
            pool = cluster.node_pools.get(name)
            if pool and pool.load_balancer and version != cluster.version:
                yield Refusal(
                    path,
                    f"runs {version}, and a pool of the load balancer must run its cluster's {cluster.version} "
                    "before the cluster goes on; apply the last step to its end first",
                )
            lag = minor_number(self.target)[1] - minor_number(version)[1]
            if lag > POOLS_MAY_LAG:
                yield Refusal(
                    path,
                    f"runs {version}, and a pool may be at most {POOLS_MAY_LAG} minor versions behind "
                    f"{self.target}; take upgrade_policy out of the cluster and apply that first",
                )
