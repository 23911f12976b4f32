"""What an environment takes of the quotas that a project in Google Cloud has in a region.

Counted is what its GKE clusters take at their largest, what else is in the project is not known. Left out are disks that
are no SSD, whose quotas are large, hyperdisks, of which no start is known, and volumes of pods.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from estate.facts.google.quotas import SPOT_PROCESSORS, SSD_GB, processors, processors_metric, seen
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.gke_node_pool import DiskType
from estate.model.google.google import GoogleConfig

_SSD: Final = frozenset({DiskType.PD_BALANCED, DiskType.PD_SSD})
"""Disks of which Compute Engine counts the size as SSD: balanced ones too."""
_TEMPORARY_TYPE: Final = "e2-medium"
_TEMPORARY_DISK_GB: Final = 100
"""What GKE makes a node of that nothing is said of, as those that a cluster begins with and loses."""


def more_than_at_first(google: GoogleConfig) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """The quotas beyond what some new project was seen with, by project and region, each with what is taken."""
    taken: dict[tuple[str, str], Counter[str]] = {}
    for cluster in google.gke_clusters.values():
        place = google.project_of(cluster).id, google.region_of(cluster)
        taken.setdefault(place, Counter()).update(_of_cluster(cluster))
    beyond = {
        place: {key: many for key, many in sorted(found.items()) if many > _least(key)}
        for place, found in taken.items()
    }
    return {place: found for place, found in beyond.items() if found}


def _of_cluster(cluster: GkeClusterConfig) -> Counter[str]:
    """Its pools with the nodes that upgrades add, or the nodes that it begins with where these take more."""
    found: Counter[str] = Counter()
    for pool in cluster.node_pools.values():
        metric = SPOT_PROCESSORS if pool.spot else processors_metric(pool.machine_type)
        found[metric] += pool.most_nodes * processors(pool.machine_type)
        if pool.disk_type in _SSD:
            found[SSD_GB] += pool.most_nodes * pool.disk_size_gb
    temporary = Counter(
        {
            processors_metric(_TEMPORARY_TYPE): cluster.zone_count * processors(_TEMPORARY_TYPE),
            SSD_GB: cluster.zone_count * _TEMPORARY_DISK_GB,
        }
    )
    return found | temporary


def _least(metric: str) -> int:
    return seen()[{SPOT_PROCESSORS: "spot_processors", SSD_GB: "ssd_gb"}.get(metric, "processors")]
