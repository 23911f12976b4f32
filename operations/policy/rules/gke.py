"""GKE clusters, where checkov asks for what newer clusters do another way."""

from __future__ import annotations

from collections.abc import Iterator

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Stacks, resources


def _dataplane_v2(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, "google_container_cluster"):
        if cluster.body.get("enable_autopilot") is True:
            continue  # always has it
        if cluster.body.get("datapath_provider") != "ADVANCED_DATAPATH":
            yield (
                cluster.place,
                "datapath_provider is not ADVANCED_DATAPATH, so nothing enforces network policies; say it",
            )


RULES = (Rule("HYB_GKE_DATAPLANE", Level.HIGH, "GKE clusters have Dataplane V2", _dataplane_v2),)
