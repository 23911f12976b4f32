"""Rules on what the tree of manifests makes in the clusters, and on what nobody makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.model.access.team import EVERY_RIGHT, CustomAccess
from estate.model.gitops import Applier
from estate.model.organization import Organization
from estate.model.rules import Path, Violation, rule

_KUBERNETES_OWN: Final = (EVERY_RIGHT, "admin", "edit", "view")
"""ClusterRoles that every cluster comes with: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles."""
_OF_THE_TREE: Final = ("quota", "pod_security", "network_default")
"""What is said of a team that manifests alone make."""


@rule(on=Organization)
def roles_of_kubernetes_stay(organization: Organization) -> Iterator[Violation]:
    """No ClusterRole of one's own is called as one that every cluster comes with."""
    for name in organization.cluster_roles:
        if name in _KUBERNETES_OWN:
            yield Violation(
                ("cluster_roles", name),
                f"must not be called {name}, which every cluster has and others are bound to; call it by its task",
            )


@rule(on=Organization)
def manifests_have_a_tree(organization: Organization) -> Iterator[Violation]:
    """What manifests alone make is said where there is a tree of them: elsewhere nothing would make it."""
    if organization.gitops:
        return
    said: list[Path] = [("cluster_roles",)] if organization.cluster_roles else []
    for name, team in organization.teams.items():
        said += [("teams", name, field) for field in _OF_THE_TREE if field in team.model_fields_set]
    for path in said:
        yield Violation(
            path,
            "is made by manifests, and there is no tree of them; add gitops: {}, or take it out",
            ("gitops",),
        )


@rule(on=Organization)
def roles_of_teams_are_made(organization: Organization) -> Iterator[Violation]:
    """Where the tree is applied, a ClusterRole that a team's access names is one that it makes."""
    gitops = organization.gitops
    if gitops is None or gitops.applier is Applier.NONE:
        return
    for name, team in organization.teams.items():
        for environment, access in team.access.items():
            if isinstance(access, CustomAccess) and access.custom_role not in organization.cluster_roles:
                known = ", ".join(sorted(organization.cluster_roles)) or "there are none"
                yield Violation(
                    ("teams", name, "access", environment, "custom_role"),
                    f"must be one of cluster_roles: {known}; got {access.custom_role}, which nothing would make; give it its "
                    "rules there",
                    ("cluster_roles", access.custom_role),
                )
