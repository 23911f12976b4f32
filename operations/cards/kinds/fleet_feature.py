"""What is switched on for a fleet."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.fleet.mesh import mesh_id, network_names
from estate.model.fleet.config_sync import ConfigSync, ConfigSyncSettings
from estate.model.fleet.features import ClusterUpgrade, FleetObservability, MultiClusterIngress
from estate.model.fleet.policy_controller import PolicyController
from estate.model.fleet.service_mesh import ServiceMesh
from operations.cards.card import Card, Entity, Feature, Step, Turn, Weight, certain, row
from operations.cards.internal_hosts import config_sync_warnings
from operations.cards.steps.config_sync import config_sync_steps
from operations.cards.steps.joined_mesh import joined_steps
from operations.cards.steps.way_in import mesh_steps

_ForMembers = ConfigSync | PolicyController | ServiceMesh
_Any = _ForMembers | FleetObservability | ClusterUpgrade | MultiClusterIngress


def _summary(entity: Entity[_Any]) -> str:
    feature = entity.config
    if isinstance(feature, FleetObservability):
        default, scoped = feature.default_logs, feature.fleet_scope_logs
        return f"logs of clusters: {default or 'left where they are'}, of teams: {scoped or 'left where they are'}"
    if isinstance(feature, ClusterUpgrade):
        before = feature.upstream_fleet
        after = f"after the fleet of project {before}" if before else "first of its sequence"
        return f"{after}, then {feature.soaking_days} days of soaking"
    if isinstance(feature, MultiClusterIngress):
        return f"held by {feature.config_membership}"
    own = sorted(feature.clusters)
    return _for_members(entity, feature) + (f"; otherwise in {', '.join(own)}" if own else "")


def _for_members(entity: Entity[_Any], feature: _ForMembers) -> str:
    if isinstance(feature, ConfigSync):
        return _source(feature)
    if isinstance(feature, PolicyController):
        bundles = ", ".join(sorted(feature.bundles)) or "none"
        return f"bundles {bundles}; audit every {feature.audit_interval_seconds} s"
    number = certain(entity.environment.google).host_project.number
    networks = ", ".join(network_names(entity.environment).values()) or "none yet"
    return f"control plane {feature.management}, mesh {mesh_id(number)}, networks {networks}"


def _source(settings: ConfigSyncSettings) -> str:
    repository = settings.git or settings.oci
    where = repository.repo if repository else ""
    if settings.git:
        where = f"{where} at {settings.git.revision or settings.git.branch}"
    folder = repository.directory if repository else None
    return where + (f", folder {folder}" if folder else "")


def _warnings(entity: Entity[_Any]) -> Iterator[tuple[Weight, str]]:
    if isinstance(entity.config, ConfigSync):
        yield from config_sync_warnings(entity.environment, entity.config)


def _steps(entity: Entity[_Any]) -> Iterator[Step]:
    if isinstance(entity.config, ConfigSync):
        yield from config_sync_steps(entity.environment, entity.config)
    if isinstance(entity.config, ClusterUpgrade) and entity.config.upstream_fleet:
        yield Step(
            Turn.RIGHTS,
            f"have the fleet of project {entity.config.upstream_fleet}, after which this one is upgraded",
            (f"gcloud container fleet describe --project={entity.config.upstream_fleet}",),
        )
    if isinstance(entity.config, MultiClusterIngress):
        project = certain(entity.environment.google).host_project.id
        yield Step(
            Turn.AFTER,
            f"have {entity.config.config_membership} in the fleet, which holds the ingress",
            (f"gcloud container fleet memberships list --project={project}",),
        )
    if isinstance(entity.config, ServiceMesh):
        yield from mesh_steps(entity.environment, entity.config)
        yield from joined_steps(entity.organization, entity.environment)


CARD = Card[_Any](
    path="fleet.features.*",
    models=(
        ConfigSync,
        PolicyController,
        ServiceMesh,
        FleetObservability,
        ClusterUpgrade,
        MultiClusterIngress,
    ),
    noun="fleet feature",
    parts=("git", "oci", "bundles", "clusters"),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"Features": "fleet feature", "FeatureMemberships": "fleet feature"},
    feature=Feature("fleet.features.*"),
)
