"""What Config Sync reads, and what it reads it with: a repository that exists, and a secret in each cluster.

https://docs.cloud.google.com/kubernetes-engine/config-sync/docs/how-to/installing-config-sync has the secret git-creds and
its keys by kind, and what a Google service account needs (2026-11).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from estate.model.environment import Environment
from estate.model.fleet.config_sync import (
    ConfigSync,
    ConfigSyncSettings,
    GitRepository,
    OciRepository,
    Secret,
)
from operations.cards.card import Step, Turn, certain
from operations.cards.steps.way_in import in_each_cluster

_Repository = GitRepository | OciRepository

_NAMESPACE: Final = "config-management-system"
_HELD: Final = {
    Secret.SSH: "--from-file=ssh=PRIVATE_KEY_FILE",
    Secret.COOKIE_FILE: "--from-file=cookie_file=COOKIE_FILE",
    Secret.TOKEN: "--from-literal=username=USER --from-file=token=TOKEN_FILE",
}
"""What the secret holds, by what the cluster reads with; files, so that no secret stands in a shell's history."""


def config_sync_steps(environment: Environment, feature: ConfigSync) -> Iterator[Step]:
    """What has to be there for every repository that a member reads."""
    settings = {key: feature.clusters.get(key, feature) for key in environment.members}
    for repository, clusters in _by_repository(feature, settings).items():
        yield Step(Turn.RIGHTS, _wanted(repository), tuple(_looked_up(repository)))
        if clusters:
            yield from _secret(environment, repository, clusters)


def _by_repository(
    feature: ConfigSync, settings: Mapping[str, ConfigSyncSettings]
) -> Mapping[_Repository, list[str]]:
    """Clusters by what they read, the fleet's own first; it is there before any cluster."""
    found: dict[_Repository, list[str]] = {_source(feature): []}
    for key, one in settings.items():
        found.setdefault(_source(one), []).append(key)
    return found


def _source(settings: ConfigSyncSettings) -> _Repository:
    return settings.git or certain(settings.oci)


def _wanted(repository: _Repository) -> str:
    folder = f" with folder {repository.directory}" if repository.directory else ""
    return (
        f"have what Config Sync reads, {repository.repo}{folder}; whoever writes there administers every cluster that "
        "reads it"
    )


def _looked_up(repository: _Repository) -> Iterator[str]:
    if isinstance(repository, GitRepository):
        yield f"git ls-remote {repository.repo} {repository.revision or repository.branch}"
    if repository.gcp_service_account_email:
        yield f"gcloud iam service-accounts describe {repository.gcp_service_account_email}"


def _secret(environment: Environment, repository: _Repository, clusters: list[str]) -> Iterator[Step]:
    kind, name = repository.secret_type, environment.environment
    if kind in _HELD:
        yield Step(
            Turn.IN_CLUSTERS,
            f"give Config Sync what it reads {repository.repo} with (secret_type: {kind}), or it syncs nothing; its "
            "namespace comes with the feature, some minutes after the cluster",
            (
                in_each_cluster(
                    name,
                    clusters,
                    f"kubectl --kubeconfig $FILE create secret generic git-creds --namespace={_NAMESPACE} {_HELD[kind]}",
                ),
            ),
            (
                in_each_cluster(
                    name,
                    clusters,
                    f"kubectl --kubeconfig $FILE get secret git-creds --namespace={_NAMESPACE} --output=name",
                ),
            ),
        )
    if kind is Secret.GCE_NODE:
        yield Step(
            Turn.AFTER,
            f"let the account of the nodes of {', '.join(clusters)} read {repository.repo}: Config Sync reads it as that",
        )
    if kind is Secret.SERVICE_ACCOUNT:
        pool = certain(environment.google).host_project.id
        yield Step(
            Turn.AFTER,
            f"let Config Sync read {repository.repo} as {repository.gcp_service_account_email}, which has to be allowed "
            "to read it",
            (
                f"gcloud iam service-accounts add-iam-policy-binding {repository.gcp_service_account_email} "
                "--role=roles/iam.workloadIdentityUser "
                f"--member='serviceAccount:{pool}.svc.id.goog[{_NAMESPACE}/root-reconciler]'",
            ),
        )
