"""The command line of ``hybrid gate``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from operations.exit_codes import FOUND, REFUSED
from operations.options import Folder, Today, day_of
from operations.plans.options import Runners
from operations.project import ENVIRONMENTS


def gate(
    context: typer.Context,
    folder: Folder = ENVIRONMENTS,
    write: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--write", help="Renew records, snapshots and atlantis.yaml instead of asking about them."
        ),
    ] = False,
    files_only: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--files-only",
            help="Ask of the files alone: what is past its day is a note, and nothing is compared with what is merged.",
        ),
    ] = False,
    today: Today = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REF", help="Commit that counts as applied; origin/main, where there is one, when absent."
        ),
    ] = None,
    runner: Runners = None,
) -> None:
    """Ask everything that a team needs of its own estate: files, stacks, snapshots, records, pipelines, policy.

    Every part is asked, whatever another one finds. Ends with 3 when something may not pass, and with 2 when
    something could not be asked.
    """
    # Node starts, and loads cdktf, while the files are read.
    from operations.artifacts.building import prepare

    prepare()
    from operations.artifacts.estate_stacks import parse_runners

    runners = parse_runners(runner or ())
    if write:
        _write(folder, runners)
        return
    from operations.gate.asking import Asking
    from operations.gate.gate import Request
    from operations.gate.gate import gate as run
    from operations.gate.report import print_asked, tell
    from operations.policy.checkov.environment import checkov_python

    # Of the one command line that was made, this verb is the only one.
    verbs = list(context.obj)
    day = day_of(today)
    asking = Asking(tell)
    run(Request(folder, day, files_only, base, runners, verbs, checkov_python), asking)
    print_asked(asking, "whatever the day" if files_only else f"on {day.isoformat()}")
    if asking.refusals:
        raise typer.Exit(REFUSED)
    if asking.findings:
        raise typer.Exit(FOUND)


def _write(folder: Path, runners: Mapping[str, str]) -> None:
    from operations.console import progress
    from operations.gate.report import print_renewed
    from operations.gate.writing import renew

    with progress("synthesizing all environments"):
        changed = renew(folder, runners)
    print_renewed(changed)
