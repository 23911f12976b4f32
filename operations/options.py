"""Options that several verbs of the ``hybrid`` command have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Environments = Annotated[
    list[str] | None, typer.Argument(metavar="[ENV]...", help="Environments; all when none is named.")
]
Folder = Annotated[Path, typer.Option("--folder", help="Folder of the environment files.")]


class Output(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
