"""Ask a Python that has imported all it needs (``process.py``), and start it where nobody listens.

``python -IS client.py PLACE OWNER PYTHON MODULE PROGRAM WORD...`` is a command that does what ``python -c PROGRAM
WORD...`` does. Made of the standard library alone, and of little of it, because it is started for each program.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

_PROCESS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "process.py")  # noqa: PTH118, PTH120, PTH100 - as above


def started(
    place: str, owner: int, python: str, modules: Sequence[str], environment: Mapping[str, str]
) -> socket.socket:
    """A connection to the one that listens at a place, which is started first where there is none.

    Args:
        place: path of its socket; the path has to be short.
        owner: the process that it goes on for.
        python: its interpreter.
        modules: what it imports.
        environment: with which it imports them; home and temporary files are beside the socket.
    """
    with open(f"{place}.lock", "w", encoding="utf-8") as lock:  # noqa: PTH123 - as above
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (found := _connected(place)) is not None:
            return found
        folder = os.path.dirname(place)  # noqa: PTH120 - as above
        with (
            open(f"{place}.log", "wb") as log,  # noqa: PTH123 - as above
            subprocess.Popen(
                [python, "-IP", _PROCESS, place, str(owner), *modules],
                cwd=folder,
                env={**environment, "HOME": folder, "TMPDIR": folder},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            ) as process,
        ):
            assert process.stdout is not None
            process.stdout.readline()
            if (found := _connected(place)) is None:
                raise RuntimeError(f"{python} does not listen; see {place}.log")
            # It goes on.
            process.returncode = 0
    return found


def ask(
    warm: socket.socket,
    program: str,
    words: Sequence[str],
    environment: Mapping[str, str],
    folder: str,
    files: Sequence[int],
) -> int:
    """Have a program begun, and give its process id; the rest of what the connection says is its return code."""
    socket.send_fds(warm, [b" "], files)
    request = {"program": program, "words": words, "environment": dict(environment), "folder": folder}
    warm.sendall(json.dumps(request).encode() + b"\n")
    return line(warm)


def line(warm: socket.socket) -> int:
    """The next number of an answer."""
    said = b""
    while not said.endswith(b"\n"):
        more = warm.recv(1)
        if not more:
            raise RuntimeError("the process ended without a word")
        said += more
    return int(said)


def _connected(place: str) -> socket.socket | None:
    found = socket.socket(socket.AF_UNIX)
    try:
        found.connect(place)
    except OSError:
        found.close()
        return None
    return found


def _main(place: str, owner: str, python: str, module: str, program: str, *words: str) -> int:
    with started(place, int(owner), python, [module], os.environ) as warm:
        ask(warm, program, ["-c", *words], os.environ, os.getcwd(), (0, 1, 2))  # noqa: PTH109 - as above
        return line(warm)


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
