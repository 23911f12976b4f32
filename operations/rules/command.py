"""The command line of ``hybrid rules``."""

from __future__ import annotations

from typing import Annotated

import typer

from operations.options import Output


def rules(
    output: Annotated[
        Output,
        typer.Option("--format", help="text for people, markdown for documents, json for machines."),
    ] = Output.TEXT,
) -> None:
    """List every rule that environment files are held against: its id, what it judges, what it asks for."""
    from operations.rules.listing import listed_rules
    from operations.rules.report import print_rules

    print_rules(listed_rules(), output)
