"""GitHub as the commands ask it: who runs for which repository, and what a refusal looks like."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from operations.console import say
from operations.exit_codes import REFUSED

if TYPE_CHECKING:
    from operations.github.api import Github


@contextmanager
def asking() -> Iterator[Github]:
    """The repository that this job runs for; what GitHub refuses is said, and ends the command."""
    # Not before GitHub is asked: the command line does without it.
    from operations.github.api import GithubRefused, github_of_environment

    try:
        yield github_of_environment(os.environ)
    except GithubRefused as refusal:
        say(f"hybrid github: {refusal}", style="bold red", stream=sys.stderr)
        raise typer.Exit(REFUSED) from None
