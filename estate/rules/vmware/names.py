"""Rules on the names of clusters on VMware, which are those of their fleet memberships."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.fleet.registered import registered
from estate.model.estate import ORGANIZATION, Estate
from estate.model.rules import Violation, rule
from estate.model.vmware.user_cluster import LONGEST_CLUSTER_NAME


@rule(on=Estate)
def cluster_names_are_short(estate: Estate) -> Iterator[Violation]:
    """Names that are made of organization, environment and key fit what the GKE On-Prem API takes."""
    for member in registered(estate):
        if member.path[2] == "user_clusters" and len(member.name) > LONGEST_CLUSTER_NAME:
            yield Violation(
                member.path,
                f"makes the cluster name {member.name} with {len(member.name)} characters, at most "
                f"{LONGEST_CLUSTER_NAME} are allowed; shorten the key, or give the cluster a name",
                (ORGANIZATION, "name"),
                (*member.path, "name"),
            )
