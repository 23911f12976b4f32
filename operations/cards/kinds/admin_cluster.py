"""The admin cluster, which is made by hand and no resource; an output says its version.

How it is saved: https://cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/back-up-and-restore-an-admin-cluster-with-gkectl
and, for advanced clusters, .../back-up-and-restore-advanced-cluster-with-gkectl (excerpts, 2026-11-30).
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.vmware.admin_cluster import LONGEST_NAME_IN_CONSOLE, AdminClusterConfig
from operations.cards.card import Card, Entity, Promoted, Step, Turn, Weight, row


def _summary(entity: Entity[AdminClusterConfig]) -> str:
    return f"{entity.config.name}, {entity.config.version}, made by hand"


def _warnings(entity: Entity[AdminClusterConfig]) -> Iterator[tuple[Weight, str]]:
    if not entity.config.addresses:
        yield (
            Weight.BROKEN,
            "vmware.admin_cluster says no addresses: a user cluster that takes one of them is not noticed",
        )
    name = entity.config.name
    if len(name) > LONGEST_NAME_IN_CONSOLE:
        yield (
            Weight.TOLD,
            f"the admin cluster's name {name} has {len(name)} characters: gkectl takes it, and Google's console at most "
            f"{LONGEST_NAME_IN_CONSOLE}",
        )


def _steps(entity: Entity[AdminClusterConfig]) -> Iterator[Step]:
    """No user cluster can be made before its admin cluster is a member of the fleet, which wants keys of accounts."""
    admin = entity.config
    yield Step(
        Turn.ADMIN_CLUSTER,
        f"have the admin cluster {admin.name} run {admin.version}, registered as {admin.membership}",
        (
            f"gcloud container fleet memberships describe {admin.name} --project={admin.project} "
            f"--location={admin.membership.split('/')[3]}",
        ),
    )
    yield Step(
        Turn.ADMIN_CLUSTER,
        f"save the admin cluster {admin.name} on the admin workstation, now and after each change, and keep the file, which "
        "holds keys, apart from the data center; of an advanced cluster by gkectl backup cluster "
        "(docs/losing-a-cluster.md)",
        ("gkectl backup admin --kubeconfig ADMIN_KUBECONFIG --config ADMIN_CLUSTER_CONFIG",),
    )


CARD = Card(
    path="vmware.admin_cluster",
    models=(AdminClusterConfig,),
    noun="admin cluster",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    promoted=Promoted("version"),
)
