"""What ``hybrid synth`` prints: a table of stacks, what to know about each, what comes next."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from estate.model.estate import Estate
from operations.artifacts.synthesis import StackReport
from operations.cards.notes import notes
from operations.cards.warnings import all_warnings
from operations.console import print_table, say
from operations.placeholders import summed as summed_placeholders
from operations.report_file import FOLLOWED


def print_summary(estate: Estate, reports: Sequence[StackReport], stream: TextIO | None = None) -> None:
    """Print the summary to ``stream``, standard output when absent."""
    stream = stream or sys.stdout
    rows = [
        (
            report.name,
            str(report.resources),
            str(report.stateful),
            ", ".join(report.providers) or "none",
            estate.environments[report.plan.environment].state.kind,
            str(report.path),
        )
        for report in reports
    ]
    headers = ("stack", "resources", "stateful", "providers", "state", "terraform runs in")
    print_table("Synthesized", headers, rows, stream)
    for report in reports:
        for note in report.notes:
            say(f"note: {report.name}: {note}", style="cyan", stream=stream)
        for warning in () if report.plan.is_companion else all_warnings(estate, report.name):
            say(f"warning: {report.name}: {warning}", style="yellow", stream=stream)
    made = {report.plan.environment for report in reports}
    for placeholders in summed_placeholders(estate, made):
        say(f"warning: {placeholders}", style="yellow", stream=stream)
    for about_all in notes(estate):
        say(f"note: {about_all}", style="cyan", stream=stream)
    if FOLLOWED in os.environ:
        return
    first = reports[0].plan.environment
    say(
        f"next: hybrid check {first} to see what is in it; cdktf deploy {first} to apply",
        stream=stream,
    )
