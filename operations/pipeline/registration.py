"""The commands of a pull request, added to the ``hybrid`` command."""

from __future__ import annotations

import typer

from operations.github.command import app as github
from operations.pipeline.command import apply_command, plan, plan_key, stacks
from operations.pipeline.review_command import drift_command, review_plans


def register(app: typer.Typer) -> None:
    """Add them, in the order in which they are used."""
    app.command()(stacks)
    app.command("plan-key")(plan_key)
    app.command()(plan)
    app.command("review-plans")(review_plans)
    app.command("apply")(apply_command)
    app.command("drift")(drift_command)
    app.add_typer(github, name="github")
