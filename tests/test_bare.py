"""The script that runs the README's commands as on a new machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def bare(path: str, versions: str, *targets: str) -> subprocess.CompletedProcess[str]:
    """Run the script for these Python versions with one more folder on its path."""
    if not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout, which the script clones")
    return subprocess.run(
        [str(ROOT / ".ci" / "bare"), *targets],
        env={**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}", "BARE_PYTHONS": versions},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_version_that_is_not_there_is_said_and_is_no_success(tmp_path: Path) -> None:
    """Nothing that was not tried passes."""
    done = bare(str(tmp_path), "2.99", "help")

    assert done.returncode == 1
    assert done.stdout == "bare: not tried, not found with ensurepip: 2.99\n"
    assert done.stderr == "bare: nothing was tried\n"


def test_targets_run_in_a_clone_with_next_to_nothing(tmp_path: Path) -> None:
    """And one that fails is named, with its version."""
    # Where there is next to nothing already, the interpreter has another name.
    (tmp_path / f"python{VERSION}").symlink_to(sys._base_executable)  # type: ignore[attr-defined]  # noqa: SLF001
    done = bare(str(tmp_path), VERSION, "help", "no-such-target")

    assert done.returncode == 1
    assert "make synth" in done.stdout
    assert done.stderr.splitlines()[-1] == f"bare: failed: {VERSION}:no-such-target"
