"""An environment's place in a fleet: the fleet of its host project.

Where environments share the project, `google.host_project.owner` says whose fleet it is: that file sets
the fleet's features, the others set them for their own clusters. Left out: registering clusters that are made here, because
these register themselves or say it beside what they are, and importing a fleet that exists, which is an entry in
`environments/refactoring/`.
"""

from __future__ import annotations

from estate.model.base import Key, Model
from estate.model.fleet.argo_cd import ArgoCdInstances
from estate.model.fleet.attached_cluster import AttachedClusterConfig
from estate.model.fleet.features import FleetFeatures
from estate.model.fleet.values import FleetDisplayName


class FleetConfig(Model):
    """The fleet that the environment's clusters are members of."""

    display_name: FleetDisplayName | None = None
    """Name in the console; the one that Google Cloud gives it when absent."""
    features: FleetFeatures = FleetFeatures.unsaid()
    """What is on in the fleet, and how it is set up in this environment's clusters; nothing when absent."""
    attached_clusters: dict[Key, AttachedClusterConfig] = {}
    """Clusters that nothing here makes, by a key of one's own, which join the fleet; none when absent."""
    argo_cd: ArgoCdInstances = ArgoCdInstances.unsaid()
    """How the Argo CD of each cluster goes about teams' repositories, where argo_cd of organization.yaml says that there is
    one."""
