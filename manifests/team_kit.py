"""What the platform puts into each namespace that a team's repository makes: the same that listed namespaces get.

No object says a namespace: Argo CD brings each kit into that of its application.
"""

from __future__ import annotations

from collections.abc import Mapping

from estate.derived.clusters.team_namespace import TeamNamespace
from manifests.kubernetes_object import Object
from manifests.network_policies import network_policies
from manifests.quotas import quotas
from manifests.team_access import team_access


def team_kit(config: TeamNamespace) -> Mapping[str, list[Object]]:
    """The objects of each part by its name; one that nothing is in is left out."""
    parts = {
        "50-team-access": team_access([config]),
        "60-quotas": quotas([config]),
        "70-network-policies": network_policies([config]),
    }
    return {name: objects for name, objects in parts.items() if objects}
