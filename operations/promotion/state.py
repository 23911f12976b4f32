"""What an environment runs, by its last applied state.

An admin cluster is no resource: an output says what its file said at the last apply. Where that is still missing,
it is at least of the version that its user clusters run, which it is never older than.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final

from estate.model.environment import Environment
from estate.model.naming import physical_name
from operations.cards.kinds import admin_cluster, user_cluster
from operations.cards.registry import CARDS
from operations.promotion.contents import VERSIONS, Contents, Item, found, rank
from operations.states.state import addresses_in_state, attributes

_FLEET_FEATURES: Final = {
    "configmanagement": "config_sync",
    "policycontroller": "policy_controller",
    "servicemesh": "service_mesh",
    "fleetobservability": "fleet_observability",
    "clusterupgrade": "cluster_upgrade",
    "multiclusteringress": "multi_cluster_ingress",
}


def running(text: str, name: str, organization: str, environment: Environment) -> Contents:
    """What a state says; all else in it is dropped.

    Args:
        text: what ``terraform state pull`` prints; empty when nothing has been applied yet.
        name: what to call the state in an error.
        organization: the organization's name, which begins the names of clusters.
        environment: whose state it is, for the keys of its clusters.

    Raises:
        InvalidInput: the text is no state.
    """
    if not text.strip():
        return Contents()
    addresses = addresses_in_state(text, name)
    state = json.loads(text)
    versions = dict(_versions(state, organization, environment))
    users = [version for item, version in versions.items() if item.kind == user_cluster.CARD.noun]
    said = (state.get("outputs") or {}).get("admin_cluster_version", {}).get("value")
    if said or users:
        versions[Item(admin_cluster.CARD.noun)] = str(said or max(users, key=rank))
    return Contents(versions, frozenset(_features(state, addresses)))


def _versions(
    state: Mapping[str, Any], organization: str, environment: Environment
) -> Iterator[tuple[Item, str]]:
    data = environment.model_dump(mode="json")
    clusters = [
        (one.noun, one.version.type, one.promoted.attribute) for one in CARDS if one.version and one.promoted
    ]
    for kind, type_, attribute in clusters:
        keys = {
            cluster.get("name") or physical_name(organization, environment.environment, key): key
            for (key,), cluster in found(data, VERSIONS[kind][:-1])
        }
        for one in attributes(state, type_):
            cluster_name, value = str(one.get("name")), one.get(attribute)
            if isinstance(value, list):
                value = value[0].get("channel") if value else None
            if value:
                # A cluster that the file no longer names runs all the same.
                yield Item(kind, keys.get(cluster_name, cluster_name)), str(value).lower()


def _features(state: Mapping[str, Any], addresses: frozenset[str]) -> Iterator[str]:
    for type_, attribute in (
        ("google_gke_hub_feature", "name"),
        ("google_gke_hub_feature_membership", "feature"),
    ):
        for one in attributes(state, type_):
            if one.get(attribute) in _FLEET_FEATURES:
                yield f"fleet.features.{_FLEET_FEATURES[one[attribute]]}"
    for card in CARDS:
        if card.feature and any(fnmatchcase(one, card.feature.evidence) for one in addresses):
            yield card.feature.path
