"""The npm packages that synthesis is measured against, installed beside the benchmark when it needs them."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Final

from operations.console import progress
from operations.toolchain import node_folder

FOLDER: Final = Path(__file__).resolve().parent
"""Where `package.json`, its lock and `node_modules` are."""

CACHE: Final = FOLDER / ".cache"
"""What the benchmark makes; below FOLDER, so that programmes in it find the packages."""


def node() -> str:
    """The pinned Node."""
    return str(node_folder() / "node")


def install() -> None:
    """Install the packages that the lock names; does nothing when they stand.

    Raises:
        subprocess.CalledProcessError: npm failed; it has said why.
    """
    locked = (FOLDER / "package-lock.json").read_bytes()
    # The folder is part of the key, as it is in setup.sh.
    stamp = FOLDER / "node_modules" / f".packages-{hashlib.sha256(bytes(FOLDER) + locked).hexdigest()[:16]}"
    if stamp.exists():
        return
    npm = node_folder().parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    with progress("installing cdktf, its providers and ts-node for comparison (750 MB, once)"):
        subprocess.run(
            [node(), str(npm), "ci", *quiet],
            cwd=FOLDER,
            env={**os.environ, "PATH": f"{node_folder()}{os.pathsep}{os.environ['PATH']}"},
            check=True,
        )
    stamp.touch()


def version(package: str) -> str:
    """The version of an installed package."""
    import json

    text = (FOLDER / "node_modules" / package / "package.json").read_text("utf-8")
    return str(json.loads(text)["version"])
