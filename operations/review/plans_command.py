"""The command line of ``hybrid review-plans``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from estate.reading.problems import InvalidInput
from operations.exit_codes import FOUND
from operations.heads.options import ApprovalsFile, HeadRoot, judged
from operations.options import Place
from operations.plans.options import (
    BaseCommit,
    HeadCommit,
    Keys,
    Outdir,
    PullRequest,
    Runners,
    listed_stacks,
    now,
)
from operations.project import ENVIRONMENTS, OUTDIR
from operations.review.findings import Level
from operations.review.formats import Format
from operations.terraform.binary import terraform_binary


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
    format_: Annotated[Format, typer.Option("--format", help="As for hybrid review.")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="File to write the review to.")
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The cdktf.out of the base branch, as for hybrid review; --stacks with --head.",
        ),
    ] = None,
    head: HeadRoot = None,
    approvals: ApprovalsFile = None,
    fail_on: Annotated[Level, typer.Option("--fail-on", help="As for hybrid review.")] = Level.HIGH,
    keys: Keys = None,
    pull_request: PullRequest = None,
    head_commit: HeadCommit = None,
    base_commit: BaseCommit = None,
    place: Place = ENVIRONMENTS,
) -> None:
    """Open sealed plans and review them together; ends as hybrid review does, with 2 when a plan is missing.

    With --head, acknowledgements that it brings, and what it changes of what judges, count once a code owner approved.
    """
    from estate.reading.estate_loader import load_estate
    from operations.artifacts.estate_stacks import parse_runners
    from operations.heads.brought import counting_acknowledgements
    from operations.heads.estate import load_head
    from operations.heads.ground import built_grounds
    from operations.heads.judging import judges_changed
    from operations.heads.stacks import head_stacks
    from operations.plans.about import Request
    from operations.plans.key_ring import key_ring
    from operations.plans.opened import missing_plans, open_plans
    from operations.review.gate import FILE
    from operations.review.refusal import refusal_written
    from operations.review.run import Options, write
    from operations.review.run import review as run
    from operations.review.sources import stacks_of
    from operations.review.trees.texts import Side
    from operations.terraform.planning import private_folder

    with refusal_written(format_, output), ExitStack() as kept:
        accepted, brought, tree, trees, asked, grounds = None, [], None, None, None, None
        if against := judged(head, approvals, place, head_commit):
            looked_at, given = against
            base, outdir, tree = base or outdir, looked_at.outdir, looked_at.tree
            accepted, own = counting_acknowledgements(place, FILE, looked_at, given)
            brought = [*judges_changed(looked_at, given), *own]
            merged = Side(load_estate(place), place.parent)
            estate = load_head(looked_at)
            trees, asked = (merged, Side(estate, looked_at.folder.parent)), stacks_of(estate)
            place = looked_at.folder
            stacks = head_stacks(looked_at, parse_runners(runner or ()))
            grounds = kept.enter_context(built_grounds(estate))
        else:
            stacks = listed_stacks(outdir, runner)
        request = Request(pull_request or "", head_commit or "", base_commit or "")
        looked_in = outdir if against else None
        opened = open_plans(sources, stacks, key_ring(keys).reviewing, now(), request, tree, looked_in)
        problems = missing_plans(opened.missing)
        with private_folder() as folder:
            files = {about.stack: folder / f"{about.stack}.json" for about, _ in opened.plans}
            for about, text in opened.plans:
                files[about.stack].write_bytes(text)
            options = Options(
                sources=[f"{name}={file}" for name, file in files.items()],
                outdir=outdir,
                base=base,
                folder=place,
                acknowledgements=None,
                risks=None,
                fail_on=fail_on,
                today=now().date(),
                not_planned=[f"{name}={reason}" for name, reason in opened.not_planned],
                binary=terraform_binary(),
                accepted=accepted,
                brought=brought,
                trees=trees,
                stacks=asked,
                grounds=grounds or (),
            )
            try:
                result, gate = run(options)
            except InvalidInput as error:
                raise InvalidInput([*problems, *error.problems]) from None
    write(result, gate, format_, output)
    if problems:
        raise InvalidInput(problems)
    if not gate.passes:
        raise typer.Exit(FOUND)
