"""The Google Cloud projects of an environment: what is on in them, and who lends a network to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cdktf import ITerraformDependable
from constructs import Construct

from constructs_lib.google.load_balancer_role import LoadBalancerRole
from constructs_lib.google.project_services import ProjectServices
from constructs_lib.google.service_accounts import ServiceAccounts
from constructs_lib.google.service_project import ServiceProject
from constructs_lib.google.shared_vpc_host import SharedVpcHost
from estate.derived.google.services import makes_rules, owned_services, service_project_services
from estate.facts.google.service_accounts import SERVICE_ACCOUNTS
from estate.model.google.google import GoogleConfig, LoadBalancerRules
from stacks.context import StackContext


class ProjectsSection:
    """Define the host project's APIs and accounts, and the service projects that are attached to it.

    Attributes:
        services: the host project's APIs, to depend on.
        attached: the service projects by key.
        services_by_project: the APIs of every project by its id, to depend on.
    """

    def __init__(self, context: StackContext, *, config: GoogleConfig) -> None:
        host = config.host_project
        services = ProjectServices(
            context.stack, "ProjectServices", config=host, services=owned_services(context.environment)
        ).services
        if context.share.has_on_prem_clusters:
            ServiceAccounts(
                context.stack,
                "ServiceAccounts",
                config=SERVICE_ACCOUNTS,
                project=host.id,
                dependencies=services,
            )
        host_project = host.id
        if context.share.hosts_shared_vpc:
            host_project = SharedVpcHost(
                context.stack, "SharedVpcHost", config=host, dependencies=services
            ).project
        role = None
        if makes_rules(config):
            role = LoadBalancerRole(
                context.stack, "LoadBalancerRole", config=host, naming=context.naming, dependencies=services
            )
        namespace = Construct(context.stack, "ServiceProjects")
        self.services: Final[Sequence[ITerraformDependable]] = services
        self.attached: Final[Mapping[str, ServiceProject]] = {
            key: ServiceProject(
                namespace,
                key,
                config=project,
                host=host,
                host_project=host_project,
                apis=service_project_services(config, key),
                load_balancer_role=role if project.load_balancer_rules is LoadBalancerRules.GKE else None,
            )
            for key, project in sorted(config.service_projects.items())
        }
        self.services_by_project: Final[Mapping[str, Sequence[ITerraformDependable]]] = {
            host.id: services,
            **{config.service_projects[key].id: project.services for key, project in self.attached.items()},
        }
