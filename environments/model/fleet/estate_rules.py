"""The rules of fleets that several environments share; who owns a host project is checked beside the project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from environments.model.estate_violation import EstateViolation, InFile

if TYPE_CHECKING:
    from environments.model.estate import Estate


def fleet_estate_violations(estate: Estate) -> Iterator[EstateViolation]:
    """Check that what a shared fleet's members use is on in its owner's file."""
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
