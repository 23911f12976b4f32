"""The verbs that answer one question about the environment files each; they write nothing and ask nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from estate.reading.problems import InvalidInput
from operations.console import print_document
from operations.exit_codes import REFUSED
from operations.options import Environments, Folder, Form, Format
from operations.project import ENVIRONMENTS

if TYPE_CHECKING:
    from estate.model.estate import Estate


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A team, a group's address or a person's.")],
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    form: Format = Form.TEXT,
) -> None:
    """Show what a team, group or person may do, where, and through what."""

    def say_it(estate: Estate, chosen: Sequence[str]) -> None:
        from operations.check.access import what_may
        from operations.check.access_report import say_rows

        say_rows(f"What {name} may do", what_may(estate, name, chosen), form)

    answer(folder, names, form, say_it)


def who_can(
    cluster: Annotated[
        str, typer.Argument(metavar="CLUSTER", help="A cluster; ENV/CLUSTER if several match.")
    ],
    folder: Folder = ENVIRONMENTS,
    form: Format = Form.TEXT,
) -> None:
    """Show who may do what in a cluster, and through what."""

    def say_it(estate: Estate, _chosen: Sequence[str]) -> None:
        from operations.check.access import who_can as everybody_in
        from operations.check.access_report import say_rows

        say_rows(f"Who can do what in {cluster}", everybody_in(estate, cluster), form)

    answer(folder, None, form, say_it)


def firewall(
    name: Annotated[str, typer.Argument(metavar="ENV", help="The environment.")],
    folder: Folder = ENVIRONMENTS,
    form: Format = Form.TEXT,
) -> None:
    """Show what the on-prem firewalls have to let through for an environment, and why."""

    def say_it(estate: Estate, _chosen: Sequence[str]) -> None:
        from operations.check.openings_report import say_openings

        say_openings(estate.environments[name], form)

    answer(folder, [name], form, say_it)


class RightsForm(StrEnum):
    """The form in which rights are said."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    HCL = "hcl"


class Whose(StrEnum):
    """Whose rights."""

    VCENTER = "vcenter"
    READER = "reader"
    WRITER = "writer"


def permissions(
    names: Environments = None,
    whose: Annotated[
        Whose,
        typer.Option(
            "--for",
            help="vcenter: the account of clusters on VMware; reader, writer: the identities of a pipeline in AWS and "
            "Google Cloud, of one environment, as hcl or json.",
        ),
    ] = Whose.VCENTER,
    folder: Folder = ENVIRONMENTS,
    form: Annotated[
        RightsForm,
        typer.Option(
            "--format",
            help="text for people, markdown for documents, json for machines, hcl for Terraform.",
        ),
    ] = RightsForm.TEXT,
) -> None:
    """Show what the vCenter account of clusters on VMware needs, where, and who sets it; and what a pipeline needs."""
    if whose is not Whose.VCENTER:
        _say_identity(names or [], whose, folder, form)
        return
    if form is RightsForm.HCL:
        raise typer.BadParameter("--format hcl is for --for reader and --for writer")

    def say_it(estate: Estate, chosen: Sequence[str]) -> None:
        from operations.check.vsphere_permissions import say_permissions

        say_permissions(estate, chosen, Form(form))

    answer(folder, names, Form(form), say_it)


def _say_identity(names: Sequence[str], whose: Whose, folder: Path, form: RightsForm) -> None:
    from estate.derived.pipeline.rights import Purpose, rights
    from operations.check.pipeline_identities import hcl, rights_json

    if len(names) != 1 or form not in {RightsForm.HCL, RightsForm.JSON}:
        raise typer.BadParameter(f"--for {whose} takes one environment, and --format hcl or json")

    def say_it(estate: Estate, chosen: Sequence[str]) -> None:
        found = rights(estate, chosen[0], Purpose(whose))
        document = hcl(found) if form is RightsForm.HCL else rights_json(found)
        print_document(document.removesuffix("\n"), is_json=form is RightsForm.JSON)

    answer(folder, names, Form.JSON if form is RightsForm.JSON else Form.TEXT, say_it)


def prerequisites(
    names: Environments = None, folder: Folder = ENVIRONMENTS, form: Format = Form.TEXT
) -> None:
    """Show what has to be there and what is done by hand, before the first apply and after, with the commands."""

    def say_it(estate: Estate, chosen: Sequence[str]) -> None:
        from operations.check.prerequisites_report import say_prerequisites

        say_prerequisites(estate, chosen, form)

    answer(folder, names, form, say_it)


def addresses(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Show who uses which address of each on-prem cluster's subnet, and what clusters in clouds take of theirs."""

    def say_it(estate: Estate, chosen: Sequence[str]) -> None:
        from operations.check.report import print_addresses

        print_addresses(estate, chosen)

    answer(folder, names, Form.TEXT, say_it)


def failures(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Show what is left of each VPN when one part of it fails."""

    def say_it(estate: Estate, chosen: Sequence[str]) -> None:
        from operations.check.report import print_failures

        print_failures(estate, chosen)

    answer(folder, names, Form.TEXT, say_it)


def answer(
    folder: Path,
    names: Sequence[str] | None,
    form: Form,
    say_it: Callable[[Estate, Sequence[str]], None],
) -> None:
    """Load the files and answer; what is wrong with them or with the question is said in the form asked for."""
    from estate.reading.estate_loader import load_estate
    from operations.check.report import problems_json

    try:
        estate = load_estate(folder, names)
        say_it(estate, [name for name in estate.environments if not names or name in names])
    except InvalidInput as error:
        if form is not Form.JSON:
            raise
        print_document(problems_json(error.problems), is_json=True)
        raise typer.Exit(REFUSED) from None
