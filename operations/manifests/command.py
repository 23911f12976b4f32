"""The command line of ``hybrid manifests``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from estate.reading.problems import InvalidInput
from operations.exit_codes import FOUND
from operations.options import Environments, Folder, Write
from operations.project import ENVIRONMENTS

if TYPE_CHECKING:
    from operations.manifests.tree import Tree


def manifests(
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="DIR",
            help="Checkout that holds the tree, below gitops.path; the estate's root when absent.",
        ),
    ] = None,
    check: Annotated[  # noqa: FBT002 - a flag of the command line
        bool, typer.Option("--check", help="End with 3 where the tree is not what the files say.")
    ] = False,
    write: Write = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Write what runs in the member clusters as Kubernetes manifests, a folder a cluster; without --write it only shows."""
    from estate.reading.estate_loader import load_estate
    from operations.files.writing import changed_files, write_files
    from operations.manifests.record import losses, record_changes, record_findings
    from operations.manifests.report import print_changed
    from operations.manifests.tree import changes, tree

    if check and write:
        raise typer.BadParameter("--check and --write exclude each other")
    estate = load_estate(folder, names or [])
    gitops = estate.organization.gitops
    if gitops is None:
        message = "says no gitops, which is where manifests live and who applies them; add gitops: {}"
        raise InvalidInput.of_file(folder / "organization.yaml", message)
    if gitops.repo and output is None:
        message = f"is needed: a checkout of {gitops.repo}, where gitops.repo says that the tree lives"
        raise InvalidInput.of_file("--output", message)
    asked = names or list(estate.environments)
    found = tree(estate, gitops, names or [], output or folder.parent)
    if check:
        _check(found, record_findings(estate, asked, folder))
    elif lost := losses(estate, asked, folder):
        raise InvalidInput(lost)
    else:
        wanted = [*record_changes(estate, asked, folder), *changes(found)]
        changed = write_files(wanted, found.folder) if write else changed_files(wanted)
        print_changed(found, changed, written=write)


def _check(found: Tree, of_records: Iterator[str]) -> None:
    from operations.console import say
    from operations.manifests.report import WELL
    from operations.manifests.tree import tree_findings

    findings = [*of_records, *tree_findings(found)]
    for finding in findings:
        say(finding)
    if findings:
        raise typer.Exit(FOUND)
    say(WELL, style="bold green")
