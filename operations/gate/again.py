"""The same stacks once more, in a process of its own where all is different that must make no difference.

Another folder, hash seed, time zone and locale: whatever gets into the output from there would make a plan show
changes that nobody made. ``python -m operations.gate.again FOLDER OUTDIR`` is that process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations import children
from operations.artifacts.building import build
from operations.project import ROOT

_OTHERWISE = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "COLUMNS": "40"}


def differing_files(folder: Path, outdir: Path, other: Path) -> Iterator[str]:
    """Synthesize into ``other`` and say which file is not as it is in ``outdir``.

    Args:
        folder: the folder of the environment files.
        outdir: what was synthesized from them.
        other: a folder that does not exist yet.

    Raises:
        InvalidInput: the second process failed.
    """
    other.mkdir()
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = children.run(
        [sys.executable, "-m", "operations.gate.again", str(folder.absolute()), str(other)],
        cwd=other,
        env={**os.environ, **_OTHERWISE, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        said = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise InvalidInput.of_file("second synthesis", f"failed where the first did not: {said}")
    first, second = _files(outdir), _files(other)
    for name in sorted(first.keys() | second.keys()):
        if first.get(name) != second.get(name):
            yield f"{name}: differs between two syntheses of the same files; report it, a plan cannot be trusted"


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def main(arguments: list[str]) -> None:
    """Synthesize everything in a folder of environment files into another folder."""
    folder, outdir = map(Path, arguments)
    estate = load_estate(folder)
    build(estate, list(estate.environments), outdir)


if __name__ == "__main__":
    main(sys.argv[1:])
