"""How the process ends."""

from __future__ import annotations

import atexit
import io
import os
import subprocess
import sys

import pytest

from operations import interruption
from operations.leave import complain, leave
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
    monkeypatch.setattr(interruption, "is_over", lambda: done.append("no more signals"))

    leave(3)

    assert done == ["no more signals", "exit functions", 3]


@pytest.mark.parametrize(
    ("error", "code", "ends"),
    [
        (BrokenPipeError(32, "Broken pipe"), 0, 141),
        (BrokenPipeError(32, "Broken pipe"), 3, 3),
        (OSError(28, "No space left on device"), 0, 1),
    ],
    ids=["nobody reads", "nobody reads a refusal", "no room"],
)
def test_output_that_cannot_be_written_is_a_code_of_its_own(
    error: OSError, code: int, ends: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all went well; what went wrong before stays what it was."""

    class Closed(io.StringIO):
        def flush(self) -> None:
            raise error

    done: list[object] = []
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: None)
    monkeypatch.setattr(os, "_exit", done.append)
    monkeypatch.setattr(interruption, "is_over", lambda: None)
    monkeypatch.setattr(sys, "stdout", Closed())

    leave(code)

    assert done == [ends]


def test_a_complaint_that_cannot_be_written_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nobody left to tell."""
    tried: list[tuple[int, bytes]] = []

    def closed(handle: int, text: bytes) -> int:
        tried.append((handle, text))
        raise BrokenPipeError(32, "Broken pipe")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", closed)
        complain("no room")

    assert tried == [(2, b"no room\n")]
