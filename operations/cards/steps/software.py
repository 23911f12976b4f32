"""How software of others comes into a cluster, and what volumes are made of where no tree of manifests says so.

Whoever applies a cluster's manifests installs the software by them, and is looked after; elsewhere a person does, with Helm, in
the same version and with the same settings: https://helm.sh/docs/helm/helm_upgrade/ (--set-json, 2026-11-30).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from estate.derived.clusters.applied import applier
from estate.derived.clusters.installed import installed
from estate.derived.clusters.software import Software
from estate.derived.clusters.storage import default_storage
from estate.model.environment import Environment
from estate.model.gitops import Applier
from estate.model.organization import Organization
from manifests.storage_classes import storage_classes
from operations.cards.card import Step, Turn
from operations.cards.steps.commands import kubeconfig


def software_steps(organization: Organization, environment: Environment, cluster: str) -> Iterator[Step]:
    """What a person does for each piece of software of a cluster whose manifests nobody applies."""
    if not _by_hand(organization, environment, cluster):
        return
    file = kubeconfig(environment.environment, cluster)
    for one in installed(organization, environment, cluster):
        yield Step(
            Turn.IN_CLUSTERS,
            f"install {one.name} in cluster {cluster}, chart {one.package.version}, and again when its version or its settings "
            "change: nobody applies the manifests of the cluster",
            (*_helm(one, file), *_looked_at(one, file)),
        )


def software_seen(organization: Organization, environment: Environment) -> Iterator[Step]:
    """How to see that what the manifests install runs."""
    for cluster in environment.members:
        file = kubeconfig(environment.environment, cluster)
        for one in (
            ()
            if _by_hand(organization, environment, cluster)
            else installed(organization, environment, cluster)
        ):
            seen = _looked_at(one, file)
            if seen:
                yield Step(
                    Turn.IN_CLUSTERS,
                    f"see that {one.name} runs in cluster {cluster}, which the manifests have installed there",
                    seen,
                )


def storage_steps(organization: Organization, environment: Environment, cluster: str) -> Iterator[Step]:
    """The default StorageClass of a cluster that no tree of manifests is for."""
    if organization.gitops and cluster in environment.members:
        return
    for one in storage_classes(default_storage(organization, environment, cluster)):
        file = kubeconfig(environment.environment, cluster)
        yield Step(
            Turn.IN_CLUSTERS,
            f"give cluster {cluster} a default StorageClass of encrypted volumes, unless it has one: EKS makes none",
            (
                f"kubectl --kubeconfig {file} get storageclass",
                f"echo '{json.dumps(one)}' | kubectl --kubeconfig {file} apply --server-side -f -",
            ),
        )


def _by_hand(organization: Organization, environment: Environment, cluster: str) -> bool:
    return cluster not in environment.members or applier(organization, environment, cluster) is Applier.NONE


def _looked_at(one: Software, file: str) -> tuple[str, ...]:
    """How to see that it runs; nothing where it brings definitions alone."""
    deployment = f"deployment/{one.deployment or one.release} --namespace={one.namespace}"
    return (f"kubectl --kubeconfig {file} rollout status {deployment}",) if one.package.runs else ()


def _helm(one: Software, file: str) -> tuple[str, ...]:
    """What installs the chart that was looked at, and no other that is called the same by now."""
    package = one.package
    archive = package.url.rpartition("/")[2]
    # Helm installs custom resources and never upgrades them: https://helm.sh/docs/chart_best_practices/custom_resource_definitions/
    apply = f"| kubectl --kubeconfig {file} apply --server-side --force-conflicts -f -"
    crds = f" && helm show crds {archive} {apply}" if package.crds else ""
    values = " ".join(f"--set-json '{key}={json.dumps(value)}'" for key, value in one.values.items())
    # Where nobody could read the checksum, a person holds it against the repository's index.
    checked = (
        f"echo '{package.sha256}  {archive}' | sha256sum --check"
        if package.sha256
        else f"curl --fail --silent {package.repository}/index.yaml | grep $(sha256sum {archive} | cut --characters=-64)"
    )
    return (
        f"curl --fail --location --output {archive} {package.url}",
        f"{checked}{crds} && helm --kubeconfig {file} upgrade --install "
        f"{one.release} {archive} --namespace {one.namespace} --create-namespace "
        f"{values}",
    )
