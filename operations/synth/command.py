"""The command line of ``hybrid synth``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from operations.console import progress
from operations.options import Environments, Folder
from operations.project import ENVIRONMENTS, OUTDIR


def synth(
    names: Environments = None,
    folder: Folder = ENVIRONMENTS,
    outdir: Annotated[
        Path, typer.Option("--output", envvar="CDKTF_OUTDIR", help="Folder to write the stacks to.")
    ] = OUTDIR,
) -> None:
    """Synthesize environments to Terraform stacks."""
    with progress(f"synthesizing {', '.join(names) if names else 'all environments'}"):
        # Node starts, and loads cdktf, while Python loads the model and checks the files.
        from operations.artifacts.building import prepare

        prepare()
        from operations.artifacts.synthesis import synth as run
        from operations.states.owned import make_owned

        estate, reports = run(folder, names or [], outdir)
    if any(estate.environments[report.plan.environment].state.local for report in reports):
        make_owned()
    from operations.synth.summary import print_summary

    print_summary(estate, reports)
