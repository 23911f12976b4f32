"""The first and the last moment of every command, where Python alone would answer with a traceback.

Loads next to nothing before an interruption is provided for; what a command needs is loaded by it.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # what signal is made of, which takes longer to load
import os
import sys

TYPE_CHECKING = False  # typing itself takes too long to load
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

_OLDEST = (3, 11)
_FAILED = 1
_OURS = ("constructs_lib", "estate", "fastsynth", "manifests", "operations", "stacks")


def hybrid(arguments: Sequence[str] | None = None) -> NoReturn:
    """Be the ``hybrid`` command: run one command line and end the process."""

    def work() -> int:
        import gc

        # Looking for cycles in what lives until the end is a tenth of a synthesis' work.
        gc.disable()
        from operations.cli import main

        return main(arguments)

    _run("hybrid", work)


def cdktf() -> NoReturn:
    """Be the ``cdktf`` command: run one command line and end the process."""

    def work() -> int:
        from operations.cdktf_cli import main

        return main()

    _run("cdktf", work)


def _run(command: str, work: Callable[[], int]) -> NoReturn:
    if sys.version_info < _OLDEST:
        _refuse(command, f"needs Python 3.11 or newer, and this is {sys.version.split()[0]}; {_REMEDY}")
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _end_at_once)
    from operations import interruption, leave

    try:
        interruption.install()
        _open_closed_streams()
        code = work()
    except KeyboardInterrupt:
        leave.complain("interrupted")
        code = interruption.exit_code()
    except BrokenPipeError:
        code = leave.CLOSED
    except OSError as error:
        leave.complain(f"{command}: {error.filename or 'the system'}: {error.strerror or error}")
        code = _FAILED
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith(_OURS):
            raise  # a mistake of this program
        _refuse(command, f"{error.name} is not installed for {sys.executable}; {_REMEDY}")
    leave.leave(code)


_REMEDY = "run make synth once, then this with the Python in .venv/bin"


def _end_at_once(*_: object) -> None:
    """End while modules are still being loaded, where an exception may come out as something else."""
    os.write(2, b"interrupted\n")
    os._exit(130)


def _refuse(command: str, text: str) -> NoReturn:
    sys.stderr.write(f"{command}: {text}\n")
    sys.exit(_FAILED)


def _open_closed_streams() -> None:
    """Have something in the place of a standard stream that is closed, or the next file that is opened takes it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - lives as long as the process


_COMMANDS = {"hybrid": hybrid, "cdktf": cdktf}

if __name__ == "__main__":
    _COMMANDS[sys.argv.pop(1)]()
