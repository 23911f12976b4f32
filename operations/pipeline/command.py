"""The command line of what a pull request goes through."""

from __future__ import annotations

import sys
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from estate.derived.stack_plan import environment_of
from estate.reading.problems import InvalidInput, Problem
from operations.console import print_table, progress, say
from operations.exit_codes import FAILED
from operations.options import Place
from operations.plans.options import (
    BaseCommit,
    HeadCommit,
    Keys,
    NoLock,
    Outdir,
    PullRequest,
    Runners,
    listed_stacks,
    now,
)
from operations.project import ENVIRONMENTS, OUTDIR
from operations.terraform.binary import terraform_binary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from operations.artifacts.estate_stacks import Stack


Names = Annotated[list[str], typer.Argument(metavar="STACK...", help="Stacks, as hybrid stacks lists them.")]


class ListForm(StrEnum):
    """The form in which stacks are listed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    ATLANTIS = "atlantis"


def stacks(
    outdir: Outdir = OUTDIR,
    runner: Runners = None,
    form: Annotated[
        ListForm,
        typer.Option(
            "--format",
            help="text for people, json for machines, github for $GITHUB_OUTPUT, atlantis for atlantis.yaml.",
        ),
    ] = ListForm.TEXT,
    plans: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Only stacks whose sealed plans in DIR change something."),
    ] = None,
    place: Place = ENVIRONMENTS,  # noqa: ARG001 - where it runs
) -> None:
    """List the synthesized stacks in the order in which they are applied, and where each can be planned."""
    from operations.artifacts.atlantis import atlantis_yaml
    from operations.pipeline.matrix import github_output, stacks_json
    from operations.plans.opened import stacks_with_changes

    found = listed_stacks(outdir, runner)
    if plans is not None:
        found = stacks_with_changes(found, plans)
    if form is ListForm.TEXT:
        _print_stacks(found)
    elif form is ListForm.JSON:
        print(stacks_json(found))
    elif form is ListForm.GITHUB:
        print(github_output(found))
    else:
        print(atlantis_yaml(found), end="")


def _print_stacks(found: Sequence[Stack]) -> None:
    rows = [
        (stack.name, ", ".join(stack.after) or "nothing", stack.runner or "none", stack.obstacle or "planned")
        for stack in found
    ]
    print_table("Stacks", ("stack", "applied after", "runner", "in a pipeline"), rows)


def plan(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    names: Names,
    sealed: Annotated[
        Path, typer.Option("--output", metavar="DIR", help="Folder for the sealed plans.")
    ] = Path("plans"),
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File for the sealed plan of a single stack.")
    ] = None,
    no_lock: NoLock = False,  # noqa: FBT002 - a flag of the command line
    uncommitted: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--uncommitted", help="Plan files that are not committed, to try something out.")
    ] = False,
    hours: Annotated[int, typer.Option(min=1, help="Hours that the plan is good for.")] = 72,
    keys: Keys = None,
    pull_request: PullRequest = None,
    head_commit: HeadCommit = None,
    base_commit: BaseCommit = None,
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,
) -> None:
    """Plan stacks and seal the plans, which hold secrets; nothing of them is left in plain."""
    from operations.artifacts.stack_json import stack_folder
    from operations.pipeline.plan import Planning, about_plan
    from operations.pipeline.plan import plan as run
    from operations.placeholders import refuse_placeholders
    from operations.plans.about import Request
    from operations.plans.key_ring import key_ring
    from operations.plans.repository import refuse_uncommitted
    from operations.plans.sealed_plan import SUFFIX, seal

    if file is not None and len(names) > 1:
        raise typer.BadParameter("--file goes with a single stack")
    refuse_placeholders(place, names)
    if not uncommitted:
        refuse_uncommitted()
    request = Request(pull_request or "", head_commit or "", base_commit or "")
    lifetime = timedelta(hours=hours)
    planning = Planning(outdir, terraform_binary(), not no_lock, lifetime, now(), request=request)
    problems: list[Problem] = []
    for name in names:
        path = file or sealed / f"{name}{SUFFIX}"
        # What an earlier run left must not pass for this run's.
        path.unlink(missing_ok=True)
        try:
            with progress(f"planning {name}"):
                stack_folder(outdir, name)
                sealing = key_ring(keys).sealing(environment_of(name))
                stored, changes = run(name, planning)
        except InvalidInput as error:
            problems += error.problems
            continue
        about = about_plan(name, stored, planning, changes=changes)
        seal(path, about, stored, sealing)
        # Atlantis looks for the second sentence.
        what = "changes" if changes else "No changes. Your infrastructure matches the configuration."
        say(f"{name}: {what} (sealed in {path} until {about.expires})")
    if problems:
        raise InvalidInput(problems)


def apply(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    name: Annotated[str, typer.Argument(metavar="STACK", help="The stack, as hybrid stacks lists it.")],
    file: Annotated[Path, typer.Option("--plan", metavar="FILE", help="The sealed plan.")],
    uncommitted: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--uncommitted", help="Take a plan that was made from files not committed.")
    ] = False,
    keys: Keys = None,
    pull_request: PullRequest = None,
    head_commit: HeadCommit = None,
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,
) -> None:
    """Apply exactly a sealed plan; refused (2) when it is not of this code, here and now, or a fresh plan differs."""
    from operations.pipeline.apply import ApplyFailed, Applying
    from operations.pipeline.apply import apply as run
    from operations.placeholders import refuse_placeholders
    from operations.plans.about import Request
    from operations.plans.key_ring import key_ring

    ring = key_ring(keys)
    ring.applying(environment_of(name))
    refuse_placeholders(place, [name])
    request = Request(pull_request or "", head_commit or "")
    applying = Applying(outdir, terraform_binary(), now(), ring.applying, uncommitted, request)
    try:
        done = run(name, file, applying, lambda line: say(f"{name}: {line}"))
    except ApplyFailed as failure:
        say(f"{name}: {failure}", style="bold red", stream=sys.stderr)
        say(
            f"{name}: not everything was applied; the state says what was",
            style="bold red",
            stream=sys.stderr,
        )
        raise typer.Exit(FAILED) from None
    say(f"{name}: applied as it was planned" if done else f"{name}: nothing to change")
