"""Being asked to end, seen from the code that is asked."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from operations import interruption
from operations.interruption import _Interruption, handing_on, held_back, run

CHILD = "import signal, sys; signal.signal(signal.SIGINT, lambda *_: sys.exit(7)); print('up', flush=True); input()"


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Interruption]:
    """The handler, as a process has it that has just begun."""
    fresh = _Interruption()
    monkeypatch.setattr(interruption, "_interruption", fresh)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    hook = sys.unraisablehook
    interruption.install()
    yield fresh
    sys.unraisablehook = hook
    for number, was in before.items():
        signal.signal(number, was)


def test_it_waits_for_what_has_no_half(handler: _Interruption) -> None:
    """And is raised right afterwards, with the signal's own exit code."""
    done = []

    def work() -> None:
        with held_back():
            signal.raise_signal(signal.SIGTERM)
            done.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        work()

    assert done == ["all of it"]
    assert interruption.exit_code() == 143
    assert handler.raised


@pytest.mark.usefixtures("handler")
def test_nothing_is_raised_where_nothing_came() -> None:
    """Nor when all is over."""
    with held_back():
        pass
    interruption.is_over()
    signal.raise_signal(signal.SIGINT)

    assert interruption.exit_code() == 130


@pytest.mark.usefixtures("handler")
def test_other_errors_of_destructors_are_told_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    """Only an interruption is raised again."""

    class Lost:
        exc_type, exc_value, exc_traceback, err_msg, object = ValueError, ValueError("x"), None, None, None

    with pytest.raises(TypeError):
        sys.unraisablehook(Lost())  # type: ignore[arg-type]  # Python's own takes its own only

    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("handler")
def test_a_child_ends_in_order_and_then_it_is_raised() -> None:
    """The child's own answer to it is waited for."""
    with (
        subprocess.Popen(
            [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child,
        handing_on(child) as came,
    ):
        assert child.stdout
        child.stdout.readline()
        signal.raise_signal(signal.SIGTERM)
        child.wait()

    assert (child.returncode, came) == (7, [signal.SIGTERM])


@pytest.mark.usefixtures("handler")
def test_a_child_that_is_run_is_interrupted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one who runs it hears of it once it has ended."""
    communicate = subprocess.Popen.communicate

    def interrupted(self: subprocess.Popen[str]) -> tuple[str, str]:
        signal.raise_signal(signal.SIGHUP)
        return communicate(self)

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)

    with pytest.raises(KeyboardInterrupt):
        run([sys.executable, "-c", "import time; time.sleep(600)"], stderr=subprocess.PIPE)

    assert interruption.exit_code() == 129


def test_a_command_that_is_left_alone_says_how_it_ended() -> None:
    """Its exit code and what it printed, apart."""
    ended = run(
        [sys.executable, "-c", "import sys; print('out'); sys.exit(3)"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "out\n", "")
