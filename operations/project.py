"""Where the files of this product stand, and where those of the estate that a command works on.

An estate's folder holds its YAML files; its root is where commands run, so that everything else has its place
there: `cdktf.json`, `cdktf.out/`, `plans/`, `.state/`. Left out: reading any of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
"""The folder that this code stands in: the checkout, or what a wheel laid into its package."""

ENVIRONMENTS = Path("environments")
"""The folder of the environment files, below the estate's root."""

VARIABLE: Final = "HYBRID_FOLDER"
"""Environment variable that names the folder of the environment files."""

SNAPSHOTS: Final = "snapshots"
"""The folder of the golden texts of stacks, below that of the environment files."""

APP: Final = "cdktf.json"
"""The file that cdktf is started beside."""

OUTDIR: Final = Path("cdktf.out")
"""The folder that stacks are synthesized to, below the estate's root."""

STACK_FILE: Final = "cdk.tf.json"
"""The file that a synthesized stack is, in a folder of its own."""

_ORGANIZATION = "organization.yaml"


def stack_path(outdir: Path, name: str) -> Path:
    """The folder of a stack, synthesized or not."""
    return outdir / "stacks" / name


def is_checkout() -> bool:
    """Whether this code stands in a checkout, with set-up beside it, rather than in an installed wheel."""
    return (ROOT / "setup.sh").is_file()


def has_product(root: Path) -> bool:
    """Whether the product's code stands beside an estate, whose root this is, rather than being installed for it."""
    return is_checkout() and root.is_relative_to(ROOT)


def find_folder(start: Path) -> Path | None:
    """The folder of the nearest estate, looked for upwards until the end of the git repository; None without one."""
    for folder in _upwards(start):
        for candidate in (folder / ENVIRONMENTS, folder):
            if (candidate / _ORGANIZATION).is_file():
                return candidate
    return None


def root_of(path: Path) -> Path:
    """The root of the estate that a file or folder belongs to, absolute.

    That is the nearest folder with a `cdktf.json`, no farther up than the git repository; without one, the folder
    that holds `environments`, or ``path`` itself. The folder of environment files that has that name is none: one
    more file in it would have all commands run there, in what was committed as their output.
    """
    is_above = False
    for folder in _upwards(path):
        if not is_above and folder.name == ENVIRONMENTS.name and not (folder / ".git").exists():
            is_above = True
        elif (folder / APP).is_file():
            return folder
    absolute = _absolute(path)
    around = [one.parent for one in (absolute, *absolute.parents) if one.name == ENVIRONMENTS.name]
    return around[0] if around else absolute


def within(root: Path, path: Path) -> Path:
    """Name ``path`` from ``root``, where it lies below it; absolute elsewhere."""
    absolute = _absolute(path)
    return absolute.relative_to(root) if absolute.is_relative_to(root) else absolute


def _upwards(start: Path) -> Iterator[Path]:
    absolute = _absolute(start)
    for folder in (absolute, *absolute.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _absolute(path: Path) -> Path:
    # Unlike Path.absolute it takes .. out, and unlike Path.resolve it leaves links, which people see.
    return Path(os.path.abspath(path))  # noqa: PTH100
