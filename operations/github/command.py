"""The command line of ``hybrid github``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operations.console import print_document, say
from operations.exit_codes import REFUSED
from operations.help import Commands
from operations.located import Verbs
from operations.options import Place
from operations.plans.options import Outdir
from operations.project import ENVIRONMENTS, OUTDIR

if TYPE_CHECKING:
    from operations.github.api import Github

app = Verbs(
    help="Say something to GitHub, or ask it; for jobs of GitHub Actions.",
    cls=Commands,
    rich_markup_mode=None,
)

Author = Annotated[str, typer.Option(help="Who wrote the earlier one; what others wrote is left alone.")]
ACTIONS = "github-actions[bot]"


@app.command("comment")
def comment(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text; its first line is its marker.")],
    pull_request: Annotated[
        int, typer.Option(envvar="HYBRID_PULL_REQUEST", min=1, help="Number of the pull request.")
    ],
    author: Author = ACTIONS,
) -> None:
    """Write one comment of a pull request, or write it over."""
    from operations.github.posts import put_comment, read_text

    text = read_text(file)
    with _asking() as github:
        say(put_comment(github, pull_request, text, author))


@app.command("issue")
def issue(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text; its first line is its marker.")],
    title: Annotated[str, typer.Option(help="The issue's title.")],
    resolved: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option("--resolved/--open", envvar="HYBRID_RESOLVED", help="Whether it is to be closed."),
    ] = False,
    author: Author = ACTIONS,
) -> None:
    """Open one issue, or write it over; or close it."""
    from operations.github.posts import put_issue, read_text

    text = read_text(file)
    with _asking() as github:
        say(
            put_issue(github, title, text, author, is_resolved=resolved)
            or "nothing to say, and no issue is open"
        )


@app.command("reviewed")
def reviewed(
    commit: Annotated[str, typer.Option(envvar="GITHUB_SHA", help="The commit that was merged.")],
    workflow: Annotated[str, typer.Option(help="File of the workflow that reviews.")] = "review.yml",
) -> None:
    """Print the run that planned the pull request that a commit merged, as a line for $GITHUB_OUTPUT."""
    from operations.github.runs import reviewed_run

    with _asking() as github:
        print_document(f"run={reviewed_run(github, commit, workflow)}")


@app.command("turn")
def turn(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="The stack that is to be applied.")],
    run: Annotated[int, typer.Option(envvar="GITHUB_RUN_ID", help="The run that applies.")],
    prefix: Annotated[str, typer.Option(help="What the names of its jobs begin with.")] = "apply ",
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,  # noqa: ARG001 - where it runs
) -> None:
    """Refuse (2) a stack while one that is applied before it has a job that has not succeeded."""
    from operations.artifacts.estate_stacks import read_stacks
    from operations.artifacts.stack_json import stack_folder
    from operations.github.runs import refuse_out_of_turn

    stack_folder(outdir, stack)
    order = [one.name for one in read_stacks(outdir, {})]
    with _asking() as github:
        refuse_out_of_turn(github, run, stack, order, prefix)
    say(f"{stack}: everything before it is applied")


@contextmanager
def _asking() -> Iterator[Github]:
    from operations.github.api import GithubRefused, github_of_environment

    try:
        yield github_of_environment(os.environ)
    except GithubRefused as refusal:
        say(f"hybrid github: {refusal}", style="bold red", stream=sys.stderr)
        raise typer.Exit(REFUSED) from None
