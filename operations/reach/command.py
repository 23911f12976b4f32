"""The command line of ``hybrid reach``."""

from __future__ import annotations

import typer

from operations.exit_codes import FOUND
from operations.options import Environments, Folder
from operations.project import ENVIRONMENTS


def reach(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Test whether this machine reaches what a plan needs, such as vCenter, within seconds; ends with 3 when not."""
    from estate.derived.stack_plan import stack_plans
    from estate.reading.estate_loader import load_estate
    from operations.reach.reach import reach as run
    from operations.reach.report import print_reached

    estate = load_estate(folder, names)
    chosen = [name for name in estate.environments if not names or name in names]
    stacks = [plan.name for plan in stack_plans(estate).values() if plan.environment in chosen]
    if not print_reached(estate, chosen, run(estate, stacks)):
        raise typer.Exit(FOUND)
