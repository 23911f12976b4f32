"""How what ``main.py`` says gets past ``cdktf`` to the person: through a file.

``cdktf`` swallows what its app prints when it succeeds and rewraps it when it fails.
"""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import TracebackType
from typing import Self

REPORT = "HYBRID_REPORT"
"""Environment variable with the file to leave the report in."""

TERMINAL = "HYBRID_REPORT_TERMINAL"
"""Environment variable that is set when a person will read the report on a terminal."""

FOLLOWED = "HYBRID_REPORT_FOLLOWED"
"""Environment variable that is set when cdktf goes on after synthesis, so that nobody needs to hear what comes next."""


class _Text(io.StringIO):
    def isatty(self) -> bool:
        return TERMINAL in os.environ


class Report:
    """Collects what is printed inside its block, and leaves it with the exit code in a file.

    Attributes:
        exit_code: to be set inside the block; 1 until then.
    """

    def __init__(self, path: Path) -> None:
        self.exit_code = 1
        self._path = path
        self._text = _Text()
        self._redirects = (redirect_stdout(self._text), redirect_stderr(self._text))

    def __enter__(self) -> Self:
        for redirect in self._redirects:
            redirect.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for redirect in reversed(self._redirects):
            redirect.__exit__(kind, error, trace)
        report = {"exit_code": self.exit_code, "text": self._text.getvalue()}
        self._path.write_text(json.dumps(report), "utf-8")


def read_report(path: Path) -> tuple[int, str] | None:
    """The exit code and the text that a run left; None when it left none."""
    if not path.is_file():
        return None
    report = json.loads(path.read_text("utf-8"))
    return report["exit_code"], report["text"]
