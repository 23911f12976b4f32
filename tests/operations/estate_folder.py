"""The environment files of the example in a folder of a test, to be changed there."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.example import ENVIRONMENTS


def copied_files(environments: Path, folder: Path) -> Path:
    """Copy an estate's files, without records and what else stands beside them, into ``folder/environments``."""
    copies = folder / "environments"
    copies.mkdir(parents=True)
    for path in environments.glob("*.yaml"):
        shutil.copy(path, copies)
    return copies


def copied_environments(folder: Path) -> Path:
    """Copy the environment files with their records into ``folder/environments``."""
    for path in ENVIRONMENTS.rglob("*"):
        if path.suffix in {".yaml", ".txt"}:
            copy = folder / "environments" / path.relative_to(ENVIRONMENTS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return folder / "environments"
