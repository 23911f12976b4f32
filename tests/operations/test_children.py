"""Programs that are run: all of them end, in order where they can, before the one who runs them does."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from operations import children, interruption
from operations.children import run, started
from operations.interruption import _Interruption

INT, TERM, HUP = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
WAITS = "import signal, sys; signal.signal(signal.SIGINT, lambda *_: sys.exit(7)); print('up', flush=True); input()"
# Ends by itself, and leaves one of its own with the pipe in its hands.
LEAVES = (
    "import signal, subprocess, sys\n"
    "left = 'import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(1, flush=True); time.sleep(600)'\n"
    "subprocess.Popen([sys.executable, '-c', left])\n"
    "signal.pause()"
)
STUBBORN = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); print('up', flush=True); signal.pause()"
)


@pytest.fixture(autouse=True)
def handler(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Interruption]:
    """The handler, as a process has it that has just begun."""
    fresh = _Interruption()
    monkeypatch.setattr(interruption, "_interruption", fresh)
    before = {number: signal.getsignal(number) for number in interruption.SIGNALS}
    hook = sys.unraisablehook
    interruption.install()
    yield fresh
    sys.unraisablehook = hook
    for number, was in before.items():
        signal.signal(number, was)


def python(code: str) -> list[str]:
    """A child's words."""
    return [sys.executable, "-S", "-c", code]


def interrupted(code: str, *numbers: signal.Signals, patience_seconds: float = 60) -> tuple[int, list[int]]:
    """Run a child that says when it is up, and send these signals to this process then."""
    with started(
        python(code), patience_seconds=patience_seconds, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as (process, came):
        assert process.stdout
        process.stdout.readline()
        for number in numbers:
            signal.raise_signal(number)
        process.communicate()
    return process.returncode, came


@pytest.mark.parametrize("number", [INT, TERM, HUP], ids=lambda one: one.name)
def test_a_child_ends_in_order(number: signal.Signals) -> None:
    """Its own answer to INT is waited for, whatever came."""
    assert interrupted(WAITS, number) == (7, [number])


def test_a_child_is_told_once() -> None:
    """GitHub follows a cancelled job's INT with TERM: Terraform would take that for the order to leave all as it is."""
    assert interrupted(WAITS, INT, TERM) == (7, [INT, TERM])


def test_a_child_that_goes_on_is_ended() -> None:
    """After its time."""
    assert interrupted(STUBBORN, INT, patience_seconds=0.05)[0] == -TERM


def test_a_child_that_nothing_ends_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the end."""
    monkeypatch.setattr(children, "_LAST_SECONDS", 0.05)
    code = STUBBORN.replace("print", "signal.signal(signal.SIGTERM, signal.SIG_IGN); print")

    assert interrupted(code, HUP, patience_seconds=0.05)[0] == -signal.SIGKILL


def test_what_a_child_leaves_behind_ends_too() -> None:
    """Such as a provider, which takes no notice of INT and holds the pipe that is read to its end."""
    assert interrupted(LEAVES, INT) == (-INT, [INT])


def test_an_interruption_while_it_starts_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs, and nobody has its number yet."""
    popen = subprocess.Popen

    def start(*words: object, **options: object) -> subprocess.Popen[str]:
        made = popen(*words, **options)  # type: ignore[call-overload]  # as it came
        signal.raise_signal(TERM)
        return made  # type: ignore[no-any-return]  # the class has many signatures

    monkeypatch.setattr(subprocess, "Popen", start)

    with pytest.raises(KeyboardInterrupt):
        run(python("import time; time.sleep(600)"), stderr=subprocess.PIPE)
    assert interruption.exit_code() == 143


def test_a_mistake_in_the_meantime_ends_it() -> None:
    """Nobody would."""
    with pytest.raises(ZeroDivisionError), started(python("import time; time.sleep(600)")) as (process, _):
        raise ZeroDivisionError

    assert process.returncode == -INT


def test_what_is_ignored_stays_ignored() -> None:
    """As under nohup."""
    signal.signal(HUP, signal.SIG_IGN)

    assert interrupted("print('up', flush=True)", HUP) == (0, [])


def test_a_child_that_takes_too_long_is_ended() -> None:
    """And that is said."""
    with pytest.raises(subprocess.TimeoutExpired):
        run(python("import time; time.sleep(600)"), seconds=0.05, stdout=subprocess.PIPE)


def test_a_command_that_is_left_alone_says_how_it_ended() -> None:
    """Its exit code and what it printed, apart; its group is its own."""
    code = "import os, sys; print(os.getpgrp() == os.getpid()); sys.exit(3)"

    ended = run(python(code), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "True\n", "")
