"""The flow of ``hybrid upgrade``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from estate.facts.vmware.versions import order, why_unsupported
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.estate import Estate
from estate.model.vmware.vmware import VmwareConfig
from estate.reading.estate_loader import load_estate
from estate.reading.paths import did_you_mean, quoted, shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import read
from operations.files.trial import load_with
from operations.files.writing import write_files
from operations.files.yaml_text import read_exactly
from operations.files.yaml_values import replace_value
from operations.upgrade.eks import EksUpgrade, why_unknown
from operations.upgrade.state import Running, running_versions
from operations.upgrade.steps import Refusal, Step, VmwareUpgrade

ON_PREM: Final = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+-gke\.[0-9]+")
_EKS: Final = re.compile(r"1\.[0-9]+")


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade comes to.

    Attributes:
        estate: the environment files as they are after the first step, or as they are.
        environment: whose clusters they are.
        target: the version to come.
        clusters: keys of the clusters that were named; none when all were meant.
        steps: what is left to do, the step that was taken first; none when all is done.
        file: the environment's file.
        written: whether the file says the first step now.
    """

    estate: Estate
    environment: str
    target: str
    clusters: tuple[str, ...]
    steps: tuple[Step, ...]
    file: str
    written: bool


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        folder: the folder of the environment files.
        environment: the environment.
        version: the version to come.
        clusters: keys of clusters, all when none is named.
        state: text of the environment's state, for what runs; the file is believed without it.
        write: whether to write the first step.
    """

    folder: Path
    environment: str
    version: str
    clusters: Sequence[str] = ()
    state: str | None = None
    write: bool = True

    @property
    def path(self) -> Path:
        """The environment's file."""
        return self.folder / f"{self.environment}.yaml"


def upgrade(request: Request) -> Upgrade:
    """Take the next step to a version: check the path, and write it into the environment's file.

    Raises:
        InvalidInput: the files are wrong, there is no such environment, cluster or version, or the path is
            not legal; nothing was written.
    """
    estate = load_estate(request.folder, [request.environment])
    source = read(request.path, shown(request.path))
    named = set(request.clusters)
    is_full = ON_PREM.fullmatch(request.version)
    if is_full and not (named and named <= set(_eks_clusters(request, estate))):
        steps, refusals = _on_prem(request, estate)
    elif is_full or _EKS.fullmatch(request.version):
        steps, refusals = _eks(request, estate)
    else:
        message = (
            f"{quoted(request.version)} is no version; write one of GKE on VMware such as 1.35.0-gke.525, one of EKS "
            "such as 1.35, or with --cluster one of an attached cluster's platform such as 1.35.0-gke.1"
        )
        raise InvalidInput.of_file("VERSION", message)
    if refusals:
        raise InvalidInput(source.problem(refusal.path, refusal.message) for refusal in refusals)
    if not steps:
        return _upgrade(request, estate, steps, source.display, written=False)
    text = replace_value(read_exactly(request.path), steps[0].path, steps[0].target)
    after = load_with(request.folder, {request.path.name: text})
    if request.write:
        write_files([(request.path, text)], request.folder)
    return _upgrade(request, after, steps, source.display, written=request.write)


def _upgrade(request: Request, estate: Estate, steps: list[Step], file: str, *, written: bool) -> Upgrade:
    clusters = tuple(request.clusters)
    return Upgrade(
        estate, request.environment, request.version, clusters, tuple(steps), file, written=written
    )


def _on_prem(request: Request, estate: Estate) -> tuple[list[Step], list[Refusal]]:
    vmware = estate.environments[request.environment].vmware
    if vmware is None or vmware.admin_cluster is None:
        raise InvalidInput(
            [_about(request, "", "has no admin cluster on VMware to upgrade (vmware.admin_cluster)")]
        )
    why = why_unsupported(request.version)
    if why:
        raise InvalidInput.of_file("VERSION", why)
    only = _chosen(request, list(vmware.user_clusters), "vmware.user_clusters")
    running = Running() if request.state is None else running_versions(request.state, "state")
    names = {
        key: one.name_in(estate.organization.name, request.environment, key)
        for key, one in vmware.user_clusters.items()
    }
    refusals = list(_not_applied(vmware, names, running))
    planned = VmwareUpgrade(
        request.environment,
        vmware,
        request.version,
        only,
        {key: running.pools[name] for key, name in names.items() if name in running.pools},
        known_versions(estate),
    )
    return planned.steps(), [*refusals, *planned.refusals()]


def _eks(request: Request, estate: Estate) -> tuple[list[Step], list[Refusal]]:
    clusters = _eks_clusters(request, estate)
    if not clusters:
        raise InvalidInput([_about(request, "", "has no EKS cluster to upgrade (aws.eks_clusters)")])
    why = None if ON_PREM.fullmatch(request.version) else why_unknown(request.version)
    if why:
        raise InvalidInput.of_file("VERSION", why)
    planned = EksUpgrade(
        request.environment,
        clusters,
        request.version,
        _chosen(request, list(clusters), "aws.eks_clusters"),
        {
            key: one.name_in(estate.organization.name, request.environment, key)
            for key, one in clusters.items()
        },
        Running() if request.state is None else running_versions(request.state, "state"),
    )
    return planned.steps(), list(planned.refusals())


def _eks_clusters(request: Request, estate: Estate) -> Mapping[str, EksClusterConfig]:
    aws = estate.environments[request.environment].aws
    return aws.eks_clusters if aws else {}


def known_versions(estate: Estate) -> frozenset[str]:
    """Every full version of GKE on VMware that the files name."""
    sections = [one.vmware for one in estate.environments.values() if one.vmware]
    admins = {section.admin_cluster.version for section in sections if section.admin_cluster}
    return frozenset(admins | {one.version for section in sections for one in section.user_clusters.values()})


def _chosen(request: Request, there: Sequence[str], path: str) -> Sequence[str]:
    unknown = [key for key in request.clusters if key not in there]
    if unknown:
        raise InvalidInput(_about(request, path, _no_cluster(key, there)) for key in unknown)
    return request.clusters or there


def _no_cluster(key: str, there: Sequence[str]) -> str:
    return (
        f"holds no cluster {quoted(key)}{did_you_mean(key, there)} (there are: {', '.join(there) or 'none'})"
    )


def _not_applied(vmware: VmwareConfig, names: Mapping[str, str], running: Running) -> list[Refusal]:
    """Clusters that do not run yet what the file says: a step has to be applied before the next is taken."""
    return [
        Refusal(
            ("vmware", "user_clusters", key, "version"),
            f"is {one.version}, and the state has {running.clusters[names[key]]}; apply that step first",
        )
        for key, one in vmware.user_clusters.items()
        if order(running.clusters.get(names[key], one.version)) != order(one.version)
    ]


def _about(request: Request, path: str, message: str) -> Problem:
    return Problem.of_file(shown(request.path), message, path)
