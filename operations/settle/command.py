"""The command line of ``hybrid settle``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from operations.console import say
from operations.options import Folder
from operations.project import ENVIRONMENTS
from operations.terraform.binary import terraform_binary


def settle(
    environment: Annotated[
        str,
        typer.Argument(metavar="STACK", help="The environment, or its companion ENV-vsphere or ENV-attach."),
    ],
    folder: Folder = ENVIRONMENTS,
    state: Annotated[
        Path | None, typer.Option(help="File with `terraform state pull`'s output, - for standard input.")
    ] = None,
    drafts: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--drafts", help="Forget recorded addresses that the state does not hold: never applied."
        ),
    ] = False,
) -> None:
    """Take out import, moved and removed entries that the stack's state has taken."""
    from operations.settle.drafts import forget_drafts
    from operations.settle.settle import entries_left
    from operations.settle.settle import settle as run
    from operations.states.state import given_state

    text = None if state is None else given_state(state)
    stack = Path("cdktf.out") / "stacks" / environment
    if drafts:
        forgotten = forget_drafts(folder, environment, text, stack, terraform_binary())
        for address in forgotten:
            say(f"{environment}: {address} was never applied, and is forgotten")
        say(f"{environment}: {len(forgotten)} forgotten; everything else that is recorded is in the state")
        return
    for entry in run(folder, environment, text, stack, terraform_binary()):
        say(f"{environment}: {entry.block}[{entry.position}] is spent and was taken out")
    left = entries_left(folder, environment)
    told = {0: "no entry is left", 1: "1 entry still has work to do, and stays"}
    say(f"{environment}: {told.get(left, f'{left} entries still have work to do, and stay')}")
