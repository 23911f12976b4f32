"""The environment files of the example in a folder of a test, to be changed there."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.example import ENVIRONMENTS


def copied_environments(folder: Path) -> Path:
    """Copy the environment files with their records into ``folder/environments``."""
    for path in ENVIRONMENTS.rglob("*"):
        if path.suffix in {".yaml", ".txt"}:
            copy = folder / "environments" / path.relative_to(ENVIRONMENTS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return folder / "environments"
