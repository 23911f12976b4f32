"""Being asked to end, seen from the code that is asked."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

from operations import interruption
from operations.interruption import _Interruption, held_back


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
