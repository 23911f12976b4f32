"""What ``hybrid check --live`` prints, and how it ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from operations.check.live import Comparison
from operations.console import print_table, say
from operations.exit_codes import FOUND, REFUSED


def print_comparisons(comparisons: Sequence[Comparison]) -> None:
    """Print a table for people, with a last line that says how it went."""
    rows = [
        (
            one.environment,
            one.admin_cluster,
            one.declared,
            one.running or "unknown",
            one.problem or "as declared",
        )
        for one in comparisons
    ]
    if not rows:
        say("no environment here has an admin cluster to ask for")
        return
    print_table("Admin clusters", ("environment", "admin cluster", "declared", "runs", "verdict"), rows)
    wrong = sum(1 for one in comparisons if one.problem)
    if wrong:
        say(f"{wrong} of {len(rows)} not as declared or not found out", style="bold red", stream=sys.stderr)
    else:
        say("all as declared", style="bold green")


def comparisons_json(comparisons: Sequence[Comparison]) -> str:
    """The same for machines."""
    return json.dumps({"admin_clusters": [asdict(one) for one in comparisons]}, indent=2)


def exit_code(comparisons: Sequence[Comparison]) -> int:
    """REFUSED when anything could not be found out, FOUND when a file says what is not so, 0 when all is as declared."""
    if any(one.problem and one.running is None for one in comparisons):
        return REFUSED
    return FOUND if any(one.problem for one in comparisons) else 0
