"""The command line of ``hybrid upgrade``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from operations.console import print_document
from operations.options import Folder, FormatTextOrJson, TextOrJson, Write
from operations.project import ENVIRONMENTS


def upgrade(
    environment: Annotated[str, typer.Argument(metavar="ENV", help="The environment.")],
    version: Annotated[
        str,
        typer.Argument(
            metavar="VERSION",
            help="Of GKE on VMware in full (1.36.0-gke.532), of Kubernetes for EKS (1.36), or with --cluster of an "
            "attached cluster's platform (1.36.0-gke.1).",
        ),
    ],
    cluster: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY", help="Cluster to upgrade, any number; all of the environment when absent."
        ),
    ] = None,
    write: Write = False,  # noqa: FBT002 - a flag of the command line
    state: Annotated[
        Path | None,
        typer.Option(
            help="File with `terraform state pull`'s output, - for standard input: what clusters and pools run is "
            "compared too."
        ),
    ] = None,
    form: FormatTextOrJson = TextOrJson.TEXT,
    folder: Folder = ENVIRONMENTS,
) -> None:
    """Take the next legal step to a version in the environment's file, and print what people do for it; without --write it only shows."""
    from operations.states.state import given_state
    from operations.upgrade.report import upgrade_json, upgrade_text
    from operations.upgrade.runbook import runbook
    from operations.upgrade.upgrade import Request
    from operations.upgrade.upgrade import upgrade as run

    text = None if state is None else given_state(state)
    done = run(Request(folder, environment, version, cluster or (), text, write=write))
    if form is TextOrJson.JSON:
        print_document(upgrade_json(done, runbook(done)), is_json=True)
    else:
        print_document(upgrade_text(done, runbook(done)).removesuffix("\n"))
