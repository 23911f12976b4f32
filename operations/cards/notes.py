"""What is worth knowing of the organization as a whole, said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from estate.model.access.google_groups import SECURITY_GROUPS
from estate.model.access.team import CustomAccess
from estate.model.estate import Estate
from operations.cards.content import Content


def notes(estate: Estate) -> Iterator[str]:
    """Yield each note as a sentence without a final period; no clock is read."""
    organization = estate.organization
    count = sum(1 for _ in organization.groups())
    if count:
        where = f"{SECURITY_GROUPS}@{organization.domain}"
        nesting = organization.google_groups.nesting
        which = "the 1 group that has access" if count == 1 else f"all {count} groups that have access"
        yield (
            f"{nesting.environment} nests {which} in {where}"
            if nesting
            else f"clusters see no group that is not nested in {where}: nest {which}, "
            "or have it done with google_groups.nesting in organization.yaml"
        )
    for entry in organization.break_glass.values():
        yield (
            f"{entry.user} may administer {', '.join(entry.environments)} past all groups until {entry.expires} "
            f"({entry.reason}); take the entry out then"
        )


def access_content(estate: Estate, name: str) -> Iterator[Content]:
    """Yield one row that sums up who has access to an environment; none when nobody has."""
    organization = estate.organization
    if not estate.environments[name].fleet:
        return
    accesses = (team.access[name] for team in organization.teams.values() if name in team.access)
    levels = Counter(
        access.custom_role if isinstance(access, CustomAccess) else access.value for access in accesses
    )
    teams = ", ".join(f"{count} {level}" for level, count in sorted(levels.items()))
    people = sum(1 for entry in organization.break_glass.values() if name in entry.environments)
    parts = [
        *(["the platform team"] if organization.platform_team else []),
        *([f"teams: {teams}"] if teams else []),
        *([f"{people} by breaking glass"] if people else []),
    ]
    if parts:
        yield Content("organization", "access", "; ".join(parts))
