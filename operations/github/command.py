"""The command line of ``hybrid github``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from operations.console import print_document, say
from operations.github import judging_command
from operations.github.asking import asking
from operations.help import Commands
from operations.located import Verbs
from operations.options import Place
from operations.plans.options import Outdir
from operations.project import ENVIRONMENTS, OUTDIR

app = Verbs(
    help="Say something to GitHub, or ask it; for jobs of GitHub Actions.",
    cls=Commands,
    rich_markup_mode=None,
)

Author = Annotated[
    str,
    typer.Option(envvar="HYBRID_AUTHOR", help="Who wrote the earlier one; what others wrote is left alone."),
]
ACTIONS = "github-actions[bot]"


@app.command("comment")
def comment(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The text; its first line is its marker.")],
    pull_request: Annotated[
        int, typer.Option(envvar="HYBRID_PULL_REQUEST", min=1, help="Number of the pull request.")
    ],
    author: Author = ACTIONS,
    head: Annotated[
        str | None,
        typer.Option(
            envvar="HYBRID_HEAD",
            metavar="COMMIT",
            help="The commit that the text is of, which it then says; refused when it is not the last one any more.",
        ),
    ] = None,
) -> None:
    """Write one comment of a pull request, or write it over."""
    from operations.github.posts import of_commit, put_comment, read_text
    from operations.github.verdict import address_of_run

    text = read_text(file)
    with asking() as github:
        if head:
            text = of_commit(github, pull_request, text, head, address_of_run(os.environ))
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
    with asking() as github:
        say(
            put_issue(github, title, text, author, is_resolved=resolved)
            or "nothing to say, and no issue is open"
        )


@app.command("reviewed")
def reviewed(
    commit: Annotated[str, typer.Option(envvar="GITHUB_SHA", help="The commit that was merged.")],
) -> None:
    """Print the run that judged the pull request that a commit merged, its number and last commit, for $GITHUB_OUTPUT."""
    from operations.github.review_runs import repository_of
    from operations.github.runs import judged_run

    with asking() as github:
        found = judged_run(github, repository_of(github), commit)
    print_document(f"run={found.run}\npull_request={found.number}\nhead={found.head}")


@app.command("turn")
def turn(
    stack: Annotated[str, typer.Argument(metavar="STACK", help="The stack that is to be applied.")],
    run: Annotated[int, typer.Option(envvar="GITHUB_RUN_ID", help="The run that applies.")],
    commit: Annotated[str, typer.Option(envvar="GITHUB_SHA", help="The commit that it applies.")] = "",
    attempt: Annotated[
        int, typer.Option(envvar="GITHUB_RUN_ATTEMPT", min=1, help="How often that run was started.")
    ] = 1,
    prefix: Annotated[str, typer.Option(help="What the names of its jobs begin with.")] = "apply ",
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,  # noqa: ARG001 - where it runs
) -> None:
    """Refuse (2) a stack while one that is applied before it has a job that has not succeeded.

    A run that is run again is refused once its commit is not the default branch's last one, any run once a later merge is
    applied.
    """
    from operations.artifacts.estate_stacks import read_stacks
    from operations.artifacts.stack_json import stack_folder
    from operations.github.review_runs import repository_of
    from operations.github.runs import refuse_out_of_turn, refuse_replaced, refuse_reverted

    stack_folder(outdir, stack)
    order = [one.name for one in read_stacks(outdir, {})]
    with asking() as github:
        repository = repository_of(github)
        refuse_reverted(github, repository, commit, attempt)
        refuse_replaced(github, repository, run)
        refuse_out_of_turn(github, run, stack, order, prefix)
    say(f"{stack}: everything before it is applied")


app.command("pull-request")(judging_command.pull_request)
app.command("unpack")(judging_command.unpack)
app.command("approvals")(judging_command.approvals)
app.command("attempt")(judging_command.attempt)
app.command("verdict")(judging_command.verdict)
