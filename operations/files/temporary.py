"""Folders in the system's temporary folder: for this user alone, and gone with the command, however it ends.

A command that is killed takes nothing away. So each folder is locked as long as its command lives, and the next
command removes those whose lock is free: plans in plain, copies of an estate, stacks that were never published.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from operations.files.alone import is_free, lock
from operations.interruption import held_back

_BEGINS: Final = "hybrid-"
_ENDS: Final = ".hybrid-temporary"
"""By the end of its name a folder is known to be one of these, and nobody's own."""
_INSIDE: Final = "inside"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that only this user may look into, gone afterwards with all that is in it."""
    clear_temporary_folders()
    with ExitStack() as afterwards:
        with held_back():
            made, handle = _made()
            afterwards.callback(_remove, made, handle)
        # Below what is locked: whoever writes several files there locks their folder, and would wait for itself.
        inside = made / _INSIDE
        inside.mkdir()
        yield inside


def clear_temporary_folders() -> None:
    """Remove what killed commands of this user left."""
    for left in Path(tempfile.gettempdir()).glob(f"{_BEGINS}*{_ENDS}"):
        with suppress(OSError):  # its command just ended, or it is another user's
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(handle).st_uid == os.geteuid() and is_free(handle):
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(handle)


def _remove(made: Path, handle: int) -> None:
    with held_back():
        shutil.rmtree(made, ignore_errors=True)
        os.close(handle)


def _made() -> tuple[Path, int]:
    while True:
        made = Path(tempfile.mkdtemp(prefix=_BEGINS, suffix=_ENDS))
        # Another command may take it for a dead one's before it is locked, even before it is opened.
        with suppress(FileNotFoundError):
            handle = os.open(made, os.O_RDONLY)
            lock(handle)
            if made.is_dir():
                return made, handle
            os.close(handle)
