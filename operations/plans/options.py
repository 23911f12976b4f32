"""Options of the verbs that make plans, review them and apply them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from operations.artifacts.estate_stacks import Stack

Outdir = Annotated[
    Path, typer.Option("--stacks", envvar="CDKTF_OUTDIR", help="Folder of the synthesized stacks.")
]
Runners = Annotated[
    list[str] | None,
    typer.Option(
        "--runner",
        envvar="HYBRID_RUNNERS",
        metavar="LABEL|STACK=LABEL",
        help="Runner for stacks that need a private network, or for one of them; several times.",
    ),
]
Keys = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        envvar="HYBRID_KEYS",
        metavar="FILE",
        help="A person's file of keys, as hybrid plan-keys writes it, in place of a job's variables.",
    ),
]
PullRequest = Annotated[
    str | None,
    typer.Option(
        "--pull-request",
        envvar="HYBRID_PULL_REQUEST",
        metavar="N",
        help="Number of the pull request that the plans are for.",
    ),
]
HeadCommit = Annotated[
    str | None,
    typer.Option(
        "--head-commit", envvar="HYBRID_HEAD", metavar="SHA", help="The commit that the pull request merges."
    ),
]
BaseCommit = Annotated[
    str | None,
    typer.Option(
        "--base-commit",
        envvar="HYBRID_BASE",
        metavar="SHA",
        help="The commit that the pull request is merged into.",
    ),
]
NoLock = Annotated[
    bool, typer.Option("--no-lock", help="Do not lock the state; an identity that only reads cannot.")
]


def listed_stacks(outdir: Path, runner: Sequence[str] | None) -> list[Stack]:
    """The synthesized stacks, with the runners that the command line names."""
    from operations.artifacts.estate_stacks import parse_runners, read_stacks

    return read_stacks(outdir, parse_runners(runner or ()))


def now() -> datetime:
    """The time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
