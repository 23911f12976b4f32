"""The role by which GKE's agents of service projects make firewall rules in the host project.

In place of Compute Security Admin, which reaches firewall policies and certificates too. Left out: who has it.

https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc, not opened itself: the agent needs that role on
the host project or a custom one with these permissions; the list as in the excerpts of 2026-11-30,
https://github.com/terraform-google-modules/terraform-google-kubernetes-engine/issues/723 and in Google's blueprint for PCI
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.project_iam_custom_role import ProjectIamCustomRole
from constructs import Construct

from constructs_lib.naming import Kind, Naming
from estate.model.google.google import HostProject

_PERMISSIONS: Final = (
    "compute.firewalls.create",
    "compute.firewalls.delete",
    "compute.firewalls.get",
    "compute.firewalls.list",
    "compute.firewalls.update",
    "compute.networks.updatePolicy",
)


class LoadBalancerRole(Construct):
    """Define the role in the host project; service projects give it to their agents."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: HostProject,
        naming: Naming,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        # A role's id takes underscores and no hyphens; the name is within the 64 characters that it may have.
        name = naming.name("gke-load-balancers", kind=Kind.COMPUTE)
        role = ProjectIamCustomRole(
            self,
            "Resource",
            project=config.id,
            role_id=name.replace("-", "_"),
            title=f"Firewall rules of GKE load balancers, {naming.environment}",
            description="What GKE needs to let clients in to load balancers of clusters in service projects",
            permissions=list(_PERMISSIONS),
            depends_on=list(dependencies) or None,
        )
        self.name: Final[str] = role.name
