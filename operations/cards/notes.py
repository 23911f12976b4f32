"""What is worth knowing of the organization as a whole, said once."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.access.google_groups import SECURITY_GROUPS
from estate.model.estate import Estate


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
