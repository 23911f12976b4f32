"""The command line of ``hybrid promotion``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from estate.reading.problems import InvalidInput
from operations.exit_codes import FOUND
from operations.heads.options import ApprovalsFile, HeadRoot, judged
from operations.located import as_given
from operations.options import Folder, Form, Today, day_of
from operations.project import ENVIRONMENTS
from operations.terraform.binary import terraform_binary


def promotion(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    reference: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help="With --assume-applied: the commit; origin/main when absent."),
    ] = None,
    assume_applied: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--assume-applied", help="What is merged into REF runs; the states are asked when absent."
        ),
    ] = False,
    state: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ENV=FILE", help="File with `terraform state pull`'s output; pulled when absent."
        ),
    ] = None,
    acknowledgements: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Who takes responsibility; environments/promotion/acknowledgements.yaml when absent.",
        ),
    ] = None,
    today: Today = None,
    form: Annotated[
        Form,
        typer.Option("--format", help="text for people, markdown for pull requests, json for machines."),
    ] = Form.TEXT,
    head: HeadRoot = None,
    approvals: ApprovalsFile = None,
    folder: Folder = ENVIRONMENTS,
) -> None:
    """Show what is ahead where along the order of promotion; ends with 3 when something takes its turn too early.

    With --head, the order is the base's, and acknowledgements that it brings count once a code owner approved.
    """
    from operations.console import print_document, progress
    from operations.promotion.promotion import Request
    from operations.promotion.promotion import promotion as run
    from operations.promotion.report import print_promotion, promotion_json, promotion_markdown

    if reference and not assume_applied:
        raise typer.BadParameter("REF goes with --assume-applied only")
    if assume_applied and state:
        raise typer.BadParameter("--assume-applied and --state exclude each other")
    if head and acknowledgements:
        raise typer.BadParameter("--acknowledgements and --head exclude each other")
    request = Request(
        folder,
        day_of(today),
        (reference or "origin/main") if assume_applied else None,
        dict(map(_state, state or ())),
        acknowledgements,
        binary=terraform_binary(),
        head=judged(head, approvals, folder),
    )
    with progress("comparing environments"):
        estates, verdict = run(request)
    if form is Form.TEXT:
        print_promotion(estates, verdict)
    else:
        document = promotion_json if form is Form.JSON else promotion_markdown
        print_document(document(estates, verdict), is_json=form is Form.JSON)
    if not verdict.passes:
        raise typer.Exit(FOUND)


def _state(word: str) -> tuple[str, Path]:
    name, equals, file = word.partition("=")
    if not (name and equals and file):
        raise InvalidInput.of_file("--state", f"must be ENV=FILE, got {word}")
    return name, as_given(file)
