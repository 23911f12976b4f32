"""The end of the process."""

from __future__ import annotations

import atexit
import os
import sys
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End the process with an exit code, without having Python take every object apart.

    That takes 0.15 s after a synthesis. What is registered to run at exit runs; output is written.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read it is gone: Python itself says so, and with which exit code
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - what os._exit leaves out, and has no public name
    os._exit(code)
