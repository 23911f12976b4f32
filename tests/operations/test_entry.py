"""The first and the last moment of a command: interrupted, without a reader, without room, before set-up."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from operations import entry
from operations.project import ROOT
from tests.operations.estate_folder import copied_files
from tests.operations.gate.foreign import FOREIGN

HYBRID = [sys.executable, "-m", "operations.entry", "hybrid"]
FULL = Path("/dev/full")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the environment files of a small estate."""
    copied_files(FOREIGN, tmp_path)
    return tmp_path


def variables(**more: str) -> dict[str, str]:
    """This process's own, the project's code to be imported from anywhere, and more."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def does(code: str, work: str = "work") -> subprocess.CompletedProcess[str]:
    """Run a command whose work is some code."""
    whole = (
        f"import os, signal, sys, time\nfrom operations import entry\n{code}\nentry._run('hybrid', {work})"
    )
    return subprocess.run(
        [sys.executable, "-c", whole], env=variables(), capture_output=True, text=True, check=False
    )


def shell(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in a folder; ``"$@"`` in it is hybrid."""
    return subprocess.run(
        ["sh", "-c", command, "sh", *HYBRID],
        cwd=folder,
        env=variables(**more),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        pytest.param("begun", signal.SIGINT, id="begun, SIGINT"),
        pytest.param("begun", signal.SIGHUP, id="begun, SIGHUP"),
        pytest.param("written", signal.SIGINT, id="written, SIGINT"),
        pytest.param("written", signal.SIGTERM, id="written, SIGTERM"),
    ],
)
def test_an_interrupted_synthesis_is_a_line_and_leaves_nothing(
    project: Path, tmp_path_factory: pytest.TempPathFactory, moment: str, number: signal.Signals
) -> None:
    """At its beginning, and where the stacks are written beside the output; Node ends with it."""
    marker = tmp_path_factory.mktemp("elsewhere") / "written"
    with subprocess.Popen(
        [sys.executable, "-m", "tests.operations.held_synthesis", str(marker), "synth"],
        cwd=project,
        env=variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stderr
        said = process.stderr.readline()
        while moment == "written" and not marker.exists():
            assert process.poll() is None
            time.sleep(0.005)
        os.killpg(process.pid, number)
        out, rest = process.communicate()

    assert said == "synthesizing all environments\n"
    assert rest == "interrupted; nothing is left half-written\n"
    assert (process.returncode, out) == (128 + number, "")
    assert sorted(path.name for path in project.iterdir()) == ["environments"]


@pytest.mark.parametrize(
    "work",
    [
        "def work(): signal.raise_signal(signal.SIGINT)",
        # Python can raise nothing there, and says so in a traceback, unless somebody raises it again.
        "class Late:\n    def __del__(self): signal.raise_signal(signal.SIGINT)\n"
        "def work():\n    Late()\n    time.sleep(60)",
        # The second comes into the clearing up after the first.
        "def work():\n    try: signal.raise_signal(signal.SIGINT)\n"
        "    finally: signal.raise_signal(signal.SIGINT); print('cleared up')",
    ],
    ids=["anywhere", "in a destructor", "twice"],
)
def test_an_interruption_is_one_line(work: str) -> None:
    """Wherever it comes, and however often."""
    run = does(work)

    assert (run.returncode, run.stderr) == (130, "interrupted\n")
    assert run.stdout in {"", "cleared up\n"}


def test_an_interruption_while_modules_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends at once: nothing has been begun."""
    done: list[object] = []
    monkeypatch.setattr(os, "write", lambda *words: done.append(words))
    monkeypatch.setattr(os, "_exit", done.append)

    entry._end_at_once(signal.SIGINT, None)  # noqa: SLF001 - a process that it ends tells no coverage

    assert done == [(2, b"interrupted\n"), 130]


def test_what_is_ignored_stays_ignored() -> None:
    """As under nohup, and as a shell's background job has it."""
    code = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); signal.signal(signal.SIGINT, signal.SIG_IGN)"
    run = does(
        f"{code}\ndef work():\n    signal.raise_signal(signal.SIGHUP); signal.raise_signal(signal.SIGINT); return 7"
    )

    assert (run.returncode, run.stderr) == (7, "")


