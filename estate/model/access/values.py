"""Value types of access: addresses, namespaces, levels, dates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from estate.model.words import Words


class AccessLevel(StrEnum):
    """How much a team may do in an environment."""

    VIEW = "view"
    EDIT = "edit"
    ADMIN = "admin"


TeamName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,28}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 30, a letter first and no hyphen last"),
]
"""Key of a team; with organization and environment before it, it fits the 63 characters of a scope's id."""

GroupEmail = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][-_.a-z0-9]{0,62}[a-z0-9]@[-.a-z0-9]+$"),
    Words(
        "the bare address of a Google group in lower case such as team@example.com, without group: before it"
    ),
]
"""Address of a Google group."""

UserEmail = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][-_.+a-z0-9]{0,62}@[-.a-z0-9]+$"),
    Words(
        "the bare address of a person in lower case such as ola.nordmann@example.com, without user: before it"
    ),
]
"""Address of a person's Google account."""

NamespaceName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 63, no hyphen at either end"),
]
"""Name of a Kubernetes namespace."""

NamespacePrefix = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9]{0,38}-$"),
    Words(
        "at most 40 lower-case letters, digits and hyphens, a letter first and a hyphen last, such as web-"
    ),
]
"""Beginning of the names of a team's namespaces; the hyphen keeps web- apart from webshop-."""

ClusterRoleName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?$"),
    Words("the name of a ClusterRole: lower-case letters, digits, hyphens and dots, at most 63"),
]
"""Name of a Kubernetes ClusterRole."""


def _calendar_day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"must be a day of the calendar, got {value}") from None
    return value


Day = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    Words('a day in quotes such as "2027-01-31"'),
    AfterValidator(_calendar_day),
]
"""A day as year, month and day; quoted, because YAML readers make a date of it."""
