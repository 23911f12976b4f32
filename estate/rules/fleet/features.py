"""Rules on the features of a fleet: whose they are to set, and which members can have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from estate.derived.fleet.registered import registered
from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.fleet.config_sync import ConfigSync, ConfigSyncSettings, Secret
from estate.model.fleet.features import FLEET_FEATURES, FleetFeatures
from estate.model.fleet.service_mesh import MeshManagement
from estate.model.rules import Path, Violation, rule

_FEATURES: Final[Path] = ("fleet", "features")
_NOTHING: Final = FleetFeatures.unsaid()


@rule(on=Environment)
def only_the_owner_sets_the_fleet(environment: Environment) -> Iterator[Violation]:
    """What a fleet has once is set in the file of the environment that owns its host project."""
    fleet, owner = environment.fleet, environment.google and environment.google.host_project.owner
    if not fleet or not owner:
        return
    why = f"belongs to {owner}, which owns the fleet (google.host_project.owner); set it there"
    if fleet.display_name is not None:
        yield Violation(("fleet", "display_name"), why)
    for name in FLEET_FEATURES:
        if getattr(fleet.features, name) is not None:
            yield Violation((*_FEATURES, name), why)


@rule(on=Environment)
def overrides_name_clusters(environment: Environment) -> Iterator[Violation]:
    """Settings of one cluster are those of a cluster that is a member."""
    there = environment.members
    for name, feature in _features(environment).by_member().items():
        for cluster in feature.clusters:
            if cluster not in there:
                listed = ", ".join(sorted(there)) or "there are none"
                yield Violation(
                    (*_FEATURES, name, "clusters", cluster),
                    "must be one of vmware.user_clusters, google.gke_clusters, attached aws.eks_clusters or fleet.attached_clusters: "
                    f"{listed}; got {cluster}",
                    ("vmware", "user_clusters", cluster),
                )


@rule(on=Environment)
def on_prem_members_have_a_mesh_of_their_own(environment: Environment) -> Iterator[Violation]:
    """Google runs the mesh's control plane in Google Cloud clusters only, and in none on VMware."""
    mesh = _features(environment).service_mesh
    for cluster in environment.vmware.user_clusters if mesh and environment.vmware else ():
        if mesh and mesh.clusters.get(cluster, mesh).management is MeshManagement.AUTOMATIC:
            yield Violation(
                (*_FEATURES, "service_mesh", *_path(mesh.clusters, cluster), "management"),
                f"must be manual for vmware.user_clusters.{cluster}, got automatic: Google runs the mesh's control "
                f"plane in Google Cloud clusters only; say manual, or clusters: {{{cluster}: {{management: manual}}}}",
            )


@rule(on=Estate)
def labels_of_the_mesh_have_a_tree(estate: Estate) -> Iterator[Violation]:
    """What namespaces ask of the mesh is said where there is a tree of manifests: elsewhere nothing would make the label."""
    for name, environment in () if estate.organization.gitops else estate.environments.items():
        mesh = _features(environment).service_mesh
        said = [mesh.revision, *(one.revision for one in mesh.clusters.values())] if mesh else []
        if any(said):
            yield Violation(
                (name, *_FEATURES, "service_mesh", "revision"),
                "is a label that manifests make, and there is no tree of them; add gitops: {} to organization.yaml, or take it out",
                (ORGANIZATION, "gitops"),
            )


@rule(on=Environment)
def attached_members_have_no_mesh(environment: Environment) -> Iterator[Violation]:
    """Attached clusters are left out of the mesh, which Google ends for them on 2027-03-17."""
    mesh = _features(environment).service_mesh
    for one in environment.clusters if mesh else ():
        if not one.is_attached:
            continue
        if mesh and one.key in mesh.clusters:
            yield Violation(
                (*_FEATURES, "service_mesh", "clusters", one.key),
                f"must not name {one}: Google ends the mesh of attached clusters on 2027-03-17, "
                "and they are left out of it; take the entry out",
            )
        elif mesh and mesh.management is MeshManagement.AUTOMATIC:
            yield Violation(
                (*_FEATURES, "service_mesh", "management"),
                f"must be manual in a fleet with attached clusters such as {one}, got automatic, "
                "which they would take over when they join",
            )


@rule(on=Environment)
def nodes_elsewhere_are_no_gce_instances(environment: Environment) -> Iterator[Violation]:
    """Config Sync reads as the nodes' service account in Google Cloud only: other nodes have none."""
    sync = _features(environment).config_sync
    if sync is None:
        return
    for one in environment.clusters:
        if one.is_member and one.kind is not ClusterKind.GOOGLE:
            yield from _has_no_node_account(sync, one.key, str(one))


def _has_no_node_account(sync: ConfigSync, cluster: str, place: str) -> Iterator[Violation]:
    settings: ConfigSyncSettings = sync.clusters.get(cluster, sync)
    for source in ("git", "oci"):
        repository = getattr(settings, source)
        if repository and repository.secret_type is Secret.GCE_NODE:
            yield Violation(
                (*_FEATURES, "config_sync", *_path(sync.clusters, cluster), source, "secret_type"),
                f"must not be gcenode for {place}, whose nodes are no Compute Engine "
                "instances and have no service account of Google Cloud's; use token, ssh or gcpserviceaccount",
            )


@rule(on=Estate)
def members_use_what_is_on(estate: Estate) -> Iterator[Violation]:
    """What a shared fleet's members use is on in its owner's file."""
    for name, environment in estate.environments.items():
        if not environment.fleet or not environment.google or not environment.google.host_project.owner:
            continue
        owner = estate.environments.get(environment.google.host_project.owner)
        if owner is None:
            continue
        if owner.fleet is None:
            yield Violation(
                (owner.environment, "google", "host_project"),
                f"holds the fleet that {name} is in, and this file owns it; add fleet: {{}}",
                (owner.environment, "fleet"),
            )
            continue
        on = owner.fleet.features.by_member()
        for feature in environment.fleet.features.by_member():
            if feature not in on:
                yield Violation(
                    (name, *_FEATURES, feature),
                    f"is not on in the fleet, which {owner.environment} owns; switch it on there first, under "
                    f"fleet.features.{feature}",
                    (owner.environment, *_FEATURES, feature),
                )


@rule(on=Estate)
def ingress_is_held_in_google_cloud(estate: Estate) -> Iterator[Violation]:
    """A cluster on VMware cannot hold multi-cluster ingress, in whatever file it stands."""
    on_prem = {(one.project, one.name): one for one in registered(estate) if one.path[1] == "vmware"}
    for name, environment in estate.environments.items():
        ingress = environment.fleet.features.multi_cluster_ingress if environment.fleet else None
        project = environment.google.host_project.id if environment.google else ""
        cluster = on_prem.get((project, ingress.config_membership.rsplit("/", 1)[1])) if ingress else None
        if ingress and cluster:
            yield Violation(
                (name, *_FEATURES, "multi_cluster_ingress", "config_membership"),
                "must be a cluster in Google Cloud, which alone can hold multi-cluster ingress, "
                f"got {ingress.config_membership}, which is {cluster}",
            )


def _features(environment: Environment) -> FleetFeatures:
    return environment.fleet.features if environment.fleet else _NOTHING


def _path(clusters: Mapping[str, object], cluster: str) -> Path:
    """Where the settings of a cluster stand, below the feature."""
    return ("clusters", cluster) if cluster in clusters else ()
