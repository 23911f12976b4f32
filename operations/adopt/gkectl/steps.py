"""What has to happen before outdated clusters can be adopted, in order, with gkectl's commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from estate.facts.vmware.versions import order, supported
from operations.adopt.gkectl.outdated import FIRST_WITHOUT_LEGACY, Legacy, Outdated

GUIDES: Final = (
    "https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/"
    "{migrate-user-cluster-recommended-features, migrate-admin-cluster-recommended-features, upgrading, "
    "update-or-upgrade-to-adv-cluster}"
)
"""Google's guides, which the steps are taken from and which say more of each."""
Step = tuple[str, tuple[str, ...]]
"""What to do, and the commands for it."""

# After 1.16 came 1.28: from then on a version is numbered as its Kubernetes.
_MINORS: Final = (*range(17), *range(28, 100))
_MIGRATION: Final = (1, 30)
"""The version to migrate in: 1.29 has the tools as a preview and cannot change the dataplane, 1.31 is the last."""
_LEGACY: Final = (Legacy.KUBECEPTION, Legacy.DATAPLANE_V1, Legacy.F5, Legacy.SEESAW)
_OPTIONS: Final = "--kubeconfig ADMIN_KUBECONFIG --config"


def steps(clusters: Sequence[Outdated]) -> list[Step]:
    """Say what has to happen first, user clusters before the admin cluster, as Google has it."""
    admin = next((one.document.name for one in clusters if one.is_admin), "admin-cluster.yaml")
    migrating = [cluster for cluster in clusters if _migrates(cluster)]
    possible = [cluster for cluster in migrating if cluster.version < FIRST_WITHOUT_LEGACY]
    found = [_impossible(cluster) for cluster in migrating if cluster not in possible]
    found += _upgrade_to_migrate(possible)
    for cluster in possible:
        found += _admin_migration(cluster) if cluster.is_admin else _user_migration(cluster, admin)
    for cluster in clusters:
        found += _changes(cluster, migrates=cluster in migrating)
    found += _upgrade_to_supported([one for one in clusters if one.has(Legacy.OLD_VERSION)], admin)
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


def _upgrade_to_migrate(clusters: Sequence[Outdated]) -> Iterator[Step]:
    below = [cluster for cluster in clusters if cluster.version and cluster.version < _MIGRATION]
    if below:
        first = min(cluster.version for cluster in below)
        yield (
            f"{_names(below)}: upgrade to {_name(_MIGRATION)}, one minor version at a time ({_hops(first, _MIGRATION)}), user "
            "clusters before their admin cluster; 1.29 to 1.31 offer the migration, 1.29 as a preview and not from "
            "Dataplane V1",
            tuple(map(_upgrade, below)),
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
            (f"gkectl update admin {_OPTIONS} {admin}",),
        )
        yield f"{cluster.name}: change all of this at once: {'; '.join(edits)}", update
        yield (
            "turn on again what was turned off",
            (f"gkectl update admin {_OPTIONS} {admin}",),
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
        (f"gkectl update admin {_OPTIONS} {cluster.document.name}",),
    )


def _upgrade_to_supported(clusters: Sequence[Outdated], admin: str) -> Iterator[Step]:
    if not clusters:
        return
    target = order(next(iter(supported())))
    first = min(max(one.version, _MIGRATION) if _migrates(one) else one.version for one in clusters)
    commands = [_upgrade(cluster) for cluster in clusters if not cluster.is_admin]
    yield (
        f"{_names(clusters)}: upgrade to {_name(target)} or newer, one minor version at a time ({_hops(first, target)}): up to "
        "1.30 user clusters before their admin cluster, from 1.31 on the admin cluster first; with 1.33 a cluster "
        "becomes an advanced one, which only gkectl can do",
        (f"gkectl upgrade admin {_OPTIONS} {admin}", *commands),
    )


def _hops(version: tuple[int, ...], target: tuple[int, ...]) -> str:
    minors = [minor for minor in _MINORS if version[1] < minor <= target[1]]
    return ", ".join(f"1.{minor}" for minor in minors) or _name(target)


def _names(clusters: Sequence[Outdated]) -> str:
    return ", ".join(cluster.name for cluster in clusters)


def _name(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _update(cluster: Outdated) -> str:
    return f"gkectl update cluster {_OPTIONS} {cluster.document.name}"


def _upgrade(cluster: Outdated) -> str:
    kind = "admin" if cluster.is_admin else "cluster"
    return f"gkectl upgrade {kind} {_OPTIONS} {cluster.document.name}"
