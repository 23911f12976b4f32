"""The command line of ``hybrid recover``."""

from __future__ import annotations

from typing import Annotated

import typer

from operations.options import Folder, Form, Format
from operations.project import ENVIRONMENTS


def recover(
    environment: Annotated[str, typer.Argument(metavar="ENV", help="The environment.")],
    cluster: Annotated[str, typer.Argument(metavar="CLUSTER", help="The cluster that is lost, by its key.")],
    folder: Folder = ENVIRONMENTS,
    form: Format = Form.TEXT,
) -> None:
    """Print how a cluster that is lost is made anew from nothing, step by step; it asks nobody and changes nothing."""
    from estate.reading.estate_loader import load_estate
    from operations.recover.report import say_runbook
    from operations.recover.runbook import runbook

    estate = load_estate(folder, [environment])
    say_runbook(environment, cluster, runbook(estate, environment, cluster, folder), form)
