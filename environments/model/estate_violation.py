"""A broken rule that more than one file takes part in."""

from __future__ import annotations

from dataclasses import dataclass

from environments.model.rules import Path


@dataclass(frozen=True)
class EstateViolation:
    """A broken rule that more than one file takes part in.

    Attributes:
        environment: the file to change; None means organization.yaml.
        path: keys and positions in that file.
        message: what was found, what is allowed and what to do.
    """

    environment: str | None
    path: Path
    message: str
