"""The command line of ``hybrid check``: one table of everything; one question each has a verb of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from operations.check import questions
from operations.console import print_document, progress
from operations.former import say_former
from operations.options import Environments, Folder, Form
from operations.project import ENVIRONMENTS

if TYPE_CHECKING:
    from estate.model.estate import Estate

_VERBS: Final = {
    "--who": "hybrid who TEAM",
    "--who-can": "hybrid who-can CLUSTER",
    "--firewall": "hybrid firewall ENV",
    "--vsphere-permissions": "hybrid permissions",
    "--prerequisites": "hybrid prerequisites",
}


def check(  # noqa: PLR0913, PLR0917 - an option for each question
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    form: Annotated[
        Form,
        # Former options take Markdown too.
        typer.Option("--format", metavar="<text|json>", help="text for people, json for machines."),
    ] = Form.TEXT,
    who: Annotated[
        str | None,
        typer.Option(
            metavar="TEAM", hidden=True, help="What a team, group or person may do, where, and through what."
        ),
    ] = None,
    who_can: Annotated[
        str | None,
        typer.Option(
            metavar="CLUSTER", hidden=True, help="Who may do what in a cluster; ENV/CLUSTER if several match."
        ),
    ] = None,
    firewall: Annotated[
        str | None,
        typer.Option(
            metavar="ENV", hidden=True, help="What the on-prem firewalls have to let through, and why."
        ),
    ] = None,
    prerequisites: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option("--prerequisites", hidden=True, help="What has to be done by hand, with the commands."),
    ] = False,
    live: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--live", help="Whether admin clusters run the declared versions; asks gcloud.")
    ] = False,
    vsphere_permissions: Annotated[  # noqa: FBT002 - a flag of the command line
        bool,
        typer.Option(
            "--vsphere-permissions",
            hidden=True,
            help="What the clusters' vCenter account needs, and who sets it.",
        ),
    ] = False,
) -> None:
    """Check the environment files and say in short what they describe, of named ones everything; writes nothing."""
    _refuse_two_questions(
        form,
        {
            "--who": who is not None,
            "--who-can": who_can is not None,
            "--firewall": firewall is not None,
            "--vsphere-permissions": vsphere_permissions,
        },
        {"--prerequisites": prerequisites, "--live": live},
    )
    if who is not None:
        _ask("--who", questions.who, who, names, folder, form)
    elif who_can is not None:
        _ask("--who-can", questions.who_can, who_can, folder, form)
    elif firewall is not None:
        _ask("--firewall", questions.firewall, firewall, folder, form)
    elif vsphere_permissions:
        _ask(
            "--vsphere-permissions",
            questions.permissions,
            names,
            questions.Whose.VCENTER,
            folder,
            questions.RightsForm(form),
        )
    elif prerequisites:
        _ask("--prerequisites", questions.prerequisites, names, folder)
    elif live:
        questions.answer(folder, names, form, lambda estate, chosen: _check_live(estate, chosen, form))
    else:
        said = _say_json if form is Form.JSON else _say_all if names else _say_in_short
        questions.answer(folder, names, form, said)


def _ask(option: str, verb: Callable[..., None], *arguments: Any) -> None:
    """Answer a question that has a verb of its own by now."""
    say_former(f"hybrid check {option}", _VERBS[option])
    verb(*arguments)


def _say_json(estate: Estate, names: Sequence[str]) -> None:
    from operations.check.report import report_json

    print_document(report_json(estate, names), is_json=True)


def _say_all(estate: Estate, names: Sequence[str]) -> None:
    from operations.check.report import print_report

    print_report(estate, names)


def _say_in_short(estate: Estate, names: Sequence[str]) -> None:
    from operations.check.summary import print_summary

    print_summary(estate, names)


def _refuse_two_questions(form: Form, tables: Mapping[str, bool], others: Mapping[str, bool]) -> None:
    """Refuse options that do not go together: ``tables`` are answered in Markdown too."""
    if sum(tables.values()) + sum(others.values()) > 1:
        raise typer.BadParameter(f"{_listed([*tables, *others])} exclude each other")
    if form is Form.MARKDOWN and not any(tables.values()):
        raise typer.BadParameter("--format markdown is for hybrid who, who-can, firewall and permissions")


def _listed(options: Sequence[str]) -> str:
    *most, last = options
    return f"{', '.join(most)} and {last}"


def _check_live(estate: Estate, names: Sequence[str], form: Form) -> None:
    from operations.check.live import compare
    from operations.check.live_report import comparisons_json, exit_code, print_comparisons

    with progress("asking gcloud for admin clusters"):
        comparisons = list(compare(estate, names))
    if form is Form.JSON:
        print_document(comparisons_json(comparisons), is_json=True)
    else:
        print_comparisons(comparisons)
    raise typer.Exit(exit_code(comparisons))
