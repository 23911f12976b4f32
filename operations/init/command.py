"""The command lines of ``hybrid init`` and ``hybrid renew``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.console import is_terminal, say
from operations.init.renew import Part
from operations.init.wishes import UNKNOWN, Said, StateKind
from operations.options import NOT_WRITTEN, Folder, Write
from operations.plans.options import Runners
from operations.project import ENVIRONMENTS, ROOT, is_checkout, root_of
from operations.texts.counting import count

_WAIVED = timedelta(days=365)


def init(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Short name of the organization; begins every name.")
    ] = None,
    domain: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Domain of its groups.")] = None,
    environments: Annotated[
        str | None, typer.Option(metavar="ENV,...", help="Environments in the order of promotion.")
    ] = None,
    google: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PROJECT|ENV=PROJECT", help="Host project in Google Cloud, - for one not known yet."
        ),
    ] = None,
    vmware: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--vmware", help="Clusters on VMware, which need Google Cloud too.")
    ] = False,
    aws: Annotated[
        list[str] | None,
        typer.Option(metavar="ACCOUNT|ENV=ACCOUNT", help="Account in AWS, - for one not known yet."),
    ] = None,
    google_region: Annotated[
        str, typer.Option(metavar="REGION", help="Region in Google Cloud.")
    ] = "europe-north1",
    aws_region: Annotated[str, typer.Option(metavar="REGION", help="Region in AWS.")] = "eu-west-1",
    state: Annotated[
        StateKind | None, typer.Option(help="Where state lies; in Google Cloud, or else in AWS, when absent.")
    ] = None,
    owners: Annotated[
        str | None,
        typer.Option(metavar="@ORG/TEAM,...", help="Who has to agree to what judges, for CODEOWNERS."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Make an estate repository there; the example of this checkout is left alone."
        ),
    ] = None,
) -> None:
    """Make a small estate of your own, which has all that comes before a first cluster; on a terminal, asks for what is missing."""
    from operations.init.init import init as run
    from operations.init.wishes import understand

    needed = {"--name": name, "--domain": domain, "--environments": environments}
    answers = _answers(needed)
    if not (google or aws or vmware) and _is_asked():
        google, aws, vmware = _clouds()
    if owners is None and _is_asked():
        owners = _owners()
    said = Said(
        answers["--name"],
        answers["--domain"],
        [one.strip() for one in answers["--environments"].split(",")],
        google or (),
        aws or (),
        vmware,
        google_region,
        aws_region,
        state,
        [one.strip() for one in owners.split(",")] if owners else (),
    )
    wishes = understand(said)
    root = (into or _checkout()).resolve()
    made = run(wishes, root, (datetime.now(UTC).date() + _WAIVED).isoformat())
    say(f"{len(made.files)} files written in {made.root}")
    for line in made.placeholders:
        say(f"placeholder: {line}", style="yellow")
    where = "" if root == Path.cwd() else f"cd {shown(root)}; "
    values = "put your own values in where placeholders are; then " if made.placeholders else ""
    say(f"next: {where}{values}hybrid check, hybrid synth, hybrid gate --write; commit what they write")


def renew(
    parts: Annotated[
        list[Part] | None,
        typer.Argument(metavar="[PART]...", help="schema, workflows, atlantis; all when none."),
    ] = None,
    folder: Folder = ENVIRONMENTS,
    runner: Runners = None,
    write: Write = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write anew what this version has beside the environment files: editors' schemas, workflows, atlantis.yaml; without --write it only shows."""
    from operations.artifacts.estate_stacks import parse_runners
    from operations.init.renew import renew as run

    changed = run(folder, root_of(folder), parts or (), parse_runners(runner or ()), write=write)
    for path in changed:
        say(f"{path} {'written' if write else 'is not as this version has it'}")
    if not changed:
        say("everything is as this version has it")
    elif write:
        say(f"{count(len(changed), 'file')} changed; read the difference")
    else:
        say(NOT_WRITTEN)


def _is_asked() -> bool:
    return is_terminal(sys.stdin) and is_terminal(sys.stdout)


def _answers(needed: dict[str, str | None]) -> dict[str, str]:
    """What was said, and on a terminal what is answered for the rest."""
    questions = {
        "--name": "Short name of the organization",
        "--domain": "Its domain",
        "--environments": "Environments, in order, with commas between",
    }
    missing = [option for option, value in needed.items() if value is None]
    if missing and not _is_asked():
        message = "is needed, and nobody is there to be asked"
        raise InvalidInput([Problem.of_file(option, message) for option in missing])
    return {
        option: typer.prompt(questions[option]) if value is None else value
        for option, value in needed.items()
    }


def _clouds() -> tuple[list[str], list[str], bool]:
    unknown = f"{UNKNOWN} if not known yet, empty for none"
    google = typer.prompt(f"Host project in Google Cloud ({unknown})", default="", show_default=False)
    aws = typer.prompt(f"Account in AWS ({unknown})", default="", show_default=False)
    vmware = typer.confirm("Clusters on VMware?", default=False)
    return [google] if google else [], [aws] if aws else [], vmware


def _owners() -> str:
    question = "Who has to agree to what judges (@ORGANIZATION/TEAM; empty if not known yet)"
    return str(typer.prompt(question, default="", show_default=False))


def _checkout() -> Path:
    """The checkout whose example is replaced.

    Raises:
        InvalidInput: this is an installed wheel, which has none.
    """
    if not is_checkout():
        raise InvalidInput.of_file("--into", "is needed: name the folder for the estate, such as .")
    return ROOT
