"""What ``hybrid gate`` prints: a line a part while it asks, and everything that was found at the end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from estate.reading.paths import shown
from operations.console import say
from operations.gate.asking import Asking


def tell(part: str, result: str, seconds: float | None) -> None:
    """Print the line of a part, now: somebody waits for it."""
    took = "" if seconds is None else f"{seconds:6.1f} s"
    say(f"{part:<12}{result:<24}{took}".rstrip())
    sys.stdout.flush()


def print_asked(asking: Asking, day: str) -> None:
    """Print notes, findings and, on standard error, what could not be asked; then how it ends."""
    for note in asking.notes:
        say(f"note: {note}")
    for finding in asking.findings:
        say(finding)
    sys.stdout.flush()
    for refusal in asking.refusals:
        say(refusal, stream=sys.stderr)
    parts = [
        f"{len(texts)} {what if len(texts) == 1 else f'{what}s'}"
        for texts, what in ((asking.findings, "finding"), (asking.refusals, "problem"))
        if texts
    ]
    if parts:
        say(f"{', '.join(parts)}; nothing was written", style="bold red", stream=sys.stderr)
    else:
        say(f"the estate holds together {day}", style="bold green")


def print_renewed(changed: Sequence[Path]) -> None:
    """Print what was written or taken away."""
    for path in changed:
        say(f"{shown(path)} {'written' if path.exists() else 'taken away'}")
    say(f"{len(changed)} changed; review the diff and commit it" if changed else "everything is current")
