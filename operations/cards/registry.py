"""Every card, in the order of the files' sections, and every entity of an environment with its card.

What companion stacks make comes behind the environment's own, and what organization.yaml says comes last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from estate.derived.share import shares
from estate.model.base import Model
from estate.model.estate import ORGANIZATION, Estate
from operations.cards.card import Card, Entity
from operations.cards.kinds import (
    admin_cluster,
    admin_workstation,
    anti_affinity_rule,
    argo_cd,
    attached_cluster,
    aws,
    bastion,
    break_glass,
    cluster_of_others,
    cluster_role,
    dns,
    eks_backup,
    eks_cluster,
    eks_node_group,
    eks_pod_role,
    firewall,
    fleet,
    fleet_feature,
    gitops,
    gke_backup,
    gke_cluster,
    gke_node_pool,
    google,
    google_groups,
    google_kms_key,
    ground,
    ha_vpn,
    kms_key,
    management_service,  # until 2027-03-17
    management_vpc,
    mesh_trust,
    monitoring,
    nat,
    network,
    node_pool,
    organization,
    other_vpc,
    platform_team,
    port_group,
    proxy_subnet,
    resource_pool,
    service_project,
    skiperator,
    state,
    subnet,
    team,
    user_cluster,
    user_cluster_backup,
    vcenter_account,
    vm_folder,
    vmware,
    vpn,
    vsphere,
    vsphere_tags,
    workstation,
)

CARDS: Final[tuple[Card[Any], ...]] = (
    state.CARD,
    ground.CARD,
    google.CARD,
    service_project.CARD,
    network.CARD,
    subnet.CARD,
    proxy_subnet.CARD,
    nat.CARD,
    firewall.CARD,
    google_kms_key.CARD,
    gke_cluster.CARD,
    gke_backup.CARD,
    gke_node_pool.CARD,
    vmware.CARD,
    admin_workstation.CARD,
    admin_cluster.CARD,
    user_cluster.CARD,
    user_cluster_backup.CARD,
    node_pool.CARD,
    fleet.CARD,
    # Before the mesh itself: what it signs with is there before it is installed.
    mesh_trust.CARD,
    fleet_feature.CARD,
    cluster_of_others.CARD,
    aws.CARD,
    management_vpc.CARD,
    other_vpc.CARD,
    bastion.CARD,
    kms_key.CARD,
    eks_cluster.CARD,
    eks_backup.CARD,
    eks_node_group.CARD,
    eks_pod_role.CARD,
    attached_cluster.CARD,
    management_service.CARD,  # until 2027-03-17
    vpn.CARD,
    ha_vpn.CARD,
    dns.CARD,
    monitoring.CARD,
    skiperator.CARD,
    vsphere.CARD,
    vm_folder.CARD,
    resource_pool.CARD,
    port_group.CARD,
    vsphere_tags.CARD,
    vcenter_account.CARD,
    workstation.CARD,
    anti_affinity_rule.CARD,
    organization.CARD,
    platform_team.CARD,
    team.CARD,
    break_glass.CARD,
    google_groups.CARD,
    cluster_role.CARD,
    argo_cd.CARD,
    gitops.CARD,
)


_BELOW: Final = {
    above.path: [card for card in CARDS if card.path.startswith(f"{above.path}.")]
    for above in CARDS
    if above.path.endswith("*")
}
"""What has entities below each key of another, by that one's path; no card has such cards two deep."""


def entities(estate: Estate, name: str) -> Iterator[tuple[Card[Any], Entity[Any]]]:
    """Yield every entity of an environment with its card, what stands below a key right behind it, keys by name."""
    environment, share = estate.environments[name], shares(estate)[name]
    below = [card for cards in _BELOW.values() for card in cards]
    for card in CARDS:
        root = estate if card.path.partition(".")[0] == ORGANIZATION else environment
        for one, keys, config in _walk(card, root, card.path, ()) if card not in below else ():
            yield one, Entity(estate.organization, environment, keys, config, share)


def _walk(
    card: Card[Any], value: Any, path: str, keys: tuple[str, ...]
) -> Iterator[tuple[Card[Any], tuple[str, ...], Any]]:
    for found, config in _at(value, path.split("."), keys):
        yield card, found, config
        for below in _BELOW.get(card.path, ()):
            yield from _walk(below, config, below.path.removeprefix(f"{card.path}."), found)


def _at(value: Any, path: Sequence[str], keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """What stands at a path, with the keys that its stars stand for; of a model these are its fields with one."""
    if value is None:
        return
    if not path:
        yield keys, value
        return
    first, *rest = path
    if first != "*":
        yield from _at(getattr(value, first), rest, keys)
        return
    there = dict(sorted(value.items())) if isinstance(value, dict) else _models(value)
    for key, one in there.items():
        yield from _at(one, rest, (*keys, key))


def _models(value: Model) -> dict[str, Model]:
    fields = {name: getattr(value, name) for name in type(value).model_fields}
    return {name: one for name, one in fields.items() if isinstance(one, Model)}
