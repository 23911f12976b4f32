"""The script that `make test` runs types, tests and the gate with."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.source import ROOT

SCRIPT = str(ROOT / ".ci" / "beside")


def beside(*commands: str) -> subprocess.CompletedProcess[str]:
    """Run the script, everything that it says in one text."""
    return subprocess.run(
        [SCRIPT, *commands], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def test_what_others_say_comes_as_a_whole_after_the_last() -> None:
    """Nobody reads two reports in one; both outputs of each are heard, in the order of the commands."""
    done = beside("sh -c 'echo one; sleep 0.2; echo still one >&2'", "echo two", "echo three")

    assert done.stdout == "three\none\nstill one\ntwo\n"
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("codes", "code"), [((0, 0, 3), 3), ((4, 0, 0), 4), ((0, 5, 0), 5), ((4, 5, 0), 4), ((4, 5, 3), 3)]
)
def test_all_have_to_be_well(codes: tuple[int, ...], code: int) -> None:
    """A failure beside the tests fails, and tests that fail are what is told first."""
    done = beside(*(f"sh -c 'exit {one}'" for one in codes))

    assert done.returncode == code


def test_the_others_are_heard_out_where_the_last_fails() -> None:
    """One run says everything that is wrong."""
    done = beside("sh -c 'sleep 0.2; echo wrong, too; exit 1'", "sh -c 'exit 2'")

    assert (done.returncode, done.stdout) == (2, "wrong, too\n")


def test_an_interruption_ends_all(tmp_path: Path) -> None:
    """A shell has what it runs in the background ignore Ctrl-C."""
    reads, writes = os.pipe()
    with subprocess.Popen(
        [
            SCRIPT,
            f"sh -c 'echo >{tmp_path}/begun; exec sleep 600'",
            f"sh -c 'echo >{tmp_path}/last; exec sleep 600'",
        ],
        pass_fds=(writes,),
        start_new_session=True,
    ) as script:
        os.close(writes)
        while not {"begun", "last"} <= {path.name for path in tmp_path.iterdir()}:
            assert script.poll() is None
        os.killpg(script.pid, signal.SIGINT)
        code = script.wait()

    # The end of what nobody has open to write.
    with open(reads, "rb") as pipe:  # noqa: PTH123 - a number
        assert pipe.read() == b""
    assert code == 130
