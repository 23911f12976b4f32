"""State on this machine, `.state/`, which holds every secret of what is deployed: nobody's but its owner's.

Terraform makes folders and files as wide as the user's mask lets it, so whatever stands there is narrowed whenever a
command begins or has run Terraform.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from operations.console import say

FOLDER: Final = Path(".state")
"""Below the folder that a command runs in."""

_OTHERS: Final = 0o077


def make_owned() -> None:
    """Make the folder, before Terraform makes a wider one."""
    FOLDER.mkdir(mode=0o700, exist_ok=True)


def keep_owned(folder: Path = FOLDER) -> None:
    """Take from everybody else what they may do with what is in the folder; says so where there was something."""
    wider = [one for one in _within(folder) if stat.S_IMODE(one.lstat().st_mode) & _OTHERS]
    narrowed = 0
    for one in wider:
        with suppress(OSError):  # another user's, who alone may say who reads it
            one.chmod(stat.S_IMODE(one.lstat().st_mode) & ~_OTHERS)
            narrowed += 1
    if narrowed:
        say(f"{folder}: could be read by others, and is yours alone now; it holds secrets", stream=sys.stderr)


def _within(folder: Path) -> Iterator[Path]:
    """The folder and all in it; neither links nor what they lead to."""
    if not folder.is_dir() or folder.is_symlink():
        return
    yield folder
    for above, folders, files in os.walk(folder):
        yield from (path for name in (*folders, *files) if not (path := Path(above, name)).is_symlink())
