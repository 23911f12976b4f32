"""The README's commands and what they print or draw, run for real.

A comment ``<!-- run: WORDS -->`` before a block of text says what prints it, and
``<!-- edit: FILE: OLD -> NEW -->`` before that what a person changed first. ``<!-- file: FILE -->`` before a
block of YAML says that it lies there as this file. ``make snapshots`` renews the blocks, a test keeps them
current.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
from pathlib import Path

from operations.cli import main
from operations.project import ROOT
from tests.example import ENVIRONMENTS

README = ROOT / "README.md"

_PLAN = ROOT / "tests" / "operations" / "review" / "plans" / "estate-upgrade-and-resize.json"
"""What ``hybrid review dev.json`` reviews."""

_WIDTH = "400"
"""Characters of a line, whatever the terminal has that this runs in: a page scrolls."""

_BLOCK = re.compile(
    r"(?P<head>(?P<edits>(?:<!-- edit: [^\n]+ -->\n)*)<!-- run: hybrid (?P<words>[^\n]+) -->\n)"
    r"```(?P<kind>text|mermaid)\n(?P<text>.*?)```\n",
    re.DOTALL,
)
_FILE = re.compile(r"<!-- file: (?P<name>\S+) -->\n```yaml\n(?P<text>.*?)```\n", re.DOTALL)
_EDIT = re.compile(r"<!-- edit: (?P<file>\S+): (?P<old>.+) -> (?P<new>.*) -->")


def render(text: str) -> str:
    """The README with every block printed anew."""
    files = {file["name"]: file["text"] for file in _FILE.finditer(text)}
    return _BLOCK.sub(lambda block: f"{block['head']}```{block['kind']}\n{_printed(block, files)}```\n", text)


def blocks(text: str) -> list[str]:
    """The command lines whose output the README shows."""
    return [block["words"] for block in _BLOCK.finditer(text)]


def _printed(block: re.Match[str], files: dict[str, str]) -> str:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for path in ENVIRONMENTS.rglob("*"):
            if path.suffix in {".yaml", ".txt"}:
                copy = Path(folder) / "environments" / path.relative_to(ENVIRONMENTS)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
        for name, text in files.items():
            (Path(folder) / name).write_text(text, "utf-8")
        shutil.copy(_PLAN, Path(folder) / "dev.json")
        for edit in _EDIT.finditer(block["edits"]):
            _edit(Path(edit["file"]), edit["old"].replace("\\n", "\n"), edit["new"].replace("\\n", "\n"))
        printed = io.StringIO()
        os.environ["COLUMNS"] = _WIDTH
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            main(block["words"].split())
    lines = printed.getvalue().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("synthesizing "))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{path} has no {old!r}")
    path.write_text(text.replace(old, new), "utf-8")


if __name__ == "__main__":
    from main import prepare

    os.environ.pop("HYBRID_REPORT", None)
    prepare()
    README.write_text(render(README.read_text("utf-8")), "utf-8")
