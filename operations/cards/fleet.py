"""What the fleet of an environment contains, and what is worth saying of it."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.fleet.mesh import mesh_id, network_names
from estate.model.environment import Environment
from estate.model.fleet.config_sync import ConfigSync, ConfigSyncSettings
from estate.model.fleet.features import FleetFeatures
from estate.model.fleet.fleet import FleetConfig
from estate.model.fleet.policy_controller import PolicyController
from estate.model.fleet.service_mesh import ServiceMesh
from operations.cards.content import Content


def fleet_contents(environment: Environment, fleet: FleetConfig) -> Iterator[Content]:
    """Yield the fleet and each of its features."""
    owner = environment.google and environment.google.host_project.owner
    project = environment.google.host_project.id if environment.google else ""
    whose = f"owned by {owner}" if owner else f'"{fleet.display_name}"' if fleet.display_name else "unnamed"
    yield Content("fleet", "fleet", f"of {project}, {whose}")
    for name, summary in _features(environment, fleet.features):
        yield Content(f"fleet.features.{name}", "fleet feature", summary)


def _features(environment: Environment, features: FleetFeatures) -> Iterator[tuple[str, str]]:
    for name, feature in features.by_member().items():
        own = sorted(feature.clusters)
        yield (
            name,
            _member_feature(environment, feature) + (f"; otherwise in {', '.join(own)}" if own else ""),
        )
    if features.fleet_observability:
        default, scoped = (
            features.fleet_observability.default_logs,
            features.fleet_observability.fleet_scope_logs,
        )
        yield (
            "fleet_observability",
            f"logs of clusters: {default or 'left where they are'}, of teams: {scoped or 'left where they are'}",
        )
    if features.cluster_upgrade:
        before = features.cluster_upgrade.upstream_fleet
        after = f"after the fleet of project {before}" if before else "first of its sequence"
        yield "cluster_upgrade", f"{after}, then {features.cluster_upgrade.soaking_days} days of soaking"
    if features.multi_cluster_ingress:
        yield "multi_cluster_ingress", f"held by {features.multi_cluster_ingress.config_membership}"


def _member_feature(environment: Environment, feature: ConfigSync | PolicyController | ServiceMesh) -> str:
    if isinstance(feature, ConfigSync):
        return _source(feature)
    if isinstance(feature, PolicyController):
        bundles = ", ".join(sorted(feature.bundles)) or "none"
        return f"bundles {bundles}; audit every {feature.audit_interval_seconds} s"
    number = environment.google.host_project.number if environment.google else 0
    networks = ", ".join(network_names(environment).values()) or "none yet"
    return f"control plane {feature.management}, mesh {mesh_id(number)}, networks {networks}"


def _source(settings: ConfigSyncSettings) -> str:
    repository = settings.git or settings.oci
    where = repository.repo if repository else ""
    if settings.git:
        where = f"{where} at {settings.git.revision or settings.git.branch}"
    folder = repository.directory if repository else None
    return where + (f", folder {folder}" if folder else "")


def fleet_warnings(environment: Environment) -> Iterator[str]:
    """Yield what is worth saying of the fleet, as sentences without a final period."""
    fleet, google, vmware = environment.fleet, environment.google, environment.vmware
    if fleet is None:
        return
    if google and google.host_project.owner:
        yield f"its fleet belongs to {google.host_project.owner}: apply that environment first"
    elif vmware and vmware.admin_cluster and not environment.deletion_protection:
        yield (
            "its fleet cannot be destroyed as long as the admin cluster is a member, which Terraform does not "
            f"destroy: gcloud container fleet memberships delete {vmware.admin_cluster.name} first"
        )
    if fleet.features.cluster_upgrade and vmware:
        yield "fleet.features.cluster_upgrade orders upgrades in Google Cloud only: no cluster on VMware obeys it"
