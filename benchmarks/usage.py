"""What a command costs: wall clock, processor time and the peak memory of each of its processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

_MIB: Final = 1024
_LINUX_INTERVAL_SECONDS: Final = 0.02
# Each sample starts `ps`, which would compete with what is measured.
_PS_INTERVAL_SECONDS: Final = 0.2
_KEPT: Final = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "USER")


class CommandFailed(Exception):  # noqa: N818 - reads as the sentence it is
    """A measured command failed, so that its time means nothing."""


class TookTooLong(Exception):  # noqa: N818 - reads as the sentence it is
    """A measured command was stopped at its time limit."""


@dataclass(frozen=True)
class Usage:
    """What one run took.

    Attributes:
        seconds: wall clock from start to the end of the first process.
        cpu_seconds: processor time of all processes together.
        peak_mib: the largest resident memory of any one process, by program: "python", "node".
    """

    seconds: float
    cpu_seconds: float
    peak_mib: Mapping[str, float] = field(default_factory=dict)


def environment() -> dict[str, str]:
    """Variables for a measured command: few, because PYTHONDONTWRITEBYTECODE or NODE_OPTIONS change its speed."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def measure(command: Sequence[str], cwd: Path, limit_seconds: float) -> Usage:
    """Run ``command`` to its end.

    Raises:
        CommandFailed: it ended with another exit code than 0; holds the end of what it printed.
        TookTooLong: it ran for longer than ``limit_seconds`` and was ended with all its processes.
    """
    with TemporaryFile() as output:
        before = _cpu_seconds()
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        memory = _PeakMemory(process.pid)
        memory.start()
        try:
            code = process.wait(limit_seconds)
            seconds = time.perf_counter() - began
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                raise TookTooLong from None
            raise
        finally:
            memory.stop()
        if code != 0:
            output.seek(0)
            printed = output.read().decode("utf-8", "replace").strip()[-2000:]
            raise CommandFailed(f"{' '.join(command)}: exit code {code}\n{printed}")
    return Usage(seconds, _cpu_seconds() - before, memory.peak_mib)


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _PeakMemory(threading.Thread):
    """Watches a process and those below it until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.peak_mib: dict[str, float] = {}

    def run(self) -> None:
        linux = Path(f"/proc/self/task/{os.getpid()}/children").exists()
        sample = _sample_proc if linux else _sample_ps
        interval = _LINUX_INTERVAL_SECONDS if linux else _PS_INTERVAL_SECONDS
        while not self._ended.wait(interval):
            for program, kib in sample(self._pid):
                name = program.rstrip("0123456789.").lower()
                self.peak_mib[name] = max(self.peak_mib.get(name, 0), kib / _MIB)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _sample_proc(pid: int) -> Iterator[tuple[str, int]]:
    """Yield program and highest resident memory ever, in KiB, of a process and those below it."""
    folder = Path("/proc") / str(pid)
    try:
        program = (folder / "exe").readlink().name
        status = (folder / "status").read_text("utf-8")
        children = [(task / "children").read_text("utf-8") for task in (folder / "task").iterdir()]
    except OSError:
        return  # it has ended
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            yield program, int(line.split()[1])
    for child in " ".join(children).split():
        yield from _sample_proc(int(child))


def _sample_ps(pid: int) -> Iterator[tuple[str, int]]:
    """Yield program and resident memory at this moment, in KiB, of a process and those below it."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,rss=,comm="], capture_output=True, text=True, check=False
    ).stdout
    family = {pid}
    # A parent stands before its children unless process ids have wrapped around.
    for row in sorted((line.split(None, 3) for line in listing.splitlines()), key=lambda row: int(row[0])):
        process, parent, kib, command = int(row[0]), int(row[1]), int(row[2]), row[3]
        if process in family or parent in family:
            family.add(process)
            yield Path(command).name, kib
