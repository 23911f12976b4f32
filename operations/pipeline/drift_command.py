"""The command line of what is said about the estate every night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from estate.reading.problems import InvalidInput
from operations.console import print_document, progress, say
from operations.exit_codes import FOUND
from operations.options import Place
from operations.plans.options import Keys, NoLock, Outdir, Runners, listed_stacks, now
from operations.project import ENVIRONMENTS, OUTDIR
from operations.terraform.binary import terraform_binary

if TYPE_CHECKING:
    from operations.artifacts.estate_stacks import Stack


class DriftForm(StrEnum):
    """The form in which drift is told."""

    TEXT = "text"
    MARKDOWN = "markdown"


def drift(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STACK]...", help="Stacks to plan; all that can be, when none."),
    ] = None,
    plans: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Sealed plans of what is merged; nothing is planned then."),
    ] = None,
    form: Annotated[
        DriftForm, typer.Option("--format", help="text for people, markdown for an issue.")
    ] = DriftForm.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="File to write it to; lines are printed all the same."),
    ] = None,
    no_lock: NoLock = False,  # noqa: FBT002 - a flag of the command line
    runner: Runners = None,
    keys: Keys = None,
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,  # noqa: ARG001 - where it runs
) -> None:
    """Find what was changed behind Terraform's back, and what an apply would undo; ends with 3 when there is any."""
    from operations.files.writing import write_file
    from operations.pipeline.drift import drift as run
    from operations.pipeline.drift_report import drift_lines, drift_markdown
    from operations.plans.opened import missing_plans

    if plans is not None and names:
        raise typer.BadParameter("--plans says which stacks; name none")
    listed = listed_stacks(outdir, runner)
    read, not_planned, missing = _plans_of(names, plans, listed, outdir, lock=not no_lock, keys=keys)
    found = [run(name, text) for name, text in read]
    lines = [(line, "") for line in drift_lines(found)]
    lines += [(f"{name}: not looked at: {reason}", "yellow") for name, reason in not_planned]
    is_document = form is DriftForm.MARKDOWN
    text = drift_markdown(found, not_planned) if is_document else "".join(f"{line}\n" for line, _ in lines)
    if output is not None:
        write_file(output, text)
    if output is None and is_document:
        print_document(text.removesuffix("\n"))
        lines = []
    for line, style in lines:
        say(line, style=style)
    if problems := missing_plans(missing):
        raise InvalidInput(problems)
    if any(stack.is_found for stack in found):
        raise typer.Exit(FOUND)


def _plans_of(
    names: Sequence[str] | None,
    plans: Path | None,
    listed: Sequence[Stack],
    outdir: Path,
    *,
    lock: bool,
    keys: Path | None,
) -> tuple[list[tuple[str, bytes]], Sequence[tuple[str, str]], Sequence[str]]:
    from operations.pipeline.plan import Planning
    from operations.pipeline.plan import plan as run
    from operations.plans.about import Request
    from operations.plans.key_ring import key_ring
    from operations.plans.opened import open_plans

    if plans is not None:
        opened = open_plans([plans], listed, key_ring(keys).reviewing, now(), Request())
        read = [(about.stack, text) for about, text in opened.plans]
        return read, opened.not_planned, opened.missing
    chosen = names or [stack.name for stack in listed if stack.is_planned]
    not_planned = [(stack.name, stack.obstacle) for stack in listed if not names and not stack.is_planned]
    planning = Planning(outdir, terraform_binary(), lock, timedelta(), now())
    read = []
    for name in chosen:
        with progress(f"planning {name}"):
            read.append((name, run(name, planning)[0].json))
    return read, not_planned, ()
