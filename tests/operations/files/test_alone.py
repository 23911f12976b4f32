"""One command at a time in a folder, and folders for what is not finished."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from operations.files.alone import alone_in, staging_folder
from tests.source import ROOT

_HOLDS = """
import sys
from pathlib import Path
from operations.files.alone import {name}
with {name}(Path(sys.argv[1])):
    print("in", flush=True)
    sys.stdin.read()
"""


def holder(name: str, path: Path) -> subprocess.Popen[str]:
    """Another process that is inside, until it is told to end or is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDS.format(name=name), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    assert process.stdout.readline() == "in\n"
    return process


def test_nobody_else_is_in(tmp_path: Path) -> None:
    """Another process would have to wait."""
    process = holder("alone_in", tmp_path)

    handle = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    process.communicate("")
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    """Nothing has to be cleaned up."""
    process = holder("alone_in", tmp_path)

    process.kill()
    process.communicate()

    with alone_in(tmp_path) as alone:
        assert alone


def test_a_staging_folder_is_gone_afterwards(tmp_path: Path) -> None:
    """With all that is in it, whatever happens."""
    with staging_folder(tmp_path / "deep/out") as staging:
        (staging / "file").write_text("x")
        assert staging.parent == tmp_path / "deep"

    with pytest.raises(RuntimeError), staging_folder(tmp_path / "deep/out"):
        raise RuntimeError

    assert list((tmp_path / "deep").iterdir()) == []


def test_what_a_killed_command_staged_goes_and_what_is_in_use_stays(tmp_path: Path) -> None:
    """A lock says whether its process lives."""
    dead, living = holder("staging_folder", tmp_path / "out"), holder("staging_folder", tmp_path / "out")
    dead.kill()
    dead.communicate()
    assert len(list(tmp_path.iterdir())) == 2

    with staging_folder(tmp_path / "out"):
        assert len(list(tmp_path.iterdir())) == 2

    living.communicate("")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_looked_at_is_no_obstacle(tmp_path: Path) -> None:
    """Gone in the same moment, or another user's; here a link to nothing."""
    (tmp_path / ".out.new-gone").symlink_to(tmp_path / "nothing")

    with staging_folder(tmp_path / "out") as staging:
        assert staging.is_dir()
