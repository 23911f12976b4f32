"""The features of a fleet.

Left out: rbacrolebindingactuation, which stands beside the roles that it allows
(:mod:`constructs_lib.access.role_binding_actuation`).

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_hub_feature
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.gke_hub_feature import (
    GkeHubFeature,
    GkeHubFeatureFleetDefaultMemberConfig,
    GkeHubFeatureFleetDefaultMemberConfigMesh,
    GkeHubFeatureSpec,
    GkeHubFeatureSpecClusterupgrade,
    GkeHubFeatureSpecClusterupgradePostConditions,
    GkeHubFeatureSpecFleetobservability,
    GkeHubFeatureSpecFleetobservabilityLoggingConfig,
    GkeHubFeatureSpecFleetobservabilityLoggingConfigDefaultConfig,
    GkeHubFeatureSpecFleetobservabilityLoggingConfigFleetScopeLogsConfig,
    GkeHubFeatureSpecMulticlusteringress,
)
from constructs import Construct

from constructs_lib.fleet.config_sync import config_sync_default
from constructs_lib.fleet.policy_controller import policy_controller_default
from estate.model.fleet.features import ClusterUpgrade, FleetFeatures, FleetObservability

NAMES: Final = {
    "config_sync": "configmanagement",
    "policy_controller": "policycontroller",
    "service_mesh": "servicemesh",
    "fleet_observability": "fleetobservability",
    "cluster_upgrade": "clusterupgrade",
    "multi_cluster_ingress": "multiclusteringress",
}
"""The service's names of the features, by key."""

_SECONDS_A_DAY = 86400


class Features(Construct):
    """Define the features that are on in the fleet, with what a cluster begins with when it joins."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: FleetFeatures,
        project: str,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        specs, defaults = _specs(config), _defaults(config)
        self._resources = {
            key: GkeHubFeature(
                self,
                key,
                project=project,
                location="global",
                name=name,
                spec=specs.get(key),
                fleet_default_member_config=defaults.get(key),
                depends_on=list(dependencies) or None,
            )
            for key, name in NAMES.items()
            if getattr(config, key) is not None
        }

    @property
    def names(self) -> dict[str, str]:
        """Name of each feature by key, as references, so that what uses one waits for it."""
        return {key: resource.name for key, resource in self._resources.items()}


def _defaults(config: FleetFeatures) -> dict[str, GkeHubFeatureFleetDefaultMemberConfig]:
    defaults = {}
    if config.config_sync:
        defaults["config_sync"] = config_sync_default(config.config_sync)
    if config.policy_controller:
        defaults["policy_controller"] = policy_controller_default(config.policy_controller)
    if config.service_mesh:
        mesh = GkeHubFeatureFleetDefaultMemberConfigMesh(
            management=f"MANAGEMENT_{config.service_mesh.management.name}"
        )
        defaults["service_mesh"] = GkeHubFeatureFleetDefaultMemberConfig(mesh=mesh)
    return defaults


def _specs(config: FleetFeatures) -> dict[str, GkeHubFeatureSpec]:
    specs = {}
    if config.fleet_observability:
        specs["fleet_observability"] = GkeHubFeatureSpec(
            fleetobservability=_observability(config.fleet_observability)
        )
    if config.cluster_upgrade:
        specs["cluster_upgrade"] = GkeHubFeatureSpec(clusterupgrade=_upgrade(config.cluster_upgrade))
    if config.multi_cluster_ingress:
        ingress = GkeHubFeatureSpecMulticlusteringress(
            config_membership=config.multi_cluster_ingress.config_membership
        )
        specs["multi_cluster_ingress"] = GkeHubFeatureSpec(multiclusteringress=ingress)
    return specs


def _observability(config: FleetObservability) -> GkeHubFeatureSpecFleetobservability:
    default, scoped = config.default_logs, config.fleet_scope_logs
    return GkeHubFeatureSpecFleetobservability(
        logging_config=GkeHubFeatureSpecFleetobservabilityLoggingConfig(
            default_config=GkeHubFeatureSpecFleetobservabilityLoggingConfigDefaultConfig(mode=default.name)
            if default
            else None,
            fleet_scope_logs_config=GkeHubFeatureSpecFleetobservabilityLoggingConfigFleetScopeLogsConfig(
                mode=scoped.name
            )
            if scoped
            else None,
        )
    )


def _upgrade(config: ClusterUpgrade) -> GkeHubFeatureSpecClusterupgrade:
    return GkeHubFeatureSpecClusterupgrade(
        upstream_fleets=[str(config.upstream_fleet)] if config.upstream_fleet else [],
        post_conditions=GkeHubFeatureSpecClusterupgradePostConditions(
            soaking=f"{config.soaking_days * _SECONDS_A_DAY}s"
        ),
    )
