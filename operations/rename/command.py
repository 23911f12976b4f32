"""The command line of ``hybrid rename``."""

from __future__ import annotations

from typing import Annotated

import typer

from operations.options import Folder, Write
from operations.project import ENVIRONMENTS


def rename(
    path: Annotated[
        str,
        typer.Argument(
            metavar="PATH",
            help="What to rename: dev:vmware.user_clusters.apps, organization:teams.seeiendom.",
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new key.")],
    write: Write = False,  # noqa: FBT002 - a flag of the command line
    folder: Folder = ENVIRONMENTS,
) -> None:
    """Give a cluster, team, key or pool another key in YAML, and let what stands be as it is; without --write it only shows."""
    from operations.console import progress
    from operations.rename.rename import rename as run
    from operations.rename.report import print_renamed

    with progress(f"synthesizing before and after {path} becomes {new}"):
        renamed = run(folder, path, new, write=write)
    print_renamed(renamed)
