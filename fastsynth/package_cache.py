"""jsii's package cache: switched off where jsii would end in an error rather than work slower.

jsii unpacks packages into a folder below the home folder and refuses one that it cannot write or
that other users could change: with a read-only home or a group-writable ``~/.cache``, every
``import cdktf`` raises. Whoever set a variable of the cache is left alone.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

_VARIABLES = ("JSII_RUNTIME_PACKAGE_CACHE", "JSII_RUNTIME_PACKAGE_CACHE_ROOT")
_BELOW_HOME = (
    "Library/Caches/com.amazonaws.jsii/package-cache"
    if sys.platform == "darwin"
    else ".cache/aws/jsii/package-cache"
)


def folder() -> Path | None:
    """Where jsii keeps unpacked packages in this process; None when it keeps none, or nobody can tell."""
    if os.environ.get(_VARIABLES[0]) == "disabled":
        return None
    chosen = os.environ.get(_VARIABLES[1])
    return Path(chosen) if chosen else _default()


def _default() -> Path | None:
    home = Path(os.environ.get("HOME", os.path.expanduser("~")))  # noqa: PTH111 - unlike Path, never raises
    # Without a home jsii takes a folder of its own among the temporary ones.
    return home / _BELOW_HOME if home.is_absolute() else None


def install() -> str | None:
    """Disable the cache when its default folder cannot be used.

    Returns:
        what is slower and why, when it had to be disabled.
    """
    if os.name != "posix" or any(os.environ.get(name) for name in _VARIABLES):
        return None
    default = _default()
    obstacle = _obstacle(default) if default else None
    if obstacle is None:
        return None
    os.environ[_VARIABLES[0]] = "disabled"
    return (
        f"each provider is unpacked at every run, 5 s more each: jsii's package cache cannot be used, "
        f"{obstacle}; mend that or set {_VARIABLES[1]} to a folder that only you can write"
    )


def _obstacle(root: Path) -> str | None:
    """Why jsii would refuse ``root``: the conditions of its createPrivateDirectory and verify."""
    nearest = root
    while not os.path.exists(nearest):  # noqa: PTH110 - Path.exists raises below a closed folder
        nearest = nearest.parent
    if not nearest.is_dir():
        return f"{nearest} is not a folder"
    if not os.access(nearest, os.W_OK):
        return f"{nearest} cannot be written"
    nearest = nearest.resolve()
    for folder in (nearest, *nearest.parents):
        found = folder.stat()
        open_to_others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX
        if open_to_others or found.st_uid not in {os.getuid(), 0}:
            return f"{folder} belongs to another user or can be written by others"
    return None
