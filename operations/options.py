"""Options that several verbs of the ``hybrid`` command have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from operations.project import VARIABLE

Environments = Annotated[
    list[str] | None, typer.Argument(metavar="[ENV]...", help="Environments; all when none is named.")
]
Folder = Annotated[
    Path,
    typer.Option(
        "--folder",
        envvar=VARIABLE,
        help="Folder of the environment files; the nearest upwards when absent. Everything else has its place "
        "in the root of the estate, where cdktf.json stands.",
    ),
]
Place = Annotated[
    Path,
    typer.Option("--folder", envvar=VARIABLE, help="Folder of the environment files, as for hybrid check."),
]
"""For verbs that can do without environment files."""


class Output(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
