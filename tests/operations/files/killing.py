"""Changes of files that are killed, with the signal that no process survives, before each single thing they do."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from operations.files.writing import Change
from tests.operations.estate_files import file_bytes
from tests.source import ROOT

Calls = list[tuple[list[Change], Path]]
"""What a verb wants changed: arguments of ``write_files``, in order."""

# The audit events of Python come before what they tell of.
_PROGRAM = """
import json, os, signal, sys
from pathlib import Path
from operations.files.writing import write_files

left = int(sys.argv[1])
calls = json.load(sys.stdin)

def hook(event, arguments):
    global left
    writes = event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"}:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
for changes, within in calls:
    write_files([(Path(path), text) for path, text in changes], Path(within))
"""


def recorded_calls(monkeypatch: pytest.MonkeyPatch, *modules: str) -> Calls:
    """Have modules say what they want changed instead of changing it; the list grows as they do."""
    calls: Calls = []

    def write_files(changes: Iterable[Change], within: Path) -> list[Path]:
        calls.append((list(changes), within))
        return []

    for module in modules:
        monkeypatch.setattr(f"{module}.write_files", write_files)
    return calls


def killed(calls: Calls, folder: Path) -> Iterator[dict[str, bytes]]:
    """Run changes again and again, each time killed one event later, until they live.

    Yields:
        The files of ``folder`` without leftovers, each state once, while the folder is in it.
    """
    before = folder.with_name(f"{folder.name}-before")
    shutil.copytree(folder, before, symlinks=True)
    said = json.dumps(
        [
            [[(str(path), _text(content)) for path, content in changes], str(within)]
            for changes, within in calls
        ]
    )
    seen: list[dict[str, bytes]] = []
    code, events = -signal.SIGKILL, 0
    while code == -signal.SIGKILL:
        shutil.rmtree(folder)
        shutil.copytree(before, folder, symlinks=True)
        code = subprocess.run(
            [sys.executable, "-c", _PROGRAM, str(events)],
            input=said,
            text=True,
            check=False,
            env={"PYTHONPATH": str(ROOT)},
        ).returncode
        events += 1
        state = visible(folder)
        if state not in seen:
            seen.append(state)
            yield state
    assert code == 0


def visible(folder: Path) -> dict[str, bytes]:
    """The files without leftovers."""
    return {name: content for name, content in file_bytes(folder).items() if "hybrid-new" not in name}


def _text(content: str | bytes | None) -> str | None:
    return content.decode() if isinstance(content, bytes) else content
