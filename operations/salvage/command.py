"""The command line of ``hybrid salvage``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from operations import children
from operations.console import say
from operations.exit_codes import FOUND
from operations.options import NOT_WRITTEN, Folder, Write
from operations.plans.options import Outdir
from operations.project import ENVIRONMENTS, OUTDIR
from operations.texts.counting import count

_SECONDS = 60


def salvage(
    environment: Annotated[
        str,
        typer.Argument(metavar="STACK", help="The environment, or its companion ENV-vsphere or ENV-attach."),
    ],
    log: Annotated[
        Path, typer.Option(metavar="FILE", help="What the apply printed, - for standard input.")
    ] = Path("-"),
    ask: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--ask", help="Run the commands that find ids; they only read.")
    ] = False,
    folder: Folder = ENVIRONMENTS,
    outdir: Outdir = OUTDIR,
    write: Write = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Make import entries for what an apply that ended badly left outside of the state; without --write it only shows."""
    from operations.salvage.salvage import log_text
    from operations.salvage.salvage import salvage as run

    text = log_text(log, sys.stdin if str(log) == "-" else ())
    done = run(folder, environment, text, outdir, _asked if ask else None, write=write)
    for entry in done.entries:
        say(f"{environment}: {entry.to} {'is' if write else 'would be'} imported as {entry.id}")
    for one in done.unknown:
        what = "exists" if one.exists else "was begun and may exist"
        if one.twice:
            what += ", in which case the next apply makes a second one"
        say(f"{environment}: {one.address} {what}, and has no entry: {one.why}", style="yellow")
        if one.command:
            say(f"  $ {one.command}")
    total = count(len(done.entries), "import entry", "import entries")
    others = count(done.other_errors, "error is", "errors are")
    say(f"{environment}: {total}" + (f"; {others} of another kind" if done.other_errors else ""))
    if done.entries:
        say(
            f"then: hybrid synth {environment}, look at what the plan imports, apply, hybrid settle {environment}"
        )
        if not write:
            say(NOT_WRITTEN)
    if done.unknown:
        raise typer.Exit(FOUND)


def _asked(words: Sequence[str]) -> str:
    try:
        done = children.run(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            seconds=_SECONDS,
            env={**os.environ, "AWS_PAGER": ""},
        )
    except subprocess.TimeoutExpired:
        raise OSError(f"no answer within {_SECONDS} seconds") from None
    if done.returncode:
        said = done.stderr.split("\n")
        raise OSError(next((line.strip() for line in said if line.strip()), f"exit code {done.returncode}"))
    return str(done.stdout)
