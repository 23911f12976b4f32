"""The project's command, run in the process of a test: it has loaded what the command needs, Node among it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from unittest import mock

from operations.cli import main


def hybrid(folder: Path, environment: Mapping[str, str], *arguments: str) -> tuple[int, str, str]:
    """Run a command line in a folder, with these environment variables and no other.

    Returns:
        Its exit code, and what it printed to standard output and to standard error.
    """
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, environment, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        code = main(arguments)
    return code, out.getvalue(), err.getvalue()


_STUB = """\
#!{python} -IS
import json, os, socket, sys

with socket.create_connection(("127.0.0.1", int(os.environ["{port}"]))) as desk:
    desk.sendall(json.dumps([os.getcwd(), dict(os.environ), sys.argv[1:]]).encode() + b"\\n")
    code, out, err = json.loads(desk.makefile().readline())
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
"""
_PORT = "TEST_DESK"


def lay_stub(command: Path) -> None:
    """Write a command that has ``hybrid`` run by :func:`shell` around it, with its folder, environment and words."""
    command.parent.mkdir(parents=True)
    command.write_text(_STUB.format(python=sys.executable, port=_PORT), "utf-8")
    command.chmod(0o755)


def shell(
    script: str, folder: Path, environment: Mapping[str, str], patience_seconds: int
) -> tuple[int, str]:
    """Run a script in which ``hybrid`` is a stub, and each of its command lines in this process.

    Returns:
        Its exit code, and what it printed.
    """
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        socket.create_server(("127.0.0.1", 0)) as desk,
        subprocess.Popen(
            ["bash", "-e", "-c", script],
            cwd=folder,
            env={**environment, _PORT: str(desk.getsockname()[1])},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        Thread(target=_tell_the_end, args=[process, desk.getsockname(), patience_seconds]).start()
        while _serve(desk):
            pass
        said.seek(0)
        return process.wait(), said.read()


def _serve(desk: socket.socket) -> bool:
    """Run what a stub asks for; whether it was a stub, and not the end."""
    caller, _ = desk.accept()
    with caller, caller.makefile("rw", encoding="utf-8") as line:
        asked = line.readline()
        if asked:
            folder, environment, arguments = json.loads(asked)
            line.write(json.dumps(hybrid(Path(folder), environment, *arguments)) + "\n")
        return bool(asked)


def _tell_the_end(process: subprocess.Popen[bytes], address: tuple[str, int], patience_seconds: int) -> None:
    try:
        process.wait(timeout=patience_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    socket.create_connection(address).close()
