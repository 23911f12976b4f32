"""The command line of ``hybrid bootstrap``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from operations.console import say
from operations.options import Folder, Form, Format
from operations.project import ENVIRONMENTS


class First(StrEnum):
    """What comes first."""

    BUCKET = "bucket"
    LOCAL = "local"


def bootstrap(
    environment: Annotated[str, typer.Argument(metavar="ENV", help="The environment.")],
    first: Annotated[
        First,
        typer.Option(
            "--first",
            help="bucket: make the state's bucket by commands, and have the stack take it over; no state is ever elsewhere. "
            "local: have the stack make it with a state on this machine, and move that into it.",
        ),
    ],
    folder: Folder = ENVIRONMENTS,
    form: Format = Form.TEXT,
    write: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--write", help="With --first bucket, write the bucket's import entries instead of the order."
        ),
    ] = False,
) -> None:
    """Print how a person makes an environment's ground, step by step, each with how to see that it is done; it asks nobody
    and changes nothing without --write.
    """
    from estate.reading.estate_loader import load_estate
    from operations.bootstrap.order import order
    from operations.bootstrap.report import say_order

    if write and first is First.LOCAL:
        raise typer.BadParameter("--write is for --first bucket: nothing is imported with --first local")
    if write:
        from operations.bootstrap.takeover import take_over

        path, added = take_over(folder, environment)
        for address in added:
            say(f"{path}: {address} is taken over")
        say(f"{path}: {len(added)} written" if added else f"{path}: nothing to write, all of it stands there")
        return
    estate = load_estate(folder, [environment])
    say_order(environment, str(first), order(estate, environment, folder, local=first is First.LOCAL), form)