def test_a_reader_that_is_gone_is_no_news(project: Path) -> None:
    """As in ``hybrid check | head -1``; nothing on standard error, the code that a shell knows from others."""
    read, write = os.pipe()
    os.close(read)

    run = subprocess.run(
        [*HYBRID, "check"], cwd=project, env=variables(), stdout=write, stderr=subprocess.PIPE, check=False
    )

    os.close(write)
    assert (run.returncode, run.stderr) == (141, b"")


def test_a_closed_pipe_is_no_mistake() -> None:
    """Where the code itself meets it."""
    run = does("def work(): raise BrokenPipeError(32, 'Broken pipe')")

    assert (run.returncode, run.stderr) == (141, "")


def test_closed_streams_are_no_traceback(project: Path) -> None:
    """Nothing else that is opened may take their place."""
    run = shell('exec "$@" check <&- >&- 2>&-', project)

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, as Linux has it")
def test_no_room_for_what_is_printed(project: Path) -> None:
    """A full disk under standard output is said on standard error; under both, the code says it."""
    run = shell('exec "$@" rules >/dev/full', project)
    said_at_the_end = does("sys.stdout = open('/dev/full', 'w')\ndef work(): print('x'); return 0")
    both = shell('exec "$@" --version >/dev/full 2>/dev/full', project)

    assert (run.returncode, run.stderr) == (1, "the system: No space left on device\n")
    assert said_at_the_end.returncode == 1
    assert said_at_the_end.stderr == "standard output: No space left on device; not all of it was written\n"
    assert both.returncode == 1


def test_no_room_for_the_stacks(project: Path) -> None:
    """Python or Node, whoever writes the first large file, is told by the system, and the person by one line."""
    warm = shell('exec "$@" synth lab --output warm', project)
    # What measures coverage has no room either.
    run = shell(
        'unset COVERAGE_PROCESS_CONFIG COVERAGE_PROCESS_START; ulimit -f 60; exec "$@" synth lab', project
    )

    assert warm.returncode == 0, warm.stderr
    assert run.returncode == 1
    assert re.fullmatch(r"synthesizing lab\n(node: EFBIG|the system): [Ff]ile too large.*\n", run.stderr)
    assert sorted(path.name for path in project.iterdir()) == ["environments", "warm"]


def test_a_temporary_folder_that_is_not_there(project: Path) -> None:
    """Node takes the one that Python takes."""
    run = shell('exec "$@" synth lab', project, TMPDIR=str(project / "missing"))

    assert run.returncode == 0, run.stderr


def test_before_set_up_it_says_what_to_do() -> None:
    """A Python of the system's has none of the packages, and may be too old."""
    missing = does("def work(): raise ModuleNotFoundError('no', name='typer')")
    old = does("entry._OLDEST = (99,)", "None")

    assert missing.returncode == old.returncode == 1
    assert missing.stderr.startswith(
        f"hybrid: typer is not installed for {sys.executable}; run make synth once"
    )
    assert old.stderr.startswith("hybrid: needs Python 3.11 or newer, and this is 3.")


def test_main_py_before_set_up_is_no_traceback() -> None:
    """With nothing but the standard library."""
    run = subprocess.run(
        [sys.executable, "-S", "main.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert "run make synth once" in run.stderr


def test_what_the_machine_refuses_is_a_line() -> None:
    """Also where no command is there yet to say it."""
    run = does("def work(): raise PermissionError(13, 'Permission denied', 'somewhere')")

    assert (run.returncode, run.stderr) == (1, "hybrid: somewhere: Permission denied\n")


@pytest.mark.parametrize(
    "error",
    ["ZeroDivisionError", "ModuleNotFoundError('no', name='operations.gone')"],
    ids=["any", "own module"],
)
def test_a_mistake_of_this_program_keeps_its_traceback(error: str) -> None:
    """So that somebody can mend it."""
    run = does(f"def work(): raise {error}")

    assert run.returncode == 1
    assert "Traceback" in run.stderr
