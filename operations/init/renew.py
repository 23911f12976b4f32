"""The flow of ``hybrid renew``: what the product writes beside the environment files, as its version has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from estate.reading.estate_loader import load_estate
from operations.files.writing import changed_files, write_files
from operations.init import repository
from operations.project import ROOT


class Part(StrEnum):
    """What can be renewed."""

    SCHEMA = "schema"
    WORKFLOWS = "workflows"
    ATLANTIS = "atlantis"


def renew(
    folder: Path, root: Path, parts: Sequence[Part], runners: Mapping[str, str], *, write: bool = True
) -> list[Path]:
    """Write the parts, all when none is named; a checkout has schemas and workflows of its own.

    Args:
        folder: the folder of the environment files.
        root: the estate's root, absolute.
        parts: what to write.
        runners: labels of runners, as for ``hybrid stacks``.
        write: whether to write them, rather than to say which differ.

    Returns:
        The files that changed, or would.

    Raises:
        InvalidInput: the environment files are wrong.
    """
    wanted = set(parts or Part)
    files = repository.atlantis(load_estate(folder), root, dict(runners)) if Part.ATLANTIS in wanted else {}
    if root != ROOT:
        files |= repository.schemas() if Part.SCHEMA in wanted else {}
        files |= repository.workflows() if Part.WORKFLOWS in wanted else {}
    changes = [(root / name, text) for name, text in files.items()]
    changed = write_files(changes, root) if write else changed_files(changes)
    return [path.relative_to(root) for path in changed]
