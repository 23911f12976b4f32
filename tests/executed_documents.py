"""The documents' commands and what they print or draw, run for real.

A comment ``<!-- run: WORDS -->`` before a block of text says what prints it, and
``<!-- edit: FILE: OLD -> NEW -->`` before that what a person changed first; the next block finds the file as it was.
``<!-- file: FILE -->`` before a block of YAML says that it lies there as this file. A document's blocks share one
folder with a copy of the example estate, or with its own files alone where one of them is an environment's;
``<!-- estate: DOCUMENT -->`` takes the files of another document.

``make snapshots`` renews the blocks, a test keeps them current. A command that synthesizes costs seconds: show it
where it says what nothing else says, and in a small estate.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from operations.cli import main
from operations.project import ROOT
from tests.example import ENVIRONMENTS, TREE

README = ROOT / "README.md"

_PLANS = {"dev": "estate-upgrade-and-resize", "agent": "hidden-agent-loses-key"}
"""What ``hybrid review dev.json`` and ``dev=agent.json`` review, among the tests' plans."""

_WIDTH = "400"
"""Characters of a line, whatever the terminal has that this runs in: a page scrolls."""

_BLOCK = re.compile(
    r"(?P<head>(?P<edits>(?:<!-- edit: [^\n]+ -->\n)*)<!-- run: hybrid (?P<words>[^\n]+) -->\n)"
    r"```(?P<kind>text|mermaid)\n(?P<text>.*?)```\n",
    re.DOTALL,
)
_FILE = re.compile(r"<!-- file: (?P<name>\S+) -->\n```yaml\n(?P<text>.*?)```\n", re.DOTALL)
_EDIT = re.compile(r"<!-- edit: (?P<file>\S+): (?P<old>.+) -> (?P<new>.*) -->")
_ESTATE = re.compile(r"<!-- estate: (?P<document>\S+) -->")


def executed() -> list[Path]:
    """The documents that show what commands print."""
    paths = [README, *sorted((ROOT / "docs").rglob("*.md"))]
    return [path for path in paths if blocks(path.read_text("utf-8"))]


def render(text: str) -> str:
    """A document with every block printed anew."""
    files = {file["name"]: file["text"] for file in _FILE.finditer(text)}
    for estate in _ESTATE.finditer(text):
        of_another = (ROOT / estate["document"]).read_text("utf-8")
        files.update({file["name"]: file["text"] for file in _FILE.finditer(of_another)})
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        _lay_out(Path(folder), files)
        return _BLOCK.sub(lambda block: f"{block['head']}```{block['kind']}\n{_printed(block)}```\n", text)


def blocks(text: str) -> list[str]:
    """The command lines whose output a document shows."""
    return [block["words"] for block in _BLOCK.finditer(text)]


def renew(paths: Iterable[Path]) -> None:
    """Write documents with every block printed anew."""
    for path in paths:
        text = path.read_text("utf-8")
        path.write_text(render(text), "utf-8")


def _lay_out(folder: Path, files: dict[str, str]) -> None:
    if not any(name.startswith("environments/") for name in files):
        shutil.copytree(TREE, folder / TREE.name)
        for path in ENVIRONMENTS.rglob("*"):
            if path.suffix in {".yaml", ".txt"}:
                copy = folder / "environments" / path.relative_to(ENVIRONMENTS)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name, plan in _PLANS.items():
        shutil.copy(
            ROOT / "tests" / "operations" / "review" / "plans" / f"{plan}.json", folder / f"{name}.json"
        )


def _printed(block: re.Match[str]) -> str:
    before: dict[Path, str] = {}
    for edit in _EDIT.finditer(block["edits"]):
        path = Path(edit["file"])
        before.setdefault(path, path.read_text("utf-8"))
        _edit(path, edit["old"].replace("\\n", "\n"), edit["new"].replace("\\n", "\n"))
    printed = io.StringIO()
    os.environ["COLUMNS"] = _WIDTH
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        main(block["words"].split())
    for path, text in before.items():
        path.write_text(text, "utf-8")
    lines = printed.getvalue().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("synthesizing "))


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{path} has no {old!r}")
    path.write_text(text.replace(old, new), "utf-8")


if __name__ == "__main__":
    from operations.artifacts.building import prepare

    os.environ.pop("HYBRID_REPORT", None)
    prepare()
    renew([Path(name).resolve() for name in sys.argv[1:]] or executed())
