"""Which APIs a fleet and its features need."""

from __future__ import annotations

from estate.model.fleet.fleet import FleetConfig

_FLEET = ("cloudresourcemanager", "connectgateway", "gkeconnect", "gkehub", "iam")
_BY_FEATURE = {
    "config_sync": ("anthosconfigmanagement",),
    "policy_controller": ("anthospolicycontroller",),
    "service_mesh": ("meshconfig",),
    "multi_cluster_ingress": ("multiclusteringress", "multiclusterservicediscovery"),
}


def fleet_services(fleet: FleetConfig | None) -> frozenset[str]:
    """The APIs by their short names, none without a fleet."""
    if fleet is None:
        return frozenset()
    features = fleet.features
    return frozenset(_FLEET).union(
        *(names for feature, names in _BY_FEATURE.items() if getattr(features, feature) is not None)
    )
