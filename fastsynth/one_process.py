"""Node as one process: jsii starts a second one that only passes on what the two sides say.

See ``one_process.cjs`` for what the one does in its place.
"""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

# The first is what jsii's first process starts the second one with: packages are linked, not copied.
_OPTIONS = (
    "--max-old-space-size=4069",
    "--preserve-symlinks",
    f"--require={Path(__file__).with_name('one_process.cjs')}",
)


def programme(runtime: str) -> str | None:
    """The file that ``runtime``, what jsii starts, starts as the second process; None if there is none."""
    path = Path(runtime).parents[1] / "lib" / "program.js"
    return str(path) if path.is_file() else None


def start(programme: str) -> subprocess.Popen[bytes]:
    """Start it alone, with the pipes and variables that jsii gives its first process."""
    return subprocess.Popen(  # noqa: S603 - the pinned Node and jsii's own programme
        [os.environ.get("JSII_NODE", "node"), *_OPTIONS, programme],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "JSII_AGENT": f"Python/{platform.python_version()}"},
        # Ctrl-C on a terminal comes to Python alone, which then ends Node.
        start_new_session=True,
    )
