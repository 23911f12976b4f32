"""The command line of ``hybrid settle``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from operations.console import say
from operations.options import NOT_WRITTEN, Folder, Write
from operations.project import ENVIRONMENTS, OUTDIR, stack_path
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
    write: Write = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Take out entries that have done their work: import, moved and removed ones that the stack's state has taken, and released
    ones of what is recorded no more; without --write it only shows.
    """
    from operations.settle.drafts import forget_drafts
    from operations.settle.settle import entries_left
    from operations.settle.settle import settle as run
    from operations.states.state import given_state

    text = None if state is None else given_state(state)
    stack = stack_path(OUTDIR, environment)
    if drafts:
        forgotten = forget_drafts(folder, environment, text, stack, terraform_binary(), write=write)
        for address in forgotten:
            say(f"{environment}: {address} was never applied, and {'is' if write else 'would be'} forgotten")
        total = f"{len(forgotten)} {'forgotten' if write else 'would be forgotten'}"
        say(f"{environment}: {total}; everything else that is recorded is in the state")
        _say_written(forgotten, write=write)
        return
    spent = run(folder, environment, text, stack, terraform_binary(), write=write)
    for entry in spent:
        did = "was taken out" if write else "would be taken out"
        say(f"{environment}: {entry.block}[{entry.position}] is spent and {did}")
    if any(entry.block == "released" for entry in spent):
        say(
            "note: what is released stays in its cluster until somebody deletes it, and hybrid prerequisites forgets it with the entry"
        )
    left = entries_left(folder, environment) - (0 if write else len(spent))
    told = {0: "no entry is left", 1: "1 entry still has work to do, and stays"}
    say(f"{environment}: {told.get(left, f'{left} entries still have work to do, and stay')}")
    _say_written(spent, write=write)


def _say_written(changes: Sequence[object], *, write: bool) -> None:
    if changes and not write:
        say(NOT_WRITTEN)
