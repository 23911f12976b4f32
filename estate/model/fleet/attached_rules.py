"""The rules of attached clusters that look at an environment's other sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.fleet.attached import attached_clusters
from estate.model.rules import Violation

if TYPE_CHECKING:
    from estate.model.environment import Environment


def attached_violations(environment: Environment) -> Iterator[Violation]:
    """Check that attached clusters have a fleet to be members of, and what they are called there."""
    for key in attached_clusters(environment):
        path = ("aws", "eks_clusters", key, "attach")
        if environment.google is None:
            yield Violation(
                path, "needs google with the host_project whose fleet the cluster joins; add it", ("google",)
            )
        elif environment.fleet is None:
            yield Violation(path, "needs fleet, which the cluster joins; add fleet: {}", ("fleet",))
    on_prem = environment.vmware.user_clusters if environment.vmware else ()
    in_google = environment.google.gke_clusters if environment.google else ()
    for key in environment.aws.eks_clusters if environment.aws else ():
        if key in on_prem or key in in_google:
            other = f"vmware.user_clusters.{key}" if key in on_prem else f"google.gke_clusters.{key}"
            yield Violation(
                ("aws", "eks_clusters", key),
                f"must differ from {other}: settings of the fleet name a cluster by its key; rename one, and keep its "
                "name with name:",
            )
