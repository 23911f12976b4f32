"""Python programs in processes of their own that need not import what they begin with."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from operations.project import ROOT
from tests.warm import client
from tests.warm.place import owner, place

HYBRID: Final = (
    "coverage",
    "operations.cli",
    "operations.heads.stacks",
    "operations.pipeline.apply",
    "operations.pipeline.drift",
    "operations.pipeline.plan",
)
"""What verbs of the command line import that plan and apply; Node does not run yet."""

UNDER_JSII: Final = ("coverage", "attr", "cattr", "dateutil.parser", "importlib_resources", "typeguard")
"""What jsii imports that is none of its own."""

_ENVIRONMENT: Final = {"PATH": os.defpath, "PYTHONPATH": str(ROOT)}


@dataclass
class Program:
    """A program that was begun, with as much of :class:`subprocess.Popen` as tests of signals need.

    Attributes:
        pid: its process id.
        returncode: how it ended, None until somebody asked and it had.
    """

    pid: int
    _warm: socket.socket
    _out: IO[str]
    _err: IO[str]
    returncode: int | None = field(default=None)

    def poll(self) -> int | None:
        """How it ended, None while it runs."""
        if self.returncode is None:
            try:
                self._warm.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
            except BlockingIOError:
                return None
        return self.wait()

    def wait(self) -> int:
        """How it ended, once it has."""
        if self.returncode is None:
            self.returncode = client.line(self._warm)
        return self.returncode

    def communicate(self) -> tuple[str, str]:
        """What it printed to standard output and to standard error, once it has ended."""
        self.wait()
        self._out.seek(0)
        self._err.seek(0)
        return self._out.read(), self._err.read()

    def send_signal(self, number: signal.Signals) -> None:
        """Tell it something."""
        os.kill(self.pid, number)


@contextmanager
def begun(
    modules: Sequence[str],
    program: str,
    *words: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[Program]:
    """Begin a program in a session of its own, and end it with the block where it has not ended.

    Args:
        modules: what is imported already: :data:`HYBRID` or :data:`UNDER_JSII`.
        program: its source, as ``python -c`` takes it.
        words: its command line.
        environment: its environment variables; those of this process when absent.
        folder: its current folder; that of this process when absent.
    """
    where = place("hybrid" if modules is HYBRID else "under-jsii")
    with (
        client.started(where, owner(), sys.executable, modules, _ENVIRONMENT) as warm,
        TemporaryFile("w+", encoding="utf-8") as out,
        TemporaryFile("w+", encoding="utf-8") as err,
        Path(os.devnull).open(encoding="utf-8") as nothing,
    ):
        files = [one.fileno() for one in (nothing, out, err)]
        variables = os.environ if environment is None else environment
        pid = client.ask(warm, program, ["-c", *words], variables, str(folder or Path.cwd()), files)
        yield Program(pid, warm, out, err)
