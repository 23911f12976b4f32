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
        yield _lock(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


@contextmanager
def staging_folder(beside: Path) -> Iterator[Path]:
    """A new folder beside another one, which is gone at the end.

    Those of killed commands are removed first.

    Args:
        beside: the folder that its content is for; it need not exist, what it stands in is made.
    """
    prefix = f".{beside.name}.new-"
    beside.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as afterwards:
        with alone_in(beside.parent):
            for left in beside.parent.iterdir():
                if left.name.startswith(prefix):
                    _remove_if_dead(left)
            with held_back():
                made = Path(tempfile.mkdtemp(prefix=prefix, dir=beside.parent))
                handle = os.open(made, os.O_RDONLY)
                afterwards.callback(os.close, handle)
                afterwards.callback(shutil.rmtree, made, ignore_errors=True)
                _lock(handle, fcntl.LOCK_EX)
        yield made


def _remove_if_dead(left: Path) -> None:
    try:
        handle = os.open(left, os.O_RDONLY)
    except OSError:
        return  # its command just ended, or it is another user's
    try:
        if _lock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except OSError:
        return False
    return True
