"""The environment of its own that checkov runs in."""

from __future__ import annotations

import subprocess
from pathlib import Path

from environments.problems import InvalidInput, Problem
from operations.project import ROOT

_PYTHON = Path(".venv-checkov") / "bin" / "python"


def checkov_python(root: Path = ROOT) -> str:
    """The interpreter that has checkov, made by set-up if it does not stand.

    Args:
        root: the checkout.

    Raises:
        InvalidInput: set-up failed, for example without a network.
    """
    done = subprocess.run(["sh", "setup.sh", "checkov"], cwd=root, check=False)  # noqa: S607 - POSIX has it
    if done.returncode:
        message = f"set-up ended with {done.returncode}, see above; run make policy where there is a network"
        raise InvalidInput([Problem("checkov", 0, 0, "", message)])
    return str(root / _PYTHON)
