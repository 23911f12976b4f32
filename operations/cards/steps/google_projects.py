"""Google Cloud before the first apply: projects, who may apply, the APIs and the agents that grants wait for.

"If a service agent hasn't been created yet, then you can't grant roles to the service agent", and the bound provider
has no resource that makes one: https://docs.cloud.google.com/iam/docs/create-service-agents (excerpt, 2026-11-30). The
fleet's agent comes with its first membership otherwise, "granting the Hub Service Account access to another project,
which requires the account to exist first":
https://cloud.google.com/kubernetes-engine/fleet-management/docs/reference/rest/v1alpha2/projects.locations.global.memberships/initializeHub
(excerpt, 2026-11-30).
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.agents import GrantedAgent, granted_agents
from estate.derived.google.rings import RING_ROLE, rings_elsewhere
from estate.derived.google.roles import host_roles, service_roles
from estate.derived.share import Share
from estate.model.environment import Environment
from estate.model.google.google import GoogleConfig, HostProject
from operations.cards.card import Step, Turn
from operations.cards.steps.commands import for_each, ring_place

_TO_BEGIN = ("cloudresourcemanager", "iam", "serviceusage")
"""APIs that Terraform asks before it can switch on the others."""


def project_steps(environment: Environment, google: GoogleConfig, share: Share) -> Iterator[Step]:
    """What has to be there of the projects before anything is applied."""
    projects = [google.host_project, *(one for _, one in sorted(google.service_projects.items()))]
    yield Step(
        Turn.RIGHTS,
        "have these projects made, with a billing account: the stacks make none",
        tuple(
            command
            for one in projects
            for command in (
                f"gcloud projects describe {one.id} --format='value(projectNumber)'  # {one.number}",
                f"gcloud billing projects describe {one.id} --format='value(billingEnabled)'  # True",
            )
        ),
    )
    if environment.bootstrap is None:
        yield from _rights(environment, google, share)
    yield from _agents(google.host_project, list(granted_agents(google)))


def _rights(environment: Environment, google: GoogleConfig, share: Share) -> Iterator[Step]:
    """Roles of Google's that cover what the stacks make; a test holds them against every type in the JSON.

    Shared VPC: "Shared VPC Admin" is granted on the organization or a folder,
    https://docs.cloud.google.com/vpc/docs/provisioning-shared-vpc (2026-11).
    """
    yield Step(
        Turn.RIGHTS,
        f"let whoever applies {environment.environment} do so, whom the first line names; these roles of Google's hold "
        "more than is needed, and one of your own may hold less",
        (
            "DEPLOYER=serviceAccount:NAME@PROJECT.iam.gserviceaccount.com",
            _grant(google.host_project.id, host_roles(environment, google, share)),
            *(
                _grant(one.id, service_roles(google, key))
                for key, one in sorted(google.service_projects.items())
            ),
        ),
    )
    rings = rings_elsewhere(google)
    if rings:
        yield Step(
            Turn.RIGHTS,
            "have whoever owns these key rings of other projects, which nothing here makes, let it make keys in them and let "
            f"others use those: {', '.join(rings)}",
            tuple(command for ring in rings for command in _on_ring(ring)),
        )
    if google.service_projects:
        yield Step(
            Turn.RIGHTS,
            "let it lend the network to service projects, on the folder that holds all of them, or on the organization",
            (
                "gcloud resource-manager folders add-iam-policy-binding FOLDER_ID --member=$DEPLOYER "
                "--role=roles/compute.xpnAdmin --condition=None",
            ),
        )


def _on_ring(ring: str) -> Iterator[str]:
    """The look whether it is there, and the grant."""
    place = ring_place(ring)
    yield f"gcloud kms keyrings describe {place}"
    yield f"gcloud kms keyrings add-iam-policy-binding {place} --member=$DEPLOYER --role={RING_ROLE}"


def _grant(project: str, roles: list[str]) -> str:
    command = (
        f"gcloud projects add-iam-policy-binding {project} --member=$DEPLOYER --role=roles/$role "
        "--condition=None --format=none"
    )
    return for_each("role", roles, command)


def _agents(host: HostProject, agents: list[GrantedAgent]) -> Iterator[Step]:
    asked: dict[str, set[str]] = {} if host.owner else {host.id: set(_TO_BEGIN)}
    for agent in agents:
        asked.setdefault(agent.project, set(_TO_BEGIN)).add(agent.service)
    enable = tuple(
        f"gcloud services enable {' '.join(f'{name}.googleapis.com' for name in sorted(names))} --project={project}"
        for project, names in asked.items()
    )
    if not agents:
        if enable:
            yield Step(
                Turn.BEFORE, "switch on what Terraform asks first; it switches on the rest itself", enable
            )
        return
    yield Step(
        Turn.BEFORE,
        "switch on what Terraform asks first, and have Google make the agents that it grants roles to, which it would "
        f"otherwise make too late: {', '.join(agent.member.removeprefix('serviceAccount:') for agent in agents)}",
        (
            *enable,
            *(
                f"gcloud beta services identity create --service={agent.service}.googleapis.com --project={agent.project}"
                for agent in agents
                if agent.on_demand
            ),
        ),
    )
