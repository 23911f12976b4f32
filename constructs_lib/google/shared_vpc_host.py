"""The host project as the host of a Shared VPC.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_shared_vpc_host_project
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.compute_shared_vpc_host_project import ComputeSharedVpcHostProject
from constructs import Construct

from estate.model.google.google import HostProject


class SharedVpcHost(Construct):
    """Define that the project lends its network to service projects; a project does so only once."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: HostProject,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        resource = ComputeSharedVpcHostProject(
            self, "Resource", project=config.id, depends_on=list(dependencies) or None
        )
        self.project: Final[str] = resource.project
