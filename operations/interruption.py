"""Being asked to end, by Ctrl-C, TERM or a terminal that goes away: raised once, where the command stands.

What the command began is taken back on the way out. Whoever is asked again in the meantime goes on with
that: a second Ctrl-C would otherwise leave half of it. Left out: QUIT and KILL, which end it as it stands.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What asks a process to end; QUIT and KILL end it as it stands."""


class _Interruption:
    """What the handler knows.

    Attributes:
        caught: the signal that came first.
        raised: whether it was raised, or what it would raise in holds it back.
        held: how many blocks hold it back.
    """

    def __init__(self) -> None:
        self.caught: int | None = None
        self.raised = False
        self.held = 0

    def __call__(self, number: int, _frame: FrameType | None = None) -> None:
        self.caught = self.caught or number
        if not self.held and not self.raised:
            self.raised = True
            raise KeyboardInterrupt


_interruption = _Interruption()


def install() -> None:
    """Have the signals raise KeyboardInterrupt from now on; one that is ignored, as under nohup, stays so."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interruption)
    sys.unraisablehook = _raise_again


def exit_code() -> int:
    """What a shell expects of a command that was interrupted: 128 and the signal's number."""
    return 128 + _number()


def is_ctrl_c() -> bool:
    """Whether it was Ctrl-C or INT, which a terminal sends to all that it shows, and not TERM or HUP."""
    return _number() == signal.SIGINT


def _number() -> int:
    """The signal that came first; Ctrl-C where Python raised it before there was a handler."""
    return _interruption.caught or signal.SIGINT


def is_over() -> None:
    """Pass over every signal from now on: all is done, and the process ends."""
    _interruption.raised = True


@contextmanager
def held_back() -> Iterator[None]:
    """Let an interruption wait until the block is through: it takes milliseconds and has no half."""
    _interruption.held += 1
    try:
        yield
    finally:
        _interruption.held -= 1
        if _interruption.caught:
            _interruption(_interruption.caught)


def _raise_again(lost: Any) -> None:
    """Raise an interruption again that came while Python could raise nothing, such as in a destructor."""
    if isinstance(lost.exc_value, KeyboardInterrupt):
        _interruption.raised = False
        # A moment later, when this function is through: in here it would be lost again. A signal of the system's, which
        # also ends what the main thread waits in.
        main = threading.main_thread().ident or 0
        again = threading.Timer(0.01, signal.pthread_kill, [main, _number()])
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(lost)
