"""Programs that a verb runs: each in a group of its own, which ends in order before this process does.

An interruption goes to the whole group as INT, once, as Ctrl-C on a terminal would: Terraform then lets go of its
state's lock, and takes a second one for the order to end at once. What has not ended in time gets TERM, then KILL,
and so does what it leaves behind. Left out: this process' own end by KILL, after which nobody is told.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from types import FrameType
from typing import Any, Final

from operations.interruption import SIGNALS

PATIENCE_SECONDS: Final = 10.0
"""How long a child may take to end in order."""

_LAST_SECONDS: Final = 10.0
_GLANCE_SECONDS: Final = 0.02


class _HandingOn:
    """What takes the signals while a child runs.

    Attributes:
        came: the signals that came, in order.
    """

    def __init__(self, patience_seconds: float) -> None:
        self.came: list[int] = []
        self._patience_seconds = patience_seconds
        self._process: subprocess.Popen[Any] | None = None
        self._ending: Thread | None = None

    def __call__(self, number: int, _frame: FrameType | None = None) -> None:
        self.came.append(number)
        self.end()

    def runs(self, process: subprocess.Popen[Any]) -> None:
        """The child has begun; a signal that came while it did is handed on now."""
        self._process = process
        if self.came:
            self.end()

    def end(self) -> None:
        """Begin to end the child, once."""
        if self._process and not self._ending:
            self._ending = Thread(target=end, args=(self._process, self._patience_seconds), daemon=True)
            self._ending.start()

    def is_done(self) -> None:
        """Wait until what the child left behind is gone, where it was made to end."""
        if self._ending:
            self._ending.join()


@contextmanager
def started(
    command: Sequence[str], *, patience_seconds: float = PATIENCE_SECONDS, **options: Any
) -> Iterator[tuple[subprocess.Popen[Any], list[int]]]:
    """Start a child, which has ended when the block is through.

    Args:
        command: its words; no shell reads them.
        patience_seconds: how long it may take to end in order when this process is asked to end.
        options: as :class:`subprocess.Popen` takes them.

    Yields:
        The child, and the signals that came and were handed on, for the one who waits for it.

    Raises:
        OSError: it cannot be run.
    """
    handing_on = _HandingOn(patience_seconds)
    before = {
        number: signal.signal(number, handing_on)
        for number in SIGNALS
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        with subprocess.Popen(command, start_new_session=True, **options) as process:  # noqa: S603 - no shell
            handing_on.runs(process)
            try:
                yield process, handing_on.came
            except BaseException:
                handing_on.end()
                process.wait()
                raise
        handing_on.is_done()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(
    command: Sequence[str], *, seconds: float | None = None, **options: Any
) -> subprocess.CompletedProcess[Any]:
    """Run a child to its end; an interruption is handed on to it, and raised once it has ended.

    Args:
        command: its words; no shell reads them.
        seconds: how long it may run, for ever when absent.
        options: as :class:`subprocess.Popen` takes them.

    Raises:
        OSError: it cannot be run.
        subprocess.TimeoutExpired: it took longer, and has been ended.
    """
    with started(command, **options) as (process, came):
        out, err = process.communicate(timeout=seconds)
    if came:
        signal.raise_signal(came[0])
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def end(process: subprocess.Popen[Any], patience_seconds: float) -> None:
    """End a child that leads a group of its own, and all of the group, in order where it can; waits until it has ended."""
    for number, seconds in ((signal.SIGINT, patience_seconds), (signal.SIGTERM, _LAST_SECONDS)):
        _tell_all(process, number)
        if _has_ended(process, seconds):
            break
    # What it leaves behind, such as a provider, would hold its pipes open.
    _tell_all(process, signal.SIGKILL)


def _tell_all(process: subprocess.Popen[Any], number: int) -> None:
    with suppress(OSError):  # none is left
        os.killpg(process.pid, number)


def _has_ended(process: subprocess.Popen[Any], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        time.sleep(_GLANCE_SECONDS)
    return process.returncode is not None
