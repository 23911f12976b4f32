"""How what Velero saved comes back into a cluster that was made anew.

By objects rather than by Velero's own command, so that nothing has to be installed beside kubectl. What is in the cluster
already is skipped, claims with their volumes among it; rights and admission come by the tree of manifests and by people, and
not out of a backup: https://velero.io/docs/v1.18/restore-reference/ (2026-11-30).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.velero import SCHEDULE
from estate.model.aws.eks_backup import VELERO_NAMESPACE
from operations.cards.card import Step, Task, Turn
from operations.cards.steps.commands import kubeconfig

_RESTORE: Final = "anew"
_BY_OTHERS: Final = (
    "apiservices.apiregistration.k8s.io",
    "clusterrolebindings.rbac.authorization.k8s.io",
    "clusterroles.rbac.authorization.k8s.io",
    "mutatingwebhookconfigurations.admissionregistration.k8s.io",
    "storageclasses.storage.k8s.io",
    "validatingadmissionpolicies.admissionregistration.k8s.io",
    "validatingadmissionpolicybindings.admissionregistration.k8s.io",
    "validatingwebhookconfigurations.admissionregistration.k8s.io",
)
_COLUMNS: Final = "NAME:.metadata.name,PHASE:.status.phase,STARTED:.status.startTimestamp"


def secrets_of_velero(environment: str, cluster: str, secret: str) -> Iterator[Step]:
    """What Velero opens a bucket with that no cloud gives it a role for, and what it encrypts volumes with there.

    Where nobody says a password, Velero takes one that is the same everywhere and published: pkg/repository/keys/keys.go of
    https://github.com/vmware-tanzu/velero, v1.18.1.

    Args:
        environment: the environment's name.
        cluster: the cluster's key.
        secret: name of the Secret with the credentials.
    """
    kubectl = f"kubectl --kubeconfig {kubeconfig(environment, cluster)}"
    of_velero = f"--namespace={VELERO_NAMESPACE}"
    yield Step(
        Turn.IN_CLUSTERS,
        f"give Velero in cluster {cluster} the password of its volumes' files and the credentials of its bucket, from files that "
        "you delete then; keep the password where the loss of the cluster does not reach: without it no volume comes back, and a "
        "cluster that is made anew gets the same",
        (
            f"{kubectl} create namespace {VELERO_NAMESPACE} --dry-run=client --output=yaml | {kubectl} apply --server-side -f -",
            f"{kubectl} create secret generic velero-repo-credentials {of_velero} --from-file=repository-password=PASSWORD_FILE",
            f"{kubectl} create secret generic {secret} {of_velero} --from-file=cloud=CREDENTIALS_FILE",
        ),
        (f"{kubectl} get secrets velero-repo-credentials {secret} {of_velero}",),
    )


def restored_by_velero(environment: str, cluster: str, what: str) -> Iterator[Task]:
    """What brings volumes and Secrets back, once Velero runs in the new cluster.

    Args:
        environment: the environment's name.
        cluster: the cluster's key.
        what: the cluster, in words.
    """
    kubectl = f"kubectl --kubeconfig {kubeconfig(environment, cluster)}"
    of_velero = f"--namespace={VELERO_NAMESPACE}"
    yield Task(
        f"choose the newest backup that Completed before {what} was lost; Velero reads those of its bucket within a minute, and "
        "backs up the new cluster too, so a newer one holds nothing",
        (
            f"{kubectl} get backups.velero.io {of_velero} --selector=velero.io/schedule-name={SCHEDULE} "
            f"--sort-by=.status.startTimestamp --output=custom-columns={_COLUMNS}",
        ),
    )
    yield Task(
        f"take claims out of {what} that its teams' repositories have made by then, with what runs on them, and hold back what "
        "makes them: a claim that is there keeps its empty volume",
        (),
        (f"{kubectl} get persistentvolumeclaims --all-namespaces  # none that the backup has",),
    )
    restore = {
        "apiVersion": "velero.io/v1",
        "kind": "Restore",
        "metadata": {"name": _RESTORE, "namespace": VELERO_NAMESPACE},
        "spec": {"backupName": "BACKUP", "restorePVs": True, "excludedResources": list(_BY_OTHERS)},
    }
    yield Task(
        f"restore volumes and Secrets of {what} from it, with its name for BACKUP; what is in the cluster by then stays as it is. "
        "Then let what makes the teams' workloads go on",
        (f"echo '{json.dumps(restore)}' | {kubectl} create -f -",),
        (
            f"{kubectl} get restores.velero.io {_RESTORE} {of_velero} --output=jsonpath='{{.status.phase}}'  # Completed",
            f"{kubectl} get persistentvolumeclaims --all-namespaces  # Bound",
        ),
    )
