"""The fleet feature that carries scopes' role bindings into clusters, and the roles it may bind.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/gke_hub_feature
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.gke_hub_feature import (
    GkeHubFeature,
    GkeHubFeatureSpec,
    GkeHubFeatureSpecRbacrolebindingactuation,
)
from constructs import Construct


class RoleBindingActuation(Construct):
    """Define the feature with the ClusterRoles of the organization's own that scopes bind.

    Role bindings have to depend on it: a role that is not allowed yet cannot be bound, and one that is
    bound cannot be taken away.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Sequence[str],
        project: str,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        # An empty list would differ in every plan, so without roles there is no spec.
        allowed = GkeHubFeatureSpecRbacrolebindingactuation(allowed_custom_roles=list(config))
        self._resource = GkeHubFeature(
            self,
            "Resource",
            project=project,
            location="global",
            name="rbacrolebindingactuation",
            spec=GkeHubFeatureSpec(rbacrolebindingactuation=allowed) if config else None,
            depends_on=list(dependencies) or None,
        )

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource
