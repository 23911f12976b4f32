"""One command at a time in a folder, and what a killed one left there.

The system gives a lock back when its process ends, however it ends, so a lock tells the dead from the living and
never has to be cleaned up itself. See https://man7.org/linux/man-pages/man2/flock.2.html
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from operations.interruption import held_back


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Wait until no other command is in the folder, and keep others out.

    Yields:
        Whether that could be had: some network file systems lock no folders, and the work goes on without.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield lock(handle)
    finally:
        os.close(handle)


@contextmanager
def staging_folder(beside: Path) -> Iterator[Path]:
    """A new folder beside another one, which is gone at the end.

    Those of killed commands are removed first.

    Args:
        beside: the folder that its content is for; it need not exist, what it stands in is made.
    """
    beside.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as afterwards:
        with alone_in(beside.parent):
            _remove_dead(beside)
            with held_back():
                made = Path(tempfile.mkdtemp(prefix=_prefix(beside), dir=beside.parent))
                handle = os.open(made, os.O_RDONLY)
                afterwards.callback(os.close, handle)
                afterwards.callback(shutil.rmtree, made, ignore_errors=True)
                lock(handle)
        yield made


def clear_staging(beside: Path) -> None:
    """Remove the staging folders of killed commands, unless somebody is just making one."""
    handle = os.open(beside.parent, os.O_RDONLY)
    try:
        if is_free(handle):
            _remove_dead(beside)
    finally:
        os.close(handle)


def _prefix(beside: Path) -> str:
    return f".{beside.name}.new-"


def _remove_dead(beside: Path) -> None:
    for left in beside.parent.iterdir():
        if left.name.startswith(_prefix(beside)):
            _remove_if_dead(left)


def _remove_if_dead(left: Path) -> None:
    try:
        handle = os.open(left, os.O_RDONLY)
    except OSError:
        return  # its command just ended, or it is another user's
    try:
        if is_free(handle):
            shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)


def lock(handle: int) -> bool:
    """Wait for a file's or folder's lock; says whether it could be had."""
    return _lock(handle, fcntl.LOCK_EX)


def is_free(handle: int) -> bool:
    """Take a lock where no living process has it; says whether it could be had."""
    return _lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except OSError:
        return False
    return True
