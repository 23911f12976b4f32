"""One row of what an environment contains."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Content:
    """One entity of an environment.

    Attributes:
        path: where in the file it stands.
        entity: what it is, in the providers' words.
        summary: what a person wants to know of it at a glance.
    """

    path: str
    entity: str
    summary: str
