"""Where a run of the tests keeps what listens for all of its processes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from typing import Final

_FOLDER: Final = "WARM_FOLDER"
_OWNER: Final = "WARM_OWNER"


def make() -> None:
    """Make the folder, in the process that starts all others; they find it by their environment."""
    if _FOLDER not in os.environ:
        # A socket's path has to be short.
        folder = tempfile.mkdtemp(prefix="warm-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ |= {_FOLDER: folder, _OWNER: str(os.getpid())}


def place(name: str) -> str:
    """Path of something in it."""
    return os.path.join(os.environ[_FOLDER], name)  # noqa: PTH118 - the client's way


def owner() -> int:
    """The process at whose end all of it ends."""
    return int(os.environ[_OWNER])
