"""The features of a fleet.

Left out: rbacrolebindingactuation, which follows from the teams' roles, and multi-cluster services, which
only clusters in Google Cloud have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StrictInt

from estate.model.base import Model
from estate.model.fleet.config_sync import ConfigSync
from estate.model.fleet.policy_controller import PolicyController
from estate.model.fleet.service_mesh import ServiceMesh
from estate.model.google.values import ProjectNumber
from estate.model.rules import Violation, rule
from estate.model.vmware.values import MembershipName


class LogMode(StrEnum):
    """What becomes of logs beside where they lie already."""

    COPY = "copy"
    MOVE = "move"


class FleetObservability(Model):
    """Whose logs go to the fleet's and the teams' projects."""

    default_logs: LogMode | None = None
    """Logs of clusters that belong to no team's scope: copied or moved to the fleet host project; left
    where they are when absent."""
    fleet_scope_logs: LogMode | None = None
    """Logs of the teams' namespaces: copied or moved to their scopes' buckets; left where they are when
    absent."""

    @rule
    def _says_something(self) -> Iterator[Violation]:
        """Whoever switches observability on says which logs go where."""
        if self.default_logs is None and self.fleet_scope_logs is None:
            yield Violation((), "must say default_logs, fleet_scope_logs or both; leave it out otherwise", ())


class ClusterUpgrade(Model):
    """The order in which fleets of clusters in Google Cloud are upgraded; VMware clusters are not touched."""

    upstream_fleet: ProjectNumber | None = None
    """Number of the host project whose fleet is upgraded before this one; this one is the first when absent."""
    soaking_days: Annotated[StrictInt, Field(ge=0, le=30)] = 7
    """Days between the end of this fleet's upgrade and the beginning of the next; 7 when absent."""


class MultiClusterIngress(Model):
    """One ingress over clusters in Google Cloud."""

    config_membership: MembershipName
    """Membership of the GKE cluster that holds the ingress objects."""


class FleetFeatures(Model):
    """What is switched on for the fleet."""

    config_sync: ConfigSync | None = None
    """Keeps clusters in step with a repository; off when absent."""
    policy_controller: PolicyController | None = None
    """Holds clusters against policies; off when absent."""
    service_mesh: ServiceMesh | None = None
    """Cloud Service Mesh; off when absent."""
    fleet_observability: FleetObservability | None = None
    """Where logs go; off when absent."""
    cluster_upgrade: ClusterUpgrade | None = None
    """Rollout sequence of clusters in Google Cloud; off when absent."""
    multi_cluster_ingress: MultiClusterIngress | None = None
    """Ingress over clusters in Google Cloud; off when absent."""

    def by_member(self) -> Mapping[str, ConfigSync | PolicyController | ServiceMesh]:
        """The features that each member cluster has settings for, by key; those that are on only."""
        found = {name: getattr(self, name) for name in MEMBER_FEATURES}
        return {name: feature for name, feature in found.items() if feature is not None}


MEMBER_FEATURES: Final = ("config_sync", "policy_controller", "service_mesh")
"""Features that each member cluster has settings for."""

FLEET_FEATURES: Final = ("fleet_observability", "cluster_upgrade", "multi_cluster_ingress")
"""Features of the fleet as a whole, which only its owner's file can set."""
