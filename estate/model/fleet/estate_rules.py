"""The rules of fleets that look at all of their members; who owns a host project is checked beside the project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from estate.model.estate_violation import EstateViolation, InFile

if TYPE_CHECKING:
    from estate.model.estate import Estate


def fleet_estate_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check each fleet against all of its members."""
    yield from _members_use_what_is_on(estate)
    yield from _ingress_is_held_in_google_cloud(estate)


def _members_use_what_is_on(estate: Estate) -> Iterator[EstateViolation]:
    """What a shared fleet's members use must be on in its owner's file."""
    for name, environment in estate.environments.items():
        if not environment.fleet or not environment.google or not environment.google.host_project.owner:
            continue
        owner = estate.environments.get(environment.google.host_project.owner)
        if owner is None:
            continue
        if owner.fleet is None:
            yield EstateViolation(
                owner.environment,
                ("google", "host_project"),
                f"holds the fleet that {name} is in, and this file owns it; add fleet: {{}}",
                absent=(InFile(owner.environment, ("fleet",)),),
            )
            continue
        on = owner.fleet.features.by_member()
        for feature in environment.fleet.features.by_member():
            if feature not in on:
                yield EstateViolation(
                    name,
                    ("fleet", "features", feature),
                    f"is not on in the fleet, which {owner.environment} owns; switch it on there first, under "
                    f"fleet.features.{feature}",
                    absent=(InFile(owner.environment, ("fleet", "features", feature)),),
                )


def _ingress_is_held_in_google_cloud(estate: Estate) -> Iterator[EstateViolation]:
    """A cluster on VMware cannot hold multi-cluster ingress, in whatever file it stands."""
    on_prem = {membership: cluster for cluster, membership in _on_prem_memberships(estate)}
    for name, environment in estate.environments.items():
        ingress = environment.fleet.features.multi_cluster_ingress if environment.fleet else None
        project = environment.google.host_project.id if environment.google else ""
        cluster = on_prem.get((project, ingress.config_membership.rsplit("/", 1)[1])) if ingress else None
        if ingress and cluster:
            yield EstateViolation(
                name,
                ("fleet", "features", "multi_cluster_ingress", "config_membership"),
                "must be a cluster in Google Cloud, which alone can hold multi-cluster ingress, "
                f"got {ingress.config_membership}, the on-prem {cluster}",
            )


def _on_prem_memberships(estate: Estate) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every cluster on VMware in words, with its host project and its membership's id."""
    for name, environment in estate.environments.items():
        if not environment.google or not environment.vmware:
            continue
        project, vmware = environment.google.host_project.id, environment.vmware
        for key, cluster in vmware.user_clusters.items():
            yield (
                f"user cluster {key} of {name}",
                (project, cluster.name_in(estate.organization.name, name, key)),
            )
        if vmware.admin_cluster:
            yield f"admin cluster of {name}", (project, vmware.admin_cluster.name)
