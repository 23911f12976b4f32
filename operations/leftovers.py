"""What killed commands left, taken away when the next one begins: by KILL, or because the machine lost its power.

Each module that makes such a thing knows how to tell what is in use; this one asks them all. Left out: what the next
synthesis or the next change of a file elsewhere clears by itself.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from operations.files.alone import clear_staging
from operations.files.temporary import clear_temporary_folders
from operations.files.writing import clear_unfinished
from operations.project import OUTDIR


def clear_leftovers(folder: Path) -> None:
    """Clear them, in the root of an estate.

    Args:
        folder: the folder of the environment files; it need not be there.
    """
    with suppress(OSError):  # a folder that may not be looked into: whoever needs it says so
        clear_temporary_folders()
        clear_staging(Path.cwd() / OUTDIR)
        clear_unfinished(folder)
