"""The command line of ``hybrid update``."""

from __future__ import annotations

from typing import Annotated

import typer


def update(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="A released version, such as 1.2.0.")],
    source: Annotated[
        str,
        typer.Option(
            "--from", metavar="SOURCE", help="Where git fetches it: a remote, an address, a folder."
        ),
    ] = "origin",
    write: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--write", help="Take the files; without it, show what would change.")
    ] = False,
    discard_edits: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--discard-edits", help="Take also what you edited, and lose the edits.")
    ] = False,
) -> None:
    """Take the product's files from a version, and nothing of your estate's; without --write it only shows."""
    from operations.project import ROOT
    from operations.update.report import print_update, refuse_loss
    from operations.update.update import plan_update, write_update

    update = plan_update(ROOT, version, source)
    if write and update.lost and not discard_edits:
        refuse_loss(update)
    if write:
        write_update(ROOT, update)
    print_update(update, ROOT, written=write)
