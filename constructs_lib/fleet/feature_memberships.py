"""How the features are set up in each member cluster of an environment.

A fleet's default reaches only clusters that join later, so each cluster is told what it has.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_hub_feature_membership
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdktf_cdktf_provider_google.gke_hub_feature_membership import (
    GkeHubFeatureMembership,
    GkeHubFeatureMembershipMesh,
)
from constructs import Construct

from constructs_lib.fleet.config_sync import config_sync_member
from constructs_lib.fleet.member import Member
from constructs_lib.fleet.policy_controller import policy_controller_member
from estate.model.fleet.config_sync import ConfigSync
from estate.model.fleet.features import FleetFeatures
from estate.model.fleet.policy_controller import PolicyController
from estate.model.fleet.service_mesh import ServiceMesh


class FeatureMemberships(Construct):
    """Define every feature's settings in every member cluster."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: FleetFeatures,
        members: Mapping[str, Member],
        names: Mapping[str, str],
        project: str,
    ) -> None:
        super().__init__(scope, id_)
        for feature, settings in config.by_member().items():
            namespace = Construct(self, feature)
            for key, member in members.items():
                GkeHubFeatureMembership(
                    namespace,
                    key,
                    project=project,
                    location="global",
                    feature=names[feature],
                    membership=member.membership,
                    membership_location=member.membership_location,
                    **_settings(settings, key),
                )


def _settings(feature: ConfigSync | PolicyController | ServiceMesh, cluster: str) -> dict[str, Any]:
    """The block of one cluster: its own settings where it has any, the feature's otherwise."""
    if isinstance(feature, ConfigSync):
        return {"configmanagement": config_sync_member(feature.clusters.get(cluster, feature))}
    if isinstance(feature, PolicyController):
        return {"policycontroller": policy_controller_member(feature.clusters.get(cluster, feature))}
    management = feature.clusters.get(cluster, feature).management
    return {"mesh": GkeHubFeatureMembershipMesh(management=f"MANAGEMENT_{management.name}")}
