"""The end of the process."""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn

from operations import interruption
from operations.texts.harmless import printable_lines

CLOSED = 141
"""What a shell expects of a command whose reader is gone, as in ``| head``: 128 and SIGPIPE's number."""

_REFUSED = 1
_NAMES = {"stdout": "standard output", "stderr": "standard error"}


def leave(code: int) -> NoReturn:
    """End the process with an exit code, without having Python take every object apart.

    That takes 0.15 s after a synthesis. What is registered to run at exit runs; then output is written, what
    was registered prints too. Output that nobody reads any more, or that has no room, is an exit code of its
    own where all went well.
    """
    interruption.is_over()
    atexit._run_exitfuncs()  # noqa: SLF001 - what os._exit leaves out, and has no public name
    unwritten = [_unwritten(name) for name in _NAMES]
    os._exit(code or max(unwritten))


def _unwritten(name: str) -> int:
    """Write what a stream still holds; the exit code where that fails."""
    try:
        getattr(sys, name).flush()
    except BrokenPipeError:
        return CLOSED
    except OSError as error:
        complain(f"{_NAMES[name]}: {error.strerror}; not all of it was written")
        return _REFUSED
    return 0


def complain(text: str) -> None:
    """Write a line to standard error, past whatever is left in the stream; silent where that fails too."""
    try:
        os.write(2, f"{printable_lines(text)}\n".encode("utf-8", "replace"))
    except OSError:
        return
