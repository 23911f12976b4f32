"""The steps of EKS clusters to a version of Kubernetes, and of attached ones to a version of Google's software.

A control plane goes one minor version at a time, node groups that say their version come after it, and are at most
three behind: https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html. The software of an attached
cluster follows Kubernetes and is at most one behind:
https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks/how-to/update-cluster.

Left out: versions of add-ons, which no minor version says; the runbook has the commands that list them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from estate.facts.aws.eks_versions import minor_number, versions
from estate.facts.vmware.versions import minor, order
from estate.model.aws.eks_attach import AttachConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.rules import Path
from operations.upgrade.state import Running
from operations.upgrade.steps import Refusal, Step, jump

NODES_MAY_LAG: Final = 3
"""Minor versions that nodes may be behind their control plane."""

PLATFORM_MAY_LAG: Final = 1
"""Minor versions that Google's software may be behind Kubernetes."""


@dataclass(frozen=True)
class EksUpgrade:
    """An upgrade of EKS clusters.

    Attributes:
        environment: its name, for the commands in messages.
        clusters: the clusters of its file.
        target: the version to come: of Kubernetes such as 1.36, or of the platform such as 1.36.0-gke.1.
        only: keys of the clusters that are meant.
        names: their names, by key.
        running: what runs, where a state says it.
    """

    environment: str
    clusters: Mapping[str, EksClusterConfig]
    target: str
    only: Collection[str]
    names: Mapping[str, str]
    running: Running

    @property
    def _is_platform(self) -> bool:
        return "-" in self.target

    def steps(self) -> list[Step]:
        """The steps in order, one cluster after the other, and in each the control plane before its nodes."""
        return [
            step
            for key, cluster in self._meant()
            for step in (self._platform_steps if self._is_platform else self._version_steps)(key, cluster)
            if order(step.current) < order(self.target)
        ]

    def refusals(self) -> Iterator[Refusal]:
        """Everything that makes the upgrade illegal."""
        yield from self._not_applied()
        for key, cluster in self._meant():
            yield from (
                self._platform_refusals(key, cluster.attach, cluster.version)
                if self._is_platform
                else self._version_refusals(key, cluster)
            )

    def _meant(self) -> list[tuple[str, EksClusterConfig]]:
        return [(key, one) for key, one in self.clusters.items() if key in self.only]

    def _version_steps(self, key: str, cluster: EksClusterConfig) -> Iterator[Step]:
        yield Step(_path(key, "version"), f"EKS cluster {key}", key, cluster.version, self.target)
        for name, group in cluster.node_groups.items():
            if group.version:
                what = f"node group {name} of EKS cluster {key}"
                yield Step(_path(key, "node_groups", name, "version"), what, key, group.version, self.target)

    def _platform_steps(self, key: str, cluster: EksClusterConfig) -> Iterator[Step]:
        if cluster.attach:
            path, what = _path(key, "attach", "platform_version"), f"Google's software in EKS cluster {key}"
            yield Step(path, what, key, cluster.attach.platform_version, self.target)

    def _version_refusals(self, key: str, cluster: EksClusterConfig) -> Iterator[Refusal]:
        current, want = cluster.version, minor_number(self.target)
        between = jump(current, self.target)
        if order(current) > order(self.target):
            message = f"is {current}, which is newer than {self.target}; EKS never goes back"
            yield Refusal(_path(key, "version"), message)
            return
        if between:
            yield Refusal(
                _path(key, "version"),
                f"is {current}, and EKS goes one minor version at a time; the legal path to {self.target} is "
                f"{current} -> {' -> '.join([*between, self.target])}; first {self._command(between[0], key)}",
            )
            return
        for name, group in cluster.node_groups.items():
            if group.version and minor_number(group.version) < want - NODES_MAY_LAG:
                yield Refusal(
                    _path(key, "node_groups", name, "version"),
                    f"is {group.version}, and nodes are at most {NODES_MAY_LAG} minor versions behind {self.target}; "
                    f"first {self._command(current, key)}",
                )
        platform = cluster.attach.platform_version if cluster.attach else None
        if platform and minor_number(platform) < want - PLATFORM_MAY_LAG:
            yield Refusal(
                _path(key, "attach", "platform_version"),
                f"is {platform}, and goes with Kubernetes up to 1.{minor_number(platform) + PLATFORM_MAY_LAG}, not with "
                f"{self.target}; first {self._command(f'{current}.Z-gke.N', key)}",
            )

    def _platform_refusals(self, key: str, attach: AttachConfig | None, version: str) -> Iterator[Refusal]:
        if attach is None:
            message = f"is missing, so no software of Google's is there to go to {self.target}"
            yield Refusal(_path(key, "attach"), message)
            return
        path, current = _path(key, "attach", "platform_version"), attach.platform_version
        between = jump(current, self.target)
        if order(current) > order(self.target):
            yield Refusal(path, f"is {current}, which is newer than {self.target}; it never goes back")
        elif minor_number(self.target) > minor_number(version):
            yield Refusal(
                path,
                f"is {current}, and follows Kubernetes, which is {version}; first "
                f"{self._command(minor(self.target), key)}",
            )
        elif between:
            yield Refusal(
                path,
                f"is {current}, and goes one minor version at a time; the legal path to {self.target} is "
                f"{' -> '.join([minor(current), *between, minor(self.target)])}; first "
                f"{self._command(f'{between[0]}.Z-gke.N', key)}",
            )

    def _command(self, version: str, key: str) -> str:
        return f"hybrid upgrade {self.environment} {version} --cluster {key}"

    def _not_applied(self) -> Iterator[Refusal]:
        """What does not run yet what the file says: a step has to be applied before the next is taken."""
        for key, cluster in self._meant():
            name = self.names[key]
            groups = self.running.groups.get(name, {})
            said: list[tuple[Path, str, str | None]] = [
                (_path(key, "version"), cluster.version, self.running.eks.get(name)),
                *(
                    (
                        _path(key, "node_groups", group, "version"),
                        one.version or cluster.version,
                        groups.get(one.name or group),
                    )
                    for group, one in cluster.node_groups.items()
                ),
            ]
            if cluster.attach:
                path = _path(key, "attach", "platform_version")
                said.append((path, cluster.attach.platform_version, self.running.platforms.get(name)))
            for path, version, runs in said:
                if runs and order(runs) != order(version):
                    yield Refusal(path, f"is {version}, and the state has {runs}; apply that step first")


def why_unknown(version: str) -> str | None:
    """What is wrong with a version of Kubernetes by itself; None when nothing is."""
    known = versions().kubernetes
    if version in known:
        return None
    return (
        f"must be a known version, {', '.join(known)}; got {version}; if EKS has it by now, add it to "
        "estate/facts/aws/eks_versions.json"
    )


def _path(key: str, *parts: str) -> Path:
    return ("aws", "eks_clusters", key, *parts)
