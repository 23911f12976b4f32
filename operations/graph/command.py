"""The command line of ``hybrid graph``."""

from __future__ import annotations

from typing import Annotated

import typer

from operations.console import print_document
from operations.options import Folder
from operations.project import ENVIRONMENTS


def graph(
    name: Annotated[str, typer.Argument(metavar="ENV", help="The environment.")],
    folder: Folder = ENVIRONMENTS,
) -> None:
    """Draw an environment's hybrid network as a Mermaid flowchart."""
    from estate.reading.estate_loader import load_estate
    from operations.graph.network import network_graph

    print_document(network_graph(load_estate(folder, [name]).environments[name]))
