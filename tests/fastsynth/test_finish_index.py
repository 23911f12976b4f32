"""A Node process ends only when jsii's index of a package is written."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import fastsynth

PRELOAD = Path(fastsynth.__file__).with_name("preload.cjs")
# Ends, as jsii does, while a thread still has something to write.
MAIN = """
const { Worker } = require("node:worker_threads");
new Worker(process.argv[2]);
process.exit(3);
"""
THREAD = """
const fs = require("node:fs");
setTimeout(() => fs.writeFileSync(__dirname + "/written", ""), 300);
"""


def leave_while_writing(folder: Path, thread: str) -> int:
    """Exit status of a Node process that starts a thread and leaves at once."""
    (folder / "main.js").write_text(MAIN)
    (folder / thread).write_text(THREAD)
    return subprocess.run(
        [os.environ.get("JSII_NODE", "node"), str(folder / "main.js"), str(folder / thread)],
        env={**os.environ, "NODE_OPTIONS": f'--require="{PRELOAD}"'},
        check=False,
    ).returncode


def test_waits_for_the_index(tmp_path: Path) -> None:
    """What jsii's index builder is writing gets written, and the exit status is kept."""
    status = leave_while_writing(tmp_path, "runtime-index-worker.js")

    assert status == 3
    assert (tmp_path / "written").exists()


def test_waits_for_nothing_else(tmp_path: Path) -> None:
    """Any other thread is ended with the process, as ever."""
    status = leave_while_writing(tmp_path, "other-worker.js")

    assert status == 3
    assert not (tmp_path / "written").exists()
