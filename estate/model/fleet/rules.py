"""The rules of an environment's fleet section that look at its other sections.

Left out: what other environments say, which :mod:`estate.model.fleet.estate_rules` has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.fleet.attached import attached_clusters
from estate.model.fleet.config_sync import ConfigSync, ConfigSyncSettings, Secret
from estate.model.fleet.features import FLEET_FEATURES
from estate.model.fleet.fleet import FleetConfig
from estate.model.fleet.service_mesh import MeshManagement
from estate.model.rules import Path, Violation

if TYPE_CHECKING:
    from estate.model.environment import Environment


def fleet_violations(environment: Environment) -> Iterator[Violation]:
    """Run every rule of the fleet that one environment's file decides by itself."""
    fleet = environment.fleet
    if fleet is None:
        return
    # An environment with clusters on VMware or attached ones is told so by them.
    if environment.google is None and environment.vmware is None and not attached_clusters(environment):
        yield Violation(
            ("fleet",), "needs google with the host_project whose fleet it is; add it", absent=("google",)
        )
    yield from _only_the_owner_sets_the_fleet(environment, fleet)
    for violation in (
        *_overrides_name_clusters(environment, fleet),
        *_on_prem_members_can_do_it(environment, fleet),
        *_attached_members_can_do_it(environment, fleet),
        *_the_mesh_is_one_project(environment, fleet),
    ):
        yield Violation(("fleet", "features", *violation.path), violation.message, violation.absent)


def _only_the_owner_sets_the_fleet(environment: Environment, fleet: FleetConfig) -> Iterator[Violation]:
    owner = environment.google and environment.google.host_project.owner
    if not owner:
        return
    why = f"belongs to {owner}, which owns the fleet (google.host_project.owner); set it there"
    if fleet.display_name is not None:
        yield Violation(("fleet", "display_name"), why)
    for name in FLEET_FEATURES:
        if getattr(fleet.features, name) is not None:
            yield Violation(("fleet", "features", name), why)


def _user_clusters(environment: Environment) -> tuple[str, ...]:
    return tuple(environment.vmware.user_clusters) if environment.vmware else ()


def _overrides_name_clusters(environment: Environment, fleet: FleetConfig) -> Iterator[Violation]:
    there = environment.members
    for name, feature in fleet.features.by_member().items():
        for cluster in feature.clusters:
            if cluster not in there:
                listed = ", ".join(sorted(there)) or "there are none"
                yield Violation(
                    (name, "clusters", cluster),
                    "must be one of vmware.user_clusters, google.gke_clusters or attached aws.eks_clusters: "
                    f"{listed}; got {cluster}",
                    absent=("vmware", "user_clusters", cluster),
                )


def _on_prem_members_can_do_it(environment: Environment, fleet: FleetConfig) -> Iterator[Violation]:
    """Refuse what only clusters in Google Cloud have, where an on-prem cluster would get it."""
    members = _user_clusters(environment)
    mesh, sync = fleet.features.service_mesh, fleet.features.config_sync
    for cluster in members:
        settings, path = (mesh.clusters.get(cluster, mesh), _path(mesh, cluster)) if mesh else (None, ())
        if settings and settings.management is MeshManagement.AUTOMATIC:
            yield Violation(
                ("service_mesh", *path, "management"),
                f"must be manual for vmware.user_clusters.{cluster}, got automatic: Google runs the mesh's control "
                f"plane in Google Cloud clusters only; say manual, or clusters: {{{cluster}: {{management: manual}}}}",
            )
        if sync:
            yield from _nodes_are_no_gce_instances(sync, cluster, f"vmware.user_clusters.{cluster}")


def _attached_members_can_do_it(environment: Environment, fleet: FleetConfig) -> Iterator[Violation]:
    """Refuse what only clusters in Google Cloud have, and the mesh, which ends for attached clusters."""
    mesh, sync = fleet.features.service_mesh, fleet.features.config_sync
    for cluster in attached_clusters(environment):
        if mesh and cluster in mesh.clusters:
            yield Violation(
                ("service_mesh", "clusters", cluster),
                f"must not name aws.eks_clusters.{cluster}: Google ends the mesh of attached clusters on 2027-03-17, "
                "and they are left out of it; take the entry out",
            )
        elif mesh and mesh.management is MeshManagement.AUTOMATIC:
            yield Violation(
                ("service_mesh", "management"),
                f"must be manual in a fleet with attached clusters such as aws.eks_clusters.{cluster}, got automatic, "
                "which they would take over when they join",
            )
        if sync:
            yield from _nodes_are_no_gce_instances(sync, cluster, f"aws.eks_clusters.{cluster}")


def _path(feature: ConfigSync | object, cluster: str) -> Path:
    """Where the settings of a cluster stand, below the feature."""
    return ("clusters", cluster) if cluster in getattr(feature, "clusters", {}) else ()


def _nodes_are_no_gce_instances(sync: ConfigSync, cluster: str, place: str) -> Iterator[Violation]:
    settings: ConfigSyncSettings = sync.clusters.get(cluster, sync)
    for source in ("git", "oci"):
        repository = getattr(settings, source)
        if repository and repository.secret_type is Secret.GCE_NODE:
            yield Violation(
                ("config_sync", *_path(sync, cluster), source, "secret_type"),
                f"must not be gcenode for {place}, whose nodes are no Compute Engine "
                "instances and have no service account of Google Cloud's; use token, ssh or gcpserviceaccount",
            )


def _the_mesh_is_one_project(environment: Environment, fleet: FleetConfig) -> Iterator[Violation]:
    service = environment.aws and environment.aws.management_service
    project = environment.google and environment.google.host_project.id
    if not fleet.features.service_mesh or not service or not project:
        return
    if service.google_cloud.project_id != project:
        yield Violation(
            ("service_mesh",),
            f"spans clusters of one fleet host project, {project}, but aws.management_service.google_cloud registers "
            f"its clusters in {service.google_cloud.project_id}; register them in {project}, or leave the mesh out",
        )
