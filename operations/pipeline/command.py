"""The command line of what a pull request goes through."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from estate.derived.stack_plan import environment_of
from estate.reading.problems import InvalidInput, Problem
from operations.console import print_document, print_table, progress, say
from operations.exit_codes import FAILED
from operations.heads.options import HeadRoot, judged
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
    from collections.abc import Mapping, Sequence

    from operations.artifacts.estate_stacks import Stack
    from operations.heads.foreign import Judged
    from operations.heads.head import Head
    from operations.pipeline.plan import Planning
    from operations.plans.key_ring import KeyRing


Names = Annotated[list[str], typer.Argument(metavar="STACK...", help="Stacks, as hybrid stacks lists them.")]


class ListForm(StrEnum):
    """The form in which stacks are listed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    MARKDOWN = "markdown"
    ATLANTIS = "atlantis"
    ATLANTIS_SERVER = "atlantis-server"


def stacks(
    outdir: Outdir = OUTDIR,
    runner: Runners = None,
    form: Annotated[
        ListForm,
        typer.Option(
            "--format",
            help="text for people, json for machines, github for $GITHUB_OUTPUT, markdown for "
            "$GITHUB_STEP_SUMMARY, atlantis for atlantis.yaml, atlantis-server for the file of the server, which "
            "needs no stacks.",
        ),
    ] = ListForm.TEXT,
    plans: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Only stacks whose sealed plans in DIR change something."),
    ] = None,
    repository: Annotated[
        str | None,
        typer.Option(metavar="HOST/ORG/NAME", help="The repository, for --format atlantis-server."),
    ] = None,
    head: HeadRoot = None,
    place: Place = ENVIRONMENTS,
) -> None:
    """List the synthesized stacks in the order in which they are applied, and where each can be planned.

    With --head, its stacks: where people have to agree before one is planned with credentials, the reason is said.
    """
    from operations.artifacts.atlantis import atlantis_yaml
    from operations.artifacts.atlantis_server import atlantis_server_yaml
    from operations.pipeline.matrix import github_output, stacks_json, stacks_markdown
    from operations.plans.opened import stacks_with_changes

    if form is ListForm.ATLANTIS_SERVER:
        print_document(atlantis_server_yaml(repository).removesuffix("\n"))
        return
    if head is not None and plans is not None:
        raise typer.BadParameter("--plans and --head exclude each other")
    of: Mapping[str, Judged] | None = None
    if against := judged(head, None, place):
        found, of = _stacks_of(against[0], place, outdir, runner)
    else:
        found = listed_stacks(outdir, runner)
    if plans is not None:
        found = stacks_with_changes(found, plans)
    if form is ListForm.TEXT:
        _print_stacks(found)
    elif form is ListForm.JSON:
        print_document(stacks_json(found), is_json=True)
    elif form is ListForm.GITHUB:
        # What is refused whoever agrees needs nobody.
        people = (
            None if of is None else {name: bool(one.agreed and not one.refused) for name, one in of.items()}
        )
        print_document(github_output(found, people), is_json=True)
    elif form is ListForm.MARKDOWN:
        print_document(stacks_markdown(found, of or {}))
    else:
        print_document(atlantis_yaml(found).removesuffix("\n"))


def _stacks_of(
    head: Head, place: Path, outdir: Path, runner: Sequence[str] | None
) -> tuple[Sequence[Stack], Mapping[str, Judged]]:
    """The stacks of a head, and what in them people have to agree to; says it on standard error."""
    from operations.artifacts.estate_stacks import parse_runners
    from operations.heads.stacks import Sides, foreign, head_stacks

    found = head_stacks(head, parse_runners(runner or ()))
    of = foreign(Sides(head, place, outdir), [stack.name for stack in found])
    for name, one in of.items():
        for reason in one.refused:
            say(f"{name}: is not planned with credentials: {reason}", stream=sys.stderr)
        for reason in one.agreed:
            say(f"{name}: people have to agree: {reason}", stream=sys.stderr)
    return found, of


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
    head: HeadRoot = None,
    agreed: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--agreed",
            envvar="HYBRID_AGREED",
            help="With --head: people agreed to plan what sends credentials elsewhere than the base.",
        ),
    ] = False,
    keys: Keys = None,
    pull_request: PullRequest = None,
    head_commit: HeadCommit = None,
    base_commit: BaseCommit = None,
    outdir: Outdir = OUTDIR,
    place: Place = ENVIRONMENTS,
) -> None:
    """Plan stacks and seal the plans, which hold secrets; nothing of them is left in plain."""
    from operations.artifacts.estate_stacks import refuse_by_hand
    from operations.heads.stacks import Sides, safe_copy
    from operations.pipeline.plan import Planning
    from operations.placeholders import refuse_placeholders
    from operations.plans.about import Request
    from operations.plans.key_ring import key_ring
    from operations.plans.repository import refuse_uncommitted
    from operations.plans.sealed_plan import SUFFIX

    if file is not None and len(names) > 1:
        raise typer.BadParameter("--file goes with a single stack")
    if uncommitted and head is not None:
        raise typer.BadParameter("--uncommitted and --head exclude each other")
    if agreed and head is None:
        raise typer.BadParameter("--agreed goes with --head only")
    paths = {name: file or sealed / f"{name}{SUFFIX}" for name in names}
    for path in paths.values():
        # What an earlier run left must not pass for this run's.
        path.unlink(missing_ok=True)
    refuse_by_hand(names)
    against = judged(head, None, place, head_commit)
    refuse_placeholders(against[0].folder if against else place, names)
    if not (uncommitted or against):
        refuse_uncommitted()
    with ExitStack() as copies:
        if against:
            outdir = copies.enter_context(safe_copy(Sides(against[0], place, outdir), names, agreed=agreed))
        tree = against[0].tree if against else None
        lifetime = timedelta(hours=hours)
        request = Request(pull_request or "", head_commit or "", base_commit or "")
        planning = Planning(outdir, terraform_binary(), not no_lock, lifetime, now(), tree, request)
        _plan(paths, planning, key_ring(keys))


def _plan(paths: Mapping[str, Path], planning: Planning, keys: KeyRing) -> None:
    """Plan stacks into files; one that cannot be planned keeps none of the others from it."""
    from operations.artifacts.stack_json import stack_folder
    from operations.pipeline.plan import about_plan
    from operations.pipeline.plan import plan as run
    from operations.plans.sealed_plan import seal

    problems: list[Problem] = []
    for name, path in paths.items():
        try:
            with progress(f"planning {name}"):
                stack_folder(planning.outdir, name)
                sealing = keys.sealing(environment_of(name))
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
    from operations.artifacts.estate_stacks import refuse_by_hand
    from operations.pipeline.apply import ApplyFailed, Applying
    from operations.pipeline.apply import apply as run
    from operations.placeholders import refuse_placeholders
    from operations.plans.about import Request
    from operations.plans.key_ring import key_ring

    refuse_by_hand([name])
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
            f"{name}: not everything was applied; the state says what was. Before another apply give what this one "
            f"printed to hybrid salvage {name}, or what a cloud names itself may be made twice",
            style="bold red",
            stream=sys.stderr,
        )
        raise typer.Exit(FAILED) from None
    say(f"{name}: applied as it was planned" if done else f"{name}: nothing to change")
