"""A scope of a fleet, its namespaces and the clusters that belong to it.

Left out: labels on namespaces, which the teams' own configuration sets.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_hub_scope
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.gke_hub_namespace import GkeHubNamespace
from cdktf_cdktf_provider_google.gke_hub_scope import GkeHubScope
from constructs import Construct

from constructs_lib.fleet.member import Member
from constructs_lib.fleet.membership_binding import define_membership_binding
from constructs_lib.naming import Kind, Naming
from estate.model.fleet.scope import ScopeConfig


class Scope(Construct):
    """Define a scope with its namespaces; clusters are bound to it one by one.

    Stateful. With a fleet namespace goes the Kubernetes namespace in every cluster, and all that runs in it.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: ScopeConfig,
        naming: Naming,
        project: str,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        lifecycle = TerraformResourceLifecycle(prevent_destroy=prevent_destroy)
        self._id: str = naming.name("team", config.team, kind=Kind.FLEET_SCOPE)
        self._resource = GkeHubScope(
            self, "Resource", project=project, scope_id=self._id, depends_on=list(dependencies) or None
        )
        namespaces = Construct(self, "Namespaces")
        for name in config.namespaces:
            GkeHubNamespace(
                namespaces,
                name,
                project=project,
                scope_namespace_id=name,
                scope_id=self._resource.scope_id,
                scope=self._resource.name,
                lifecycle=lifecycle,
            )
        self._members = Construct(self, "Members")
        self.project: Final[str] = project
        self.team: Final[str] = config.team

    @property
    def scope_id(self) -> str:
        """Id of the scope, as a reference."""
        return self._resource.scope_id

    def bind(self, key: str, member: Member) -> None:
        """Let the scope reach into a cluster."""
        define_membership_binding(
            self._members,
            key,
            project=self.project,
            scope_id=self._id,
            scope_name=self._resource.name,
            member=member,
        )
