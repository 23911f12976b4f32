"""A broken rule that more than one file takes part in."""

from __future__ import annotations

from dataclasses import dataclass

from estate.model.rules import Path


@dataclass(frozen=True)
class InFile:
    """A place in one of the files.

    Attributes:
        environment: the environment whose file is meant; None means organization.yaml.
        path: keys and positions in that file.
    """

    environment: str | None
    path: Path


@dataclass(frozen=True)
class EstateViolation:
    """A broken rule that more than one file takes part in.

    Attributes:
        environment: the file to change; None means organization.yaml.
        path: keys and positions in that file.
        message: what was found, what is allowed and what to do.
        absent: places of whatever the rule complains is missing, or is not what it should be; the loader
            keeps silent about the rule when one of these stands in its file but is itself wrong.
    """

    environment: str | None
    path: Path
    message: str
    absent: tuple[InFile, ...] = ()
