"""The environment of its own that checkov runs in."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

from estate.reading.problems import InvalidInput, Problem
from operations.project import ROOT

_STANDARD_ERROR = 2
_PYTHON = Path(".venv-checkov") / "bin" / "python"


def checkov_python(root: Path = ROOT) -> str:
    """The interpreter that has checkov, made by set-up if it does not stand.

    Args:
        root: the checkout.

    Raises:
        InvalidInput: set-up failed, for example without a network.
    """
    script = root / "setup.sh"
    with script.open() as lock:
        # Two at a time would make it into each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(  # noqa: S603 - this project's own script
            ["sh", script.name, "checkov"],  # noqa: S607 - POSIX has it
            cwd=root,
            stdout=_STANDARD_ERROR,
            check=False,
        )
    if done.returncode:
        message = f"set-up ended with {done.returncode}, see above; run make policy where there is a network"
        raise InvalidInput([Problem.of_file("checkov", message)])
    return str(root / _PYTHON)
