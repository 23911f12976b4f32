"""The command line of what is said about plans: in a pull request, and every night."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from estate.reading.problems import InvalidInput, Problem
from operations.console import progress, say
from operations.options import Place
from operations.pipeline.command import OUTDIR, NoLock, Outdir, Runners, listed_stacks, now, terraform
from operations.project import ENVIRONMENTS

if TYPE_CHECKING:
    from operations.pipeline.estate_stacks import Stack

_FOUND = 3


def review_plans(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="PLAN|DIR...",
            help="Sealed plans; of a folder all, and then no stack that can be planned may be missing.",
        ),
    ],
    outdir: Outdir = OUTDIR,
    runner: Runners = None,
    format_: Annotated[str, typer.Option("--format", help="As for hybrid review.")] = "terminal",
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="File to write the review to.")
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The cdktf.out of the base branch, as for hybrid review."),
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", metavar="LEVEL", help="As for hybrid review.")
    ] = None,
    place: Place = ENVIRONMENTS,
) -> None:
    """Open sealed plans and review them together; ends as hybrid review does, with 2 when a plan is missing."""
    from operations.pipeline.plan import private_folder
    from operations.pipeline.reviewing import open_plans
    from operations.pipeline.sealed_plan import key_of_environment

    opened = open_plans(sources, listed_stacks(outdir, runner), key_of_environment(os.environ), now())
    with private_folder() as folder:
        words = ["review", "--format", format_, "--stacks", str(outdir), "--folder", str(place)]
        given = {"--output": output, "--base": base, "--fail-on": fail_on}
        words += [f"{option}={value}" for option, value in given.items() if value is not None]
        words += [f"--not-planned={name}={reason}" for name, reason in opened.not_planned]
        for about, stored in opened.plans:
            file = folder / f"{about.stack}.json"
            file.write_bytes(stored.json)
            words.append(f"{about.stack}={file}")
        code = _hybrid(words)
    _refuse_missing(opened.missing)
    raise typer.Exit(code)


def _hybrid(words: Sequence[str]) -> int:
    # Not at the top: that module registers this one.
    from operations.cli import main

    return main(words)


def _refuse_missing(missing: Sequence[str]) -> None:
    message = "has no plan among these, and should have one; the log of its job says why"
    if missing:
        raise InvalidInput([Problem(name, 0, 0, "", message) for name in missing])


def drift_command(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STACK]...", help="Stacks to plan; all that can be, when none."),
    ] = None,
    plans: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Sealed plans of what is merged; nothing is planned then."),
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File for the text of an issue.")
    ] = None,
    no_lock: NoLock = False,  # noqa: FBT002 - a flag of the command line
    runner: Runners = None,
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,  # noqa: ARG001 - where it runs
) -> None:
    """Find what was changed behind Terraform's back, and what an apply would undo; ends with 3 when there is any."""
    from operations.files.writing import write_file
    from operations.pipeline.drift import drift
    from operations.pipeline.drift_report import drift_lines, drift_markdown

    if plans is not None and names:
        raise typer.BadParameter("--plans says which stacks; name none")
    listed = listed_stacks(outdir, runner)
    read, not_planned, missing = _plans_of(names, plans, listed, outdir, lock=not no_lock)
    found = [drift(name, text) for name, text in read]
    if markdown is not None:
        write_file(markdown, drift_markdown(found, not_planned))
    for line in drift_lines(found):
        say(line)
    for name, reason in not_planned:
        say(f"{name}: not looked at: {reason}", style="yellow")
    _refuse_missing(missing)
    if any(stack.is_found for stack in found):
        raise typer.Exit(_FOUND)


def _plans_of(
    names: Sequence[str] | None, plans: Path | None, listed: Sequence[Stack], outdir: Path, *, lock: bool
) -> tuple[list[tuple[str, bytes]], Sequence[tuple[str, str]], Sequence[str]]:
    from operations.pipeline.plan import Planning
    from operations.pipeline.plan import plan as run
    from operations.pipeline.reviewing import open_plans
    from operations.pipeline.sealed_plan import key_of_environment

    if plans is not None:
        opened = open_plans([plans], listed, key_of_environment(os.environ), now())
        read = [(about.stack, stored.json) for about, stored in opened.plans]
        return read, opened.not_planned, opened.missing
    chosen = names or [stack.name for stack in listed if stack.is_planned]
    not_planned = [(stack.name, stack.obstacle) for stack in listed if not names and not stack.is_planned]
    planning = Planning(outdir, terraform(), lock, timedelta(), now())
    read = []
    for name in chosen:
        with progress(f"planning {name}"):
            read.append((name, run(name, planning)[0].json))
    return read, not_planned, ()
