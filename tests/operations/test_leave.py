"""How the process ends."""

from __future__ import annotations

import atexit
import io
import os
import subprocess
import sys

import pytest

from operations.leave import leave
from operations.project import ROOT

CODE = """
import atexit, sys
from operations.leave import leave
atexit.register(print, "at exit")
class Late:
    def __del__(self):
        print("taken apart")
late = Late()
print("said", end=" ")
leave(int(sys.argv[1]))
"""


@pytest.mark.parametrize("code", [0, 2])
def test_says_all_and_runs_what_is_registered(code: int) -> None:
    """Output is written, exit functions run, the exit code arrives; objects are left alone."""
    completed = subprocess.run(
        [sys.executable, "-c", CODE, str(code)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert completed.returncode == code
    assert completed.stdout == "said at exit\n"
    assert completed.stderr == ""


def test_ends_at_once_after_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is ended with the code, after the exit functions: nothing comes later."""
    done: list[object] = []
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: done.append("exit functions"))
    monkeypatch.setattr(os, "_exit", done.append)

    leave(3)

    assert done == ["exit functions", 3]


def test_a_reader_that_is_gone_is_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """When output cannot be written the process ends as any Python programme does, which says so."""

    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(sys, "stdout", Closed())

    with pytest.raises(SystemExit) as ended:
        leave(0)

    assert ended.value.code == 0
