"""The command line of ``hybrid adopt``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operations.adopt.management_service.clusters.command import aws_cluster  # until 2027-03-17
from operations.adopt.management_service.command import management_service  # until 2027-03-17
from operations.exit_codes import FOUND, REFUSED
from operations.help import Commands
from operations.located import Verbs
from operations.options import Place, Today, day_of
from operations.project import ENVIRONMENTS

if TYPE_CHECKING:
    from operations.adopt.terraform.waiving import Judge

app = Verbs(
    help="Say in this project's words what other tools described or made.",
    cls=Commands,
    rich_markup_mode=None,
)


app.command("management-service")(management_service)  # until 2027-03-17
app.command("aws-cluster")(aws_cluster)  # until 2027-03-17


@app.command("gkectl")
def gkectl(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="gkectl's user-cluster.yaml and admin-cluster.yaml, any number."
        ),
    ],
    ip_blocks: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="IP block file that does not lie where user-cluster.yaml says."),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(metavar="ENV", help="Environment that takes the clusters in; shows what changes there."),
    ] = None,
    write: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option("--write", help="Write the clusters and their import entries into the environment."),
    ] = False,
    place: Place = ENVIRONMENTS,
) -> None:
    """Take clusters on VMware in that gkectl made; without --write it only shows."""
    from operations.adopt.gkectl.adopt import Options, adopt
    from operations.adopt.gkectl.outdated import MustMigrate
    from operations.adopt.gkectl.report import print_adopted, print_must_migrate

    options = Options(ip_blocks or (), into, write, place)
    try:
        adopted = adopt(files, options)
    except MustMigrate as refusal:
        print_must_migrate(refusal)
        raise typer.Exit(REFUSED) from None
    print_adopted(adopted, options)


@app.command("terraform")
def terraform(
    states: Annotated[
        list[Path],
        typer.Argument(
            metavar="STATE...",
            help="States of the other Terraform, as terraform state pull or terraform show -json writes them; - for "
            "standard input.",
        ),
    ],
    into: Annotated[str, typer.Option(metavar="ENV", help="Environment that takes it in.")],
    write: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--write", help="Write what the states hold and the import entries into the environment."
        ),
    ] = False,
    waive_until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DAY",
            help="Ask policy too, and write a waiver until this day for each wrong setting that is taken over as it is.",
        ),
    ] = None,
    removed: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--removed",
            help="Have the other Terraform, 1.7 or newer, let go by removed blocks rather than by terraform state rm.",
        ),
    ] = False,
    today: Today = None,
    place: Place = ENVIRONMENTS,
) -> None:
    """Take in what other Terraform made, and say what a first plan would do; without --write it only shows."""
    from operations.adopt.terraform.adopt import Options, adopt
    from operations.adopt.terraform.foreseeing import Fate
    from operations.adopt.terraform.report import print_adopted

    options = Options(into, write, place, _judge(waive_until, today), removed)
    adopted = adopt(states, options)
    print_adopted(adopted, options)
    if any(adopted.of(Fate.REPLACED)):
        raise typer.Exit(FOUND)


def _judge(waive_until: datetime | None, today: datetime | None) -> Judge | None:
    """How policy is asked; None where nobody wants waivers."""
    if waive_until is None:
        return None
    from operations.adopt.terraform.waiving import Judge
    from operations.policy.checkov.environment import checkov_python

    return Judge(day_of(today), waive_until.date(), checkov_python)
