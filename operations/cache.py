"""What an installed product makes for itself at first use, in the user's cache folder.

Each is keyed by what it is made from, so that a newer version of the product makes its own and an older one still
finds its. Nothing is cleaned up: the folder may be thrown away at any time.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from estate.reading.problems import InvalidInput
from operations.console import say
from operations.files.alone import staging_folder

VARIABLE: Final = "HYBRID_CACHE"
"""Environment variable that names another folder than the user's."""


def home() -> Path:
    """The folder for all of it."""
    named = os.environ.get(VARIABLE) or os.environ.get("XDG_CACHE_HOME")
    if not named:
        named = str(Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache"))
    return Path(named).absolute() / "hybrid-kubernetes"


def place_of(name: str, made_from: Sequence[Path]) -> Path:
    """Where one thing stands, made or not."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for file in made_from:
        digest.update(file.read_bytes())
    return home() / f"{name}-{digest.hexdigest()[:12]}"


def folder(name: str, made_from: Sequence[Path], what: str, proof: Path, make: Callable[[Path], int]) -> Path:
    """The folder of one thing, made if it does not stand, or was damaged.

    Args:
        name: begins the folder's name.
        made_from: files whose content, with the version of Python, decides what is in it.
        what: what is made, for the line that says so.
        proof: the file in it that is used; a folder without it is damaged.
        make: fills an empty folder and returns an exit code.

    Raises:
        InvalidInput: it could not be made.
    """
    place = place_of(name, made_from)
    if (place / proof).exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f".{name}.lock").open("w") as lock:
        # Two at a time would make it twice.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / proof).exists():
            say(f"hybrid: setting up {what} in {place}", stream=sys.stderr)
            _make(place, name, make)
    return place


def _make(place: Path, name: str, make: Callable[[Path], int]) -> None:
    """Make it under another name first, so that what is there is whole."""
    with staging_folder(place) as staging:
        code = make(staging)
        if code:
            message = f"set-up ended with {code}, see above; run it again where there is a network"
            raise InvalidInput.of_file(name, message)
        shutil.rmtree(place, ignore_errors=True)
        staging.rename(place)
