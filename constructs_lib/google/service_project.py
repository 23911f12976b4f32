"""A service project of a Shared VPC: its APIs, its attachment, and the roles of agents across the two projects.

Left out: the project itself, which exists, and what people may do in it.

https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cluster-shared-vpc, and for clusters that register
in another project's fleet https://docs.cloud.google.com/kubernetes-engine/fleet-management/docs/register/gke
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.compute_shared_vpc_service_project import ComputeSharedVpcServiceProject
from cdktf_cdktf_provider_google.project_iam_member import ProjectIamMember
from constructs import Construct

from constructs_lib.google.load_balancer_role import LoadBalancerRole
from constructs_lib.google.project_services import ProjectServices
from estate.derived.google.agents import container_agent, fleet_agent, google_apis_agent
from estate.model.google.google import HostProject
from estate.model.google.google import ServiceProject as ServiceProjectConfig

_OF_THE_FLEET = ("roles/gkehub.serviceAgent", "roles/gkehub.crossProjectServiceAgent")


class ServiceProject(Construct):
    """Define a service project's APIs and attachment, and what its agents may do in the host project."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: ServiceProjectConfig,
        host: HostProject,
        host_project: str,
        apis: Sequence[str],
        load_balancer_role: LoadBalancerRole | None = None,
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: the project.
            host: the host project.
            host_project: id of the host project, by way of what makes it one where that is in this stack.
            apis: the APIs that are switched on in the service project.
            load_balancer_role: what lets GKE make firewall rules in the host project; GKE makes none without it.
        """
        super().__init__(scope, id_)
        services = ProjectServices(self, "Services", config=config, services=apis).services
        attachment = ComputeSharedVpcServiceProject(
            self,
            "Attachment",
            host_project=host_project,
            service_project=config.id,
            depends_on=list(services),
        )
        self.agents: Final[dict[str, str]] = {
            "Gke": container_agent(config.number),
            "GoogleApis": google_apis_agent(config.number),
        }
        roles: list[ITerraformDependable] = []
        if "container.googleapis.com" in apis:
            roles.append(
                ProjectIamMember(
                    self,
                    "HostServiceAgentUser",
                    project=host.id,
                    role="roles/container.hostServiceAgentUser",
                    member=self.agents["Gke"],
                    depends_on=[attachment],
                )
            )
            if load_balancer_role:
                roles.append(
                    ProjectIamMember(
                        self,
                        "LoadBalancerRules",
                        project=host.id,
                        role=load_balancer_role.name,
                        member=self.agents["Gke"],
                        depends_on=[attachment],
                    )
                )
            fleet = Construct(self, "FleetAgent")
            roles += [
                ProjectIamMember(
                    fleet,
                    role.rpartition(".")[2],
                    project=config.id,
                    role=role,
                    member=fleet_agent(host.number),
                    depends_on=[attachment],
                )
                for role in _OF_THE_FLEET
            ]
        self.services: Final[tuple[ITerraformDependable, ...]] = services
        self.resources: Final[tuple[ITerraformDependable, ...]] = (attachment, *roles)
