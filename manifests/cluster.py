"""Everything that one cluster gets, as numbered parts in the order in which they have to be there, and what lies beside."""

from __future__ import annotations

from collections.abc import Mapping

from estate.derived.clusters.argo_cd import ArgoCdContents
from estate.derived.clusters.contents import ClusterContents
from estate.derived.clusters.folder import INSTALL, kit_folder
from manifests.argo_cd_application_sets import argo_cd_application_sets
from manifests.argo_cd_install import argo_cd_install
from manifests.argo_cd_projects import argo_cd_projects
from manifests.argo_cd_root import argo_cd_root
from manifests.cluster_roles import cluster_roles
from manifests.kubernetes_object import Object
from manifests.mesh import mesh
from manifests.mesh_objects import mesh_namespace
from manifests.mesh_overlay import mesh_overlay
from manifests.mesh_trust import mesh_trust
from manifests.namespace_prefixes import namespace_prefixes
from manifests.namespaces import namespaces
from manifests.network_policies import network_policies
from manifests.platform_access import platform_access
from manifests.platform_alone import platform_alone
from manifests.quotas import quotas
from manifests.skiperator import skiperator
from manifests.software import software
from manifests.storage_classes import storage_classes
from manifests.team_access import team_access
from manifests.team_kit import team_kit


def cluster(config: ClusterContents) -> Mapping[str, list[Object]]:
    """The objects of each part by its name; a part that nothing is in is left out, but for the first.

    The first one is always there, so that whoever reads the folder finds it.
    """
    first = {"10-namespaces": namespaces(config.namespaces)}
    others = {
        "15-mesh-namespace": mesh_namespace(config.mesh),
        "20-cluster-roles": cluster_roles(config.roles),
        "30-platform-access": platform_access(config.platform_group),
        "35-storage-classes": storage_classes(config.storage),
        "40-admission": [
            *namespace_prefixes(config.prefixes, others=config.others),
            *platform_alone(config.prefixes),
        ],
        "45-software": software(config.software, applier=config.applier),
        "46-mesh": mesh(config.mesh),
        "47-mesh-trust": mesh_trust(config.mesh_trust),
        "49-skiperator": skiperator(config.skiperator),
        "50-team-access": team_access(config.namespaces),
        "60-quotas": quotas(config.namespaces),
        "70-network-policies": network_policies(config.namespaces),
        "80-teams": teams(config.argo_cd),
    }
    return first | {name: objects for name, objects in others.items() if objects}


def teams(config: ArgoCdContents | None) -> list[Object]:
    """What Argo CD is told of the teams' repositories."""
    return [*argo_cd_projects(config), *argo_cd_application_sets(config)] if config else []


def beside(config: ClusterContents) -> Mapping[str, Mapping[str, list[Object]]]:
    """What lies beside the folder that is applied, by folder and part: what Argo CD takes, and what a person brings in."""
    argo_cd = config.argo_cd
    install = {
        "10-argo-cd": argo_cd_install(argo_cd) if argo_cd else [],
        "20-cluster-application": argo_cd_root(argo_cd) if argo_cd else [],
        "asm-overlay": mesh_overlay(config.mesh),
    }
    folders = {
        INSTALL: {name: objects for name, objects in install.items() if objects},
        **{kit_folder(team.kit.label): team_kit(team.kit) for team in (argo_cd.teams if argo_cd else ())},
    }
    return {folder: parts for folder, parts in folders.items() if parts}
