"""The environment of its own that checkov runs in.

In a checkout set-up makes it; an installed wheel makes it in the user's cache folder.
"""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path
from typing import Final

from estate.reading.problems import InvalidInput
from operations import cache, children
from operations.project import ROOT, is_checkout

_STANDARD_ERROR = 2
_VENV = Path(".venv-checkov")
_PYTHON = Path("bin") / "python"
_LOCK: Final = "requirements-checkov.lock"
_NAMED: Final = "HYBRID_CHECKOV_PYTHON"


def checkov_python(root: Path | None = None) -> str:
    """The interpreter that has checkov: the one that HYBRID_CHECKOV_PYTHON names, otherwise made if it does not stand.

    Args:
        root: the checkout; this one, or the wheel's own way where it is none, when absent.

    Raises:
        InvalidInput: set-up failed, for example without a network, or ``root`` is no checkout.
    """
    if named := os.environ.get(_NAMED):
        return named
    if root is None and not is_checkout():
        what = "checkov's Python packages (265 MB, once)"
        return str(cache.folder("checkov", [ROOT / _LOCK], what, _PYTHON, _install) / _PYTHON)
    root = root or ROOT
    script = root / "setup.sh"
    if not script.is_file():
        message = (
            f"comes with a checkout's set-up, and this is none; name an interpreter that has it in {_NAMED}"
        )
        raise InvalidInput.of_file("checkov", message)
    with script.open() as lock:
        # Two at a time would make it into each other.
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = children.run(["sh", script.name, "checkov"], cwd=root, stdout=_STANDARD_ERROR)
    if done.returncode:
        message = f"set-up ended with {done.returncode}, see above; run make policy where there is a network"
        raise InvalidInput.of_file("checkov", message)
    return str(root / _VENV / _PYTHON)


def _install(folder: Path) -> int:
    """Make a virtual environment of what the lock file names; returns an exit code."""
    # -I: the folder that one stands in may hold files that are called as modules of Python are.
    pip = ["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    # Nothing of it is built, and so nothing of it is run, on the way.
    pip += ["--only-binary", ":all:"]
    # The folder takes its name afterwards, so only the interpreter in it is used, never a script.
    steps = (
        [sys.executable, "-I", "-m", "venv", str(folder)],
        [str(folder / _PYTHON), *pip, "-r", str(ROOT / _LOCK)],
    )
    for step in steps:
        code = children.run(step, stdout=_STANDARD_ERROR).returncode
        if code:
            return code
    return 0
