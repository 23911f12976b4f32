"""The service agents of projects, as IAM members; each exists once the API that it works for is on and used.

https://docs.cloud.google.com/iam/docs/service-agents
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from estate.model.google.google import GoogleConfig, Project


def container_agent(number: int) -> str:
    """GKE's agent of a project: makes nodes, uses keys, manages the host project's firewall for clusters."""
    return f"serviceAccount:service-{number}@container-engine-robot.iam.gserviceaccount.com"


def google_apis_agent(number: int) -> str:
    """The agent that makes a project's machines for managed instance groups, which node pools are."""
    return f"serviceAccount:{number}@cloudservices.gserviceaccount.com"


def fleet_agent(number: int) -> str:
    """The fleet's agent of its host project: registers clusters, those of other projects too."""
    return f"serviceAccount:service-{number}@gcp-sa-gkehub.iam.gserviceaccount.com"


def backup_agent(number: int) -> str:
    """The agent of Backup for GKE in a project: encrypts backups and decrypts them.

    https://docs.cloud.google.com/kubernetes-engine/docs/add-on/backup-for-gke/concepts/about-cmek (excerpt, 2026-11-30)
    """
    return f"serviceAccount:service-{number}@gcp-sa-gkebackup.iam.gserviceaccount.com"


@dataclass(frozen=True)
class GrantedAgent:
    """An agent that a stack grants something.

    Attributes:
        project: id of its project.
        service: the API that it works for, by its short name.
        member: the agent as an IAM member.
        on_demand: whether Google makes it when it is asked to; with the project's API otherwise.
    """

    project: str
    service: str
    member: str
    on_demand: bool = True


def granted_agents(google: GoogleConfig) -> Iterator[GrantedAgent]:
    """Every agent that an environment's stack grants something, the host project's first."""
    host = google.host_project
    holding = [one for key, one in sorted(google.service_projects.items()) if _holds(google, key)]
    if holding:
        yield GrantedAgent(host.id, "gkehub", fleet_agent(host.number))
    if _holds(google, None):
        yield _container(host)
    for project in holding:
        yield _container(project)
        yield GrantedAgent(project.id, "compute", google_apis_agent(project.number), on_demand=False)
    for key, project in [(None, host), *sorted(google.service_projects.items())]:
        if backs_up(google, key):
            yield GrantedAgent(project.id, "gkebackup", backup_agent(project.number))


def _container(project: Project) -> GrantedAgent:
    return GrantedAgent(project.id, "container", container_agent(project.number))


def backs_up(google: GoogleConfig, key: str | None) -> bool:
    """Whether any cluster in a service project, or in the host project, is backed up by Google."""
    return any(cluster.project == key and cluster.backup for cluster in google.gke_clusters.values())


def _holds(google: GoogleConfig, key: str | None) -> bool:
    """Whether any cluster stands in a service project, or in the host project."""
    return any(cluster.project == key for cluster in google.gke_clusters.values())
