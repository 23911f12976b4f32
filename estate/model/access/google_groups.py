"""How the organization's Google groups come to be known to the clusters.

A cluster asks Google for a person's groups only when they are nested in gke-security-groups@DOMAIN.
See https://docs.cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import StrictBool, StringConstraints

from estate.model.base import EnvironmentName, Model
from estate.model.rules import Violation, rule
from estate.model.words import Words

SECURITY_GROUPS: Final = "gke-security-groups"
"""The group that holds all groups which clusters see."""

GroupId = Annotated[
    str,
    StringConstraints(pattern=r"^groups/[a-z0-9]{8,32}$"),
    Words(
        "the resource name of a group such as groups/01opuj5n2abcdef; gcloud identity groups describe shows it"
    ),
]
"""Resource name of a Google group."""


class GroupNesting(Model):
    """Terraform puts every group that is granted something into gke-security-groups."""

    group_id: GroupId
    """Resource name of gke-security-groups@DOMAIN, which must exist."""
    environment: EnvironmentName
    """Environment whose stack holds the nesting of all groups; an organization has it once."""


class GoogleGroups(Model):
    """What there is to know about the organization's Google groups."""

    directory_sync: StrictBool = False
    """Whether a directory elsewhere writes the groups (Google Cloud Directory Sync and the like); false
    when absent."""
    nesting: GroupNesting | None = None
    """Have Terraform nest the groups in gke-security-groups; a person's job when absent."""
    may_look_like_people: StrictBool = False
    """Whether a group's address may have the form first.last@, which is refused as a person's when absent."""

    @rule
    def _a_sync_does_not_undo_the_nesting(self) -> Iterator[Violation]:
        """Groups that a directory elsewhere writes are nested there, and not by Terraform."""
        if self.directory_sync and self.nesting:
            yield Violation(
                ("nesting",),
                "must be left out with directory_sync: true, whose next run takes the nesting away again; "
                "nest the groups in the directory that is synced",
            )
