"""The command line of what judges a pull request: which one it is, what was made of it, who approved, what becomes of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from operations.console import print_document, say
from operations.exit_codes import FOUND
from operations.github.asking import asking
from operations.texts.counting import count

ReviewRun = Annotated[
    int,
    typer.Option(
        "--run",
        envvar="HYBRID_REVIEW_RUN",
        min=1,
        help="The run of review.yml that looked at the pull request.",
    ),
]

Base = Annotated[
    str, typer.Option(envvar="GITHUB_SHA", metavar="COMMIT", help="The commit whose code judges.")
]
Attempt = Annotated[
    int,
    typer.Option("--attempt", envvar="GITHUB_RUN_ATTEMPT", min=1, help="How often this run was started."),
]


def pull_request(
    run: ReviewRun,
    base: Base,
    pending: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--pending", help="Set the status of its last commit: it is being judged.")
    ] = False,
) -> None:
    """Print which pull request a run belongs to, as lines for $GITHUB_OUTPUT; refused (2) when it cannot be judged."""
    from operations.github.review_runs import pull_request_of, read_review_run, repository_of
    from operations.github.verdict import State, Verdict, address_of_run, put_status

    with asking() as github:
        repository = repository_of(github)
        found = pull_request_of(github, repository, read_review_run(github, repository, run), base)
        if pending:
            put_status(
                github, found.head, Verdict(State.PENDING, "is being judged"), address_of_run(os.environ)
            )
    print_document(f"number={found.number}\nhead={found.head}\nbase={found.base}")


def unpack(
    downloaded: Annotated[
        Path, typer.Argument(metavar="ARCHIVE|DIR", help="The archive, or the folder that holds it alone.")
    ],
    into: Annotated[
        Path, typer.Option(metavar="DIR", help="New folder for the stacks, right below the checkout.")
    ] = Path("head/cdktf.out"),
    digest: Annotated[
        str,
        typer.Option(
            metavar="SHA256|any", help="The archive that it has to be, as the first unpack printed it."
        ),
    ] = "any",
) -> None:
    """Lay the stacks that a pull request's run made beside a checkout of it; refused (2) when they are anything else.

    Prints the archive's digest, as a line for $GITHUB_OUTPUT.
    """
    from operations.github.unpack import unpack as run

    done = run(downloaded, into, digest)
    say(f"{count(done.files, 'file')} of the pull request laid into {into}, as data", stream=sys.stderr)
    print_document(f"digest={done.digest}")


def approvals(
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", envvar="HYBRID_PULL_REQUEST", min=1, help="The pull request.")
    ],
    head: Annotated[
        str,
        typer.Option(
            envvar="HYBRID_HEAD", metavar="COMMIT", help="Its last commit; approvals of others do not count."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="File to write them to.")],
) -> None:
    """Write who approved a pull request as it is, people and the teams that they approved for, for --approvals."""
    from operations.files.writing import write_file
    from operations.github.approvals import approvals_text

    with asking() as github:
        write_file(output, approvals_text(github, number, head))


def attempt(
    begun: Annotated[
        str,
        typer.Option(
            envvar="HYBRID_BEGUN", metavar="NUMBER", help="The attempt in which the run's first job ran."
        ),
    ],
    now: Attempt,
) -> None:
    """Refuse (2) a job that is run again alone: what it rests on may be gone by now."""
    from operations.github.verdict import refuse_in_part

    refuse_in_part(begun, now)
    say(f"attempt {now}, as the first job")


def verdict(
    run: ReviewRun,
    needs: Annotated[
        str,
        typer.Option(
            envvar="HYBRID_NEEDS", metavar="JSON", help="How the jobs that judge ended: toJSON(needs)."
        ),
    ],
    number: Annotated[
        int,
        typer.Option(envvar="GITHUB_RUN_NUMBER", min=1, help="Number of this run among those that judge."),
    ],
    now: Attempt,
    base: Base,
) -> None:
    """Set the status `hybrid` of a pull request's last commit; ends with 3 unless every job that had to run passed."""
    from operations.github.review_runs import read_review_run, repository_of
    from operations.github.verdict import Judging, State, address_of_run, put_status, verdict_on

    with asking() as github:
        repository = repository_of(github)
        of = read_review_run(github, repository, run)
        found = verdict_on(github, repository, of, needs, Judging(number, now, base))
        put_status(github, of.head, found, address_of_run(os.environ))
    say(f"{of.head[:12]}: {found.state}: {found.words}")
    if found.state is not State.SUCCESS:
        raise typer.Exit(FOUND)
