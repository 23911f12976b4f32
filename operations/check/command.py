"""The command line of ``hybrid check``: one table of everything, or the answer to one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from estate.reading.problems import InvalidInput
from operations.console import progress
from operations.options import Environments, Folder, Output
from operations.project import ENVIRONMENTS

if TYPE_CHECKING:
    from estate.model.estate import Estate


def check(  # noqa: PLR0913, PLR0917 - an option for each question
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    output: Annotated[
        Output,
        typer.Option(
            help="text for people, json for machines; markdown for documents, as the answer to a question."
        ),
    ] = Output.TEXT,
    who: Annotated[
        str | None,
        typer.Option(metavar="TEAM", help="What a team, group or person may do, where, and through what."),
    ] = None,
    who_can: Annotated[
        str | None,
        typer.Option(metavar="CLUSTER", help="Who may do what in a cluster; ENV/CLUSTER if several match."),
    ] = None,
    firewall: Annotated[
        str | None,
        typer.Option(metavar="ENV", help="What the on-prem firewalls have to let through, and why."),
    ] = None,
    prerequisites: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--prerequisites", help="What has to be done by hand, with the commands.")
    ] = False,
    live: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--live", help="Whether admin clusters run the declared versions; asks gcloud.")
    ] = False,
    vsphere_permissions: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--vsphere-permissions", help="What the clusters' vCenter account needs, and who sets it."
        ),
    ] = False,
) -> None:
    """Check the environment files and show what they describe; writes nothing."""
    from estate.reading.estate_loader import load_estate
    from operations.check.report import print_prerequisites, print_report, problems_json, report_json

    _refuse_two_questions(
        output,
        {
            "--who": who is not None,
            "--who-can": who_can is not None,
            "--firewall": firewall is not None,
            "--vsphere-permissions": vsphere_permissions,
        },
        {"--prerequisites": prerequisites, "--live": live},
    )
    try:
        estate = load_estate(folder, [*(names or ()), *([firewall] if firewall else [])])
        chosen = [name for name in estate.environments if not names or name in names]
        if who is not None or who_can is not None:
            _check_access(estate, chosen, who, who_can, output)
            return
    except InvalidInput as error:
        if output is not Output.JSON:
            raise
        print(problems_json(error.problems))
        raise typer.Exit(2) from None
    if firewall is not None:
        _check_firewall(estate, firewall, output)
    elif live:
        _check_live(estate, chosen, output)
    elif vsphere_permissions:
        _check_vsphere_permissions(estate, chosen, output)
    elif prerequisites:
        print_prerequisites(estate, chosen)
    elif output is Output.JSON:
        print(report_json(estate, chosen))
    else:
        print_report(estate, chosen)


def _refuse_two_questions(output: Output, tables: Mapping[str, bool], others: Mapping[str, bool]) -> None:
    """Refuse options that do not go together: ``tables`` are answered in Markdown too."""
    if sum(tables.values()) + sum(others.values()) > 1:
        raise typer.BadParameter(f"{_listed([*tables, *others])} exclude each other")
    if output is Output.MARKDOWN and not any(tables.values()):
        raise typer.BadParameter(f"--output markdown goes with {_listed(list(tables))} only")


def _listed(options: Sequence[str]) -> str:
    *most, last = options
    return f"{', '.join(most)} and {last}"


def _check_vsphere_permissions(estate: Estate, names: Sequence[str], output: Output) -> None:
    from operations.check.vsphere_permissions import (
        permissions_json,
        permissions_markdown,
        print_permissions,
    )

    if output is Output.TEXT:
        print_permissions(estate, names)
    else:
        print((permissions_json if output is Output.JSON else permissions_markdown)(estate, names))


def _check_access(
    estate: Estate, names: Sequence[str], who: str | None, who_can: str | None, output: Output
) -> None:
    from operations.check.access import what_may
    from operations.check.access import who_can as everybody_in
    from operations.check.access_report import print_rows, rows_json, rows_markdown

    if who is not None:
        title, rows = f"What {who} may do", what_may(estate, who, names)
    else:
        title, rows = f"Who can do what in {who_can}", everybody_in(estate, who_can or "")
    if output is Output.TEXT:
        print_rows(title, rows)
    else:
        print(rows_json(title, rows) if output is Output.JSON else rows_markdown(title, rows))


def _check_firewall(estate: Estate, name: str, output: Output) -> None:
    from operations.check.openings_report import openings_json, openings_markdown, print_openings

    environment = estate.environments[name]
    if output is Output.TEXT:
        print_openings(environment)
    else:
        print(openings_json(environment) if output is Output.JSON else openings_markdown(environment))


def _check_live(estate: Estate, names: Sequence[str], output: Output) -> None:
    from operations.check.live import compare
    from operations.check.live_report import comparisons_json, exit_code, print_comparisons

    with progress("asking gcloud for admin clusters"):
        comparisons = list(compare(estate, names))
    if output is Output.JSON:
        print(comparisons_json(comparisons))
    else:
        print_comparisons(comparisons)
    raise typer.Exit(exit_code(comparisons))
