"""What has to happen before outdated clusters can be adopted, in order, with gkectl's commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from estate.facts.vmware.versions import order, supported
from operations.adopt.gkectl.outdated import FIRST_WITHOUT_LEGACY, Legacy, Outdated
from operations.adopt.gkectl.upgrades import OPTIONS, Going, upgrade_steps
from operations.adopt.told import Step

GUIDES: Final = (
    "https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/"
    "{migrate-user-cluster-recommended-features, migrate-admin-cluster-recommended-features, upgrading, "
    "update-or-upgrade-to-adv-cluster}"
)
"""Google's guides, which the steps are taken from and which say more of each."""

_MIGRATION: Final = "1.30"
"""The version to migrate in: 1.29 has the tools as a preview and cannot change the dataplane, 1.31 is the last."""
_LEGACY: Final = (Legacy.KUBECEPTION, Legacy.DATAPLANE_V1, Legacy.F5, Legacy.SEESAW)
_UNKNOWN_ADMIN: Final = "admin-cluster.yaml"


def steps(clusters: Sequence[Outdated], admin_file: str | None) -> list[Step]:
    """Say what has to happen first, in the order that Google has it in.

    Args:
        clusters: what is outdated about each of them.
        admin_file: the admin cluster's file; None when it was not given.
    """
    admin = admin_file or _UNKNOWN_ADMIN
    migrating = [cluster for cluster in clusters if _migrates(cluster)]
    possible = [cluster for cluster in migrating if cluster.version < FIRST_WITHOUT_LEGACY]
    found = [_impossible(cluster) for cluster in migrating if cluster not in possible]
    found += _upgrade_to_migrate(possible, admin_file)
    for cluster in possible:
        found += _admin_migration(cluster) if cluster.is_admin else _user_migration(cluster, admin)
    for cluster in clusters:
        found += _changes(cluster, migrates=cluster in migrating)
    old = [one for one in clusters if one.has(Legacy.OLD_VERSION)]
    target = next(iter(supported()))
    found += upgrade_steps(
        _going(old, admin_file, migrated=possible),
        target,
        f"{target} is the oldest that is supported, newer ones do too",
    )
    found.append(("give this command the files as they are by then", ()))
    return found


def _migrates(cluster: Outdated) -> bool:
    return cluster.has(*_LEGACY) or (cluster.is_admin and cluster.has(Legacy.SINGLE))


def _impossible(cluster: Outdated) -> Step:
    kind = "admin" if cluster.is_admin else f"cluster --cluster-name {cluster.name}"
    return (
        f"{cluster.name}: find out what runs: no version after 1.31 has what the file says, nor offers a migration from "
        "it; have gkectl write the file anew, and if it says the same, make a new cluster and move the workloads",
        (f"gkectl get-config {kind} --kubeconfig ADMIN_KUBECONFIG",),
    )


def _going(
    clusters: Sequence[Outdated], admin_file: str | None, migrated: Sequence[Outdated] = ()
) -> list[Going]:
    """Who is upgraded, with the version that each has by then, and the admin cluster whose file was not given."""
    going = []
    for one in clusters:
        version = ".".join(map(str, one.version))
        if one in migrated:
            version = max(version, _MIGRATION, key=order)
        going.append(Going(one.name, one.document.name, version, one.is_admin))
    if going and admin_file is None:
        oldest = min((one.version for one in going), key=order)
        going.append(Going("their admin cluster, where it is older", _UNKNOWN_ADMIN, oldest, is_admin=True))
    return going


def _upgrade_to_migrate(clusters: Sequence[Outdated], admin_file: str | None) -> Iterator[Step]:
    below = [one for one in clusters if one.version and one.version < order(_MIGRATION)]
    yield from upgrade_steps(
        _going(below, admin_file),
        _MIGRATION,
        "1.29 to 1.31 offer the migration, 1.29 as a preview and not from Dataplane V1",
    )


def _changes(cluster: Outdated, *, migrates: bool) -> Iterator[Step]:
    """What is changed without a migration."""
    if cluster.has(Legacy.SINGLE) and not migrates:
        yield (
            f"{cluster.name}: give its control plane three nodes: masterNode.replicas: 3, with three addresses",
            (_update(cluster),),
        )
    if cluster.has(Legacy.WINDOWS):
        yield (
            f"{cluster.name}: move what runs on Windows elsewhere and delete the pools; from 1.33 on there are none",
            (_update(cluster),),
        )


def _user_migration(cluster: Outdated, admin: str) -> Iterator[Step]:
    update = (_update(cluster),)
    if cluster.encrypts_secrets:
        yield f"{cluster.name}: say secretsEncryption.generatedKey.disabled: true", update
    if cluster.has(Legacy.DATAPLANE_V1):
        yield (
            f"{cluster.name}: say enableDataplaneV2: true; take network policies out while it changes, in 1.30 or 1.31",
            update,
        )
    if cluster.has(Legacy.SEESAW):
        yield f"{cluster.name}: choose the node pool for MetalLB: enableLoadBalancer: true", update
    edits = list(_edits(cluster))
    if edits:
        yield (
            "turn the admin cluster's own repair off meanwhile: autoRepair.enabled: false in its file",
            (f"gkectl update admin {OPTIONS} {admin}",),
        )
        yield f"{cluster.name}: change all of this at once: {'; '.join(edits)}", update
        yield (
            "turn on again what was turned off",
            (f"gkectl update admin {OPTIONS} {admin}",),
        )


def _edits(cluster: Outdated) -> Iterator[str]:
    if cluster.has(Legacy.KUBECEPTION):
        yield (
            "enableControlplaneV2: true with masterNode.replicas: 3, three free addresses of the cluster's own subnet in "
            "network.controlPlaneIPBlock, network.hostConfig, and a new loadBalancer.vips.controlPlaneVIP there"
        )
    if cluster.has(Legacy.F5):
        yield (
            "loadBalancer.kind: ManualLB with the ports that the F5 uses now in loadBalancer.manualLB, and no f5BigIP; "
            "the F5 stays, its agents are yours from then on"
        )
    if cluster.has(Legacy.SEESAW):
        yield "loadBalancer.kind: MetalLB with the ingress VIP and the services' addresses in metalLB.addressPools"


def _admin_migration(cluster: Outdated) -> Iterator[Step]:
    edits = []
    if cluster.has(Legacy.F5, Legacy.SEESAW):
        edits.append("loadBalancer.kind: ManualLB or MetalLB")
    if cluster.has(Legacy.SINGLE):
        edits.append(
            "adminMaster.replicas: 3 with three addresses in network.controlPlaneIPBlock and a new controlPlaneVIP"
        )
    yield (
        f"{cluster.name}, once its user clusters are migrated: {'; '.join(edits)}",
        (f"gkectl update admin {OPTIONS} {cluster.document.name}",),
    )


def _update(cluster: Outdated) -> str:
    return f"gkectl update cluster {OPTIONS} {cluster.document.name}"
