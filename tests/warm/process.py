"""A Python that has imported what programs need, and forks for each: importing is most of what a short one costs.

``python -IP process.py PLACE OWNER MODULE...`` listens at a socket until the process OWNER is gone. Whoever asks hands on
three open files and says a program, its words, environment and folder; what is answered is the program's process id
and then its return code. Whoever stops listening ends the program. Run by any interpreter, so made of the standard
library alone.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import traceback
from importlib import import_module
from typing import Any

_GLANCE_SECONDS = 0.5


def main(place: str, owner: int, modules: list[str]) -> None:
    """Serve until the owner is gone."""
    for module in modules:
        import_module(module)
    # Of what stays no page is written again, so that it is never copied.
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{place}.new")
        server.listen(16)
        os.rename(f"{place}.new", place)  # noqa: PTH104 - pathlib would be a module more
        print(flush=True)
        # Nobody reads on.
        os.dup2(0, 1)
        while _is_there(owner):
            if select.select([server], [], [], _GLANCE_SECONDS)[0]:
                asked, _ = server.accept()
                if not os.fork():
                    server.close()
                    _serve(asked)
                asked.close()
            _bury()


def _is_there(owner: int) -> bool:
    try:
        os.kill(owner, 0)
    except OSError:
        return False
    return True


def _bury() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _serve(asked: socket.socket) -> None:
    """Run one program, and tell how it ended."""
    _, files, _, _ = socket.recv_fds(asked, 1, 3)
    request = json.loads(asked.makefile("rb").readline())
    pid = os.fork()
    if not pid:
        asked.close()
        _be(request, files)
    asked.sendall(f"{pid}\n".encode())
    for file in (*files, 0, 1, 2):
        os.close(file)
    threading.Thread(target=_end_with_whoever_asked, args=(asked, pid), daemon=True).start()
    _, status = os.waitpid(pid, 0)
    try:
        asked.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    finally:
        os._exit(0)


def _end_with_whoever_asked(asked: socket.socket, pid: int) -> None:
    if not asked.recv(1):
        os.kill(pid, signal.SIGKILL)


def _be(request: dict[str, Any], files: list[int]) -> None:
    """Be a process that has just begun, and end as an interpreter does."""
    os.setsid()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    sys.argv = request["words"]
    code: Any = 0
    try:
        if "coverage" in sys.modules and "COVERAGE_PROCESS_CONFIG" in os.environ:
            sys.modules["coverage"].process_startup(slug="warm", force=True)
        exec(compile(request["program"], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - whatever it is
        traceback.print_exc()
        code = 1
    if code is not None and not isinstance(code, int):
        sys.stderr.write(f"{code}\n")
        code = 1
    atexit._run_exitfuncs()  # noqa: SLF001 - what the interpreter calls
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
