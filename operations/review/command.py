"""The command line of ``hybrid review``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from operations.exit_codes import FOUND
from operations.options import Place, Today, day_of
from operations.plans.options import Outdir
from operations.project import ENVIRONMENTS, OUTDIR
from operations.review.findings import Level
from operations.review.formats import Format
from operations.terraform.binary import DEFAULT, VARIABLE


def review(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PLAN|ENV]...",
            help="Plans of terraform show -json, as FILE or NAME=FILE; or environments and companion stacks, "
            "which are planned.",
        ),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How the review is written.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="File to write it to.")
    ] = None,
    fail_on: Annotated[
        Level, typer.Option("--fail-on", help="Lowest level that needs an acknowledgement.")
    ] = Level.HIGH,
    acknowledgements: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Acknowledgements; environments/review/acknowledgements.yaml when absent."
        ),
    ] = None,
    today: Today = None,
    base: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="cdktf.out of the base branch: says where protection is lost, and what changes in its tree of manifests.",
        ),
    ] = None,
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,
    risks: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another risk data file than this project's.")
    ] = None,
    not_planned: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=REASON", help="A stack that could not be planned; is said in the review."),
    ] = None,
    binary: Annotated[
        str,
        typer.Option(
            "--terraform",
            metavar="COMMAND",
            envvar=VARIABLE,
            help="Terraform's or OpenTofu's command.",
        ),
    ] = DEFAULT,
) -> None:
    """Say what plans do to the estate, ranked by risk; ends with 3 when something is open."""
    from operations.review.run import Options, write
    from operations.review.run import review as run

    options = Options(
        plans or (),
        outdir,
        base,
        place,
        acknowledgements,
        risks,
        fail_on,
        day_of(today),
        not_planned or (),
        binary,
    )
    result, gate = run(options)
    write(result, gate, format_, output)
    if not gate.passes:
        raise typer.Exit(FOUND)
