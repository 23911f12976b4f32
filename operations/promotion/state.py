"""What an environment runs, by its last applied state.

An admin cluster is no resource: an output says what its file said at the last apply. Where that is still missing,
it is at least of the version that its user clusters run, which it is never older than.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from estate.model.estate import Estate
from operations.cards.kinds import admin_cluster, user_cluster
from operations.cards.registry import CARDS, entities
from operations.promotion.contents import Contents, Item, rank
from operations.states.state import addresses_in_state, attributes, read_state, said

_FLEET_FEATURES: Final = {
    "configmanagement": "config_sync",
    "policycontroller": "policy_controller",
    "servicemesh": "service_mesh",
    "fleetobservability": "fleet_observability",
    "clusterupgrade": "cluster_upgrade",
    "multiclusteringress": "multi_cluster_ingress",
}


def running(text: str, display: str, estate: Estate, name: str) -> Contents:
    """What a state says; all else in it is dropped.

    Args:
        text: what ``terraform state pull`` prints; empty when nothing has been applied yet.
        display: what to call the state in an error.
        estate: the estate, for the keys of clusters.
        name: the environment whose state it is.

    Raises:
        InvalidInput: the text is no state.
    """
    if not text.strip():
        return Contents()
    addresses = addresses_in_state(text, display)
    state = read_state(text, display)
    versions = dict(_versions(state, estate, name, display))
    users = [version for item, version in versions.items() if item.kind == user_cluster.CARD.noun]
    output = (state.get("outputs") or {}).get("admin_cluster_version", {})
    admin = said(output.get("value"), display)
    if admin or users:
        versions[Item(admin_cluster.CARD.noun)] = admin or max(users, key=rank)
    return Contents(versions, frozenset(_features(state, addresses, display)))


def _versions(
    state: Mapping[str, Any], estate: Estate, name: str, display: str
) -> Iterator[tuple[Item, str]]:
    clusters = [
        (one.noun, one.version.type, one.promoted.attribute) for one in CARDS if one.version and one.promoted
    ]
    of_names = {
        (card.noun, entity.config.name_in(*entity.names, entity.key)): entity.key
        for card, entity in entities(estate, name)
        if card.version and card.promoted
    }
    for kind, type_, attribute in clusters:
        for one in attributes(state, type_):
            cluster_name, value = said(one.get("name"), display), one.get(attribute)
            if isinstance(value, list):
                value = value[0].get("channel") if value and isinstance(value[0], dict) else None
            if version := said(value, display):
                # A cluster that the file no longer names runs all the same.
                yield Item(kind, of_names.get((kind, cluster_name), cluster_name)), version.lower()


def _features(state: Mapping[str, Any], addresses: frozenset[str], display: str) -> Iterator[str]:
    for type_, attribute in (
        ("google_gke_hub_feature", "name"),
        ("google_gke_hub_feature_membership", "feature"),
    ):
        for one in attributes(state, type_):
            feature = _FLEET_FEATURES.get(said(one.get(attribute), display))
            if feature:
                yield f"fleet.features.{feature}"
    for card in CARDS:
        if card.feature and any(fnmatchcase(one, card.feature.evidence) for one in addresses):
            yield card.feature.path
