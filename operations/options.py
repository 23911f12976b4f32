"""Options that several verbs of the ``hybrid`` command have."""

from __future__ import annotations

from datetime import UTC, date, datetime
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


Write = Annotated[
    bool, typer.Option("--write", help="Write what changes; without it, it is shown and nothing is written.")
]
"""For verbs that change files which people keep."""

Today = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DAY",
        help="Day that expiries are judged by; today in UTC when absent.",
    ),
]


def day_of(today: datetime | None) -> date:
    """The day that is meant by --today."""
    return (today or datetime.now(UTC)).date()


NOT_WRITTEN = "nothing is written yet; the same with --write writes it"
"""What such a verb says at its end when it only showed."""


class Form(StrEnum):
    """The form in which something is said."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class TextOrJson(StrEnum):
    """The form in which something is said that no document takes in."""

    TEXT = "text"
    JSON = "json"


Format = Annotated[
    Form, typer.Option("--format", help="text for people, markdown for documents, json for machines.")
]
FormatTextOrJson = Annotated[TextOrJson, typer.Option("--format", help="text for people, json for machines.")]
