"""A row of the tables of who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Row:
    """One thing that somebody may do.

    Attributes:
        who: team, platform team or person, by key, or the address of a cluster's administrator.
        address: the group's or person's address.
        environment: where, several with a comma between them.
        role: IAM role, or role in Kubernetes.
        through: which kind of binding.
        where: project, or namespaces and clusters.
        until: day from whose beginning it ends in UTC, and by what if not by itself; empty for ever.
        made_by: environment whose stack makes the binding; the tree of manifests, and who applies it; what a person does,
            where neither makes it.
    """

    who: str
    address: str
    environment: str
    role: str
    through: str
    where: str
    until: str
    made_by: str


HEADERS: Final = ("who", "address", "environment", "role", "through", "where", "until", "made by")
