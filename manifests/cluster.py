"""Everything that one cluster gets, as numbered parts in the order in which they have to be there."""

from __future__ import annotations

from collections.abc import Mapping

from estate.derived.clusters.contents import ClusterContents
from manifests.cluster_roles import cluster_roles
from manifests.kubernetes_object import Object
from manifests.namespace_prefixes import namespace_prefixes
from manifests.namespaces import namespaces
from manifests.network_policies import network_policies
from manifests.platform_access import platform_access
from manifests.quotas import quotas
from manifests.software import software
from manifests.storage_classes import storage_classes
from manifests.team_access import team_access


def cluster(config: ClusterContents) -> Mapping[str, list[Object]]:
    """The objects of each part by its name; a part that nothing is in is left out, but for the first.

    The first one is always there, so that whoever reads the folder finds it.
    """
    first = {"10-namespaces": namespaces(config.namespaces)}
    others = {
        "20-cluster-roles": cluster_roles(config.roles),
        "30-platform-access": platform_access(config.platform_group),
        "35-storage-classes": storage_classes(config.storage),
        "40-admission": namespace_prefixes(config.prefixes, others=config.others),
        "45-software": software(config.software, applier=config.applier),
        "50-team-access": team_access(config.namespaces),
        "60-quotas": quotas(config.namespaces),
        "70-network-policies": network_policies(config.namespaces),
    }
    return first | {name: objects for name, objects in others.items() if objects}
