"""The workflows and actions of this project, read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from operations.project import ROOT

FOLDER = ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
ACTIONS = sorted((FOLDER / "actions").glob("*/action.yml"))
OURS = "$/.github/actions/"

Document = dict[str, Any]


def read(path: Path) -> Document:
    """A workflow or action; YAML 1.1 reads its `on` as true."""
    document: dict[str | bool, Any] = yaml.safe_load(path.read_text("utf-8"))
    return {("on" if key is True else str(key)): value for key, value in document.items()}


def jobs() -> Iterator[tuple[str, Document]]:
    """Every job, by workflow and name."""
    for path in WORKFLOWS:
        for name, job in read(path)["jobs"].items():
            yield f"{path.stem}.{name}", job


def steps() -> Iterator[tuple[str, Document]]:
    """Every step of every job and action."""
    for name, job in jobs():
        yield from ((name, step) for step in job["steps"])
    for path in ACTIONS:
        yield from ((path.parent.name, step) for step in read(path)["runs"]["steps"])


def what_of(step: Document) -> str:
    """An action without its version, or the first words of a command."""
    if "uses" in step:
        return str(step["uses"]).partition("@")[0]
    return " ".join(str(step["run"]).removeprefix(".venv/bin/").split()[:2])
