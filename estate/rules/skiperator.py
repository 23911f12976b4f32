"""Rules on Skiperator: where it can be, and what makes its configuration."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.rules import Violation, rule


@rule(on=Environment)
def skiperator_names_clusters(environment: Environment) -> Iterator[Violation]:
    """It is configured in clusters on VMware and in Google Cloud that are members of the fleet."""
    there = environment.own_members
    for position, cluster in enumerate(environment.skiperator.clusters if environment.skiperator else ()):
        if cluster not in there:
            listed = ", ".join(there) or "there are none"
            yield Violation(
                ("skiperator", "clusters", position),
                f"must be a member among vmware.user_clusters and google.gke_clusters: {listed}; got {cluster}",
            )


@rule(on=Estate)
def skiperator_has_a_tree(estate: Estate) -> Iterator[Violation]:
    """Its configuration is manifests, and without a tree nothing would make them."""
    for name, environment in () if estate.organization.gitops else estate.environments.items():
        if environment.skiperator:
            yield Violation(
                (name, "skiperator"),
                "is configured by manifests, and there is no tree of them; add gitops: {} to organization.yaml, or take it out",
                (ORGANIZATION, "gitops"),
            )
