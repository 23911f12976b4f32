"""The vSphere estate of one environment as a Terraform stack of its own.

Apart from the environment's stack, because any vSphere object makes a plan log in to vCenter. The two refer
to each other's objects by name. Credentials come from VSPHERE_USER and VSPHERE_PASSWORD alone.
"""

from __future__ import annotations

from cdktf import TerraformStack
from constructs import Construct

from estate.derived.share import Share
from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.refactoring import Refactoring
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from stacks.backend import define_backend
from stacks.context import StackContext
from stacks.providers import define_vsphere_provider
from stacks.refactoring_blocks import define_refactoring_blocks
from stacks.sections.vsphere import VsphereSection


class VsphereStack(TerraformStack):
    """Define what an environment makes in vCenter."""

    def __init__(  # noqa: PLR0913 - the sections that it cannot do without are handed over beside the whole
        self,
        scope: Construct,
        id_: str,
        *,
        config: Environment,
        vmware: VmwareConfig,
        vsphere: VsphereConfig,
        organization: Organization,
        refactoring: Refactoring,
        share: Share,
    ) -> None:
        super().__init__(scope, id_)
        context = StackContext(self, config, organization, share)

        define_backend(self, config, id_)
        define_vsphere_provider(self, vsphere)
        VsphereSection(context, config=vsphere, vmware=vmware)
        define_refactoring_blocks(self, refactoring)
