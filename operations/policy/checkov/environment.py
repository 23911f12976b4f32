"""The environment of its own that checkov runs in."""

from __future__ import annotations

import fcntl
import os
import subprocess
from pathlib import Path

from estate.reading.problems import InvalidInput, Problem
from operations.project import ROOT

_STANDARD_ERROR = 2
_PYTHON = Path(".venv-checkov") / "bin" / "python"
_NAMED = "HYBRID_CHECKOV_PYTHON"


def checkov_python(root: Path = ROOT) -> str:
    """The interpreter that has checkov: the one that HYBRID_CHECKOV_PYTHON names, otherwise made by set-up.

    Args:
        root: the checkout.

    Raises:
        InvalidInput: set-up failed, for example without a network, or an installed package has none.
    """
    if named := os.environ.get(_NAMED):
        return named
    script = root / "setup.sh"
    if not script.is_file():
        message = (
            f"comes with a checkout's set-up, and this is none; name an interpreter that has it in {_NAMED}"
        )
        raise InvalidInput([Problem("checkov", 0, 0, "", message)])
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
        raise InvalidInput([Problem("checkov", 0, 0, "", message)])
    return str(root / _PYTHON)
