"""Rules on where telemetry of clusters goes."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.rules import Violation, rule


@rule(on=Environment)
def monitoring_names_clusters(environment: Environment) -> Iterator[Violation]:
    """Settings of one cluster are those of a cluster that there is."""
    there = [one.key for one in environment.clusters]
    for cluster in environment.monitoring.clusters if environment.monitoring else ():
        if cluster not in there:
            listed = ", ".join(there) or "there are none"
            yield Violation(
                ("monitoring", "clusters", cluster),
                f"must be one of {', '.join(ClusterKind)}: {listed}; got {cluster}",
            )


@rule(on=Environment)
def clusters_elsewhere_say_what_google_gets_themselves(environment: Environment) -> Iterator[Violation]:
    """What Google gets of a cluster that is not on VMware, its own section says, and nothing says it twice."""
    places = {
        ClusterKind.GOOGLE: "observability",
        ClusterKind.EKS: "attach.logging and attach.managed_prometheus",
        ClusterKind.ATTACHED: "logging and managed_prometheus",
    }
    for one in environment.clusters if environment.monitoring else ():
        own = environment.monitoring.clusters.get(one.key) if environment.monitoring else None
        if own and own.google and one.kind in places:
            yield Violation(
                ("monitoring", "clusters", one.key, "google"),
                f"is for clusters on VMware; {one} says it itself, in {places[one.kind]}",
                one.path,
            )


@rule(on=Environment)
def google_gets_something_of_clusters_on_vmware(environment: Environment) -> Iterator[Violation]:
    """Without a cluster on VMware nothing would make of it what it says."""
    if environment.monitoring and environment.monitoring.google and not environment.vmware:
        yield Violation(
            ("monitoring", "google"),
            "is for clusters on VMware, and there are none; GKE clusters say it in observability, attached ones in logging and "
            "managed_prometheus",
        )
