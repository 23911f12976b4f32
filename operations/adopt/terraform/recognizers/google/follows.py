"""What the file says before a state is read, and what a state tells and a file does not say, because it follows from the rest."""

from __future__ import annotations

from typing import Final

from estate.derived.google.services import needed_services
from estate.model.environment import Environment
from estate.model.organization import Organization
from operations.adopt.terraform.draft import Draft

_SERVICES: Final = ("google", "services")


def begin(draft: Draft, environment: Environment) -> None:
    """Say the projects and the region that the file says: states may hold those of several environments.

    And its VPCs, since clusters stand in one of them, and states need not have it.
    """
    aws, google = environment.aws, environment.google
    if aws and aws.management_vpc:
        draft.put(("aws", "management_vpc"), aws.management_vpc.model_dump(mode="json", exclude_unset=True))
    for key, vpc in aws.existing_vpcs.items() if aws else ():
        draft.put(("aws", "existing_vpcs", key), vpc.model_dump(mode="json", exclude_unset=True))
    if google is None:
        return
    projects = {"host_project": google.host_project} | {
        f"service_projects.{key}": one for key, one in google.service_projects.items()
    }
    for path, project in projects.items():
        draft.put(("google", *path.split(".")), {"id": project.id, "number": project.number})
    draft.put(("google", "region"), google.region)


def leave_out_people(draft: Draft, organization: Organization) -> None:
    """Leave out administrators of clusters on VMware who are there to break glass, until a day."""
    until = {
        entry.user for entry in organization.break_glass.values() if draft.environment in entry.environments
    }
    for cluster in (draft.at("vmware", "user_clusters") or {}).values():
        users = [user for user in cluster.pop("admin_users", ()) if user not in until]
        if users:
            cluster["admin_users"] = users


def leave_out_apis(draft: Draft, environment: Environment) -> bool:
    """Leave out the APIs that the environment's content needs anyway.

    Returns:
        Whether any was left out.
    """
    services: list[str] = draft.at(*_SERVICES) or []
    google = environment.google
    if google is None:
        return False
    bare = environment.model_copy(update={"google": google.model_copy(update={"services": ()})})
    others = [service for service in services if service not in needed_services(bare)]
    if others:
        draft.put(_SERVICES, others)
    elif services:
        del draft.data["google"]["services"]
    return others != services
