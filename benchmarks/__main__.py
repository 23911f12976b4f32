"""The command: ``python -m benchmarks``."""

from __future__ import annotations

import sys
from subprocess import CalledProcessError
from typing import Annotated

import typer

from benchmarks.document import write_tables
from benchmarks.outputs import Differs
from benchmarks.report import machine, markdown
from benchmarks.session import Plan, run
from benchmarks.usage import CommandFailed
from operations.console import print_table, say

Runs = Annotated[
    int, typer.Option("-n", "--runs", min=1, help="Measurements of each contender after a warm-up.")
]
Quick = Annotated[bool, typer.Option("--quick", help="One run at 500 resources, without plain imports.")]
Write = Annotated[bool, typer.Option("--write", help="Put the tables into docs/performance.md.")]


def main(*, runs: Runs = 5, quick: Quick = False, write: Write = False) -> None:
    """Measure how long synthesis takes, beside the same resources made in other ways."""
    plan = Plan.quick() if quick else Plan.full(runs)
    try:
        tables = run(plan)
    except (CommandFailed, Differs, CalledProcessError) as error:
        say(f"benchmark stopped: {error}", style="bold red", stream=sys.stderr)
        raise typer.Exit(1) from None
    method = f"{plan.method}\n{machine()}."
    say(method)
    for table in tables:
        say("")
        print_table(table.title, table.headers, table.rows)
    if write:
        path = write_tables(f"{method}\n\n{markdown(tables)}")
        say(f"{path} written")


if __name__ == "__main__":
    typer.run(main)
