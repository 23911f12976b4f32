"""What ``hybrid reach`` prints."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence

from estate.model.estate import Estate
from operations.console import say
from operations.reach.reach import Reached, reach


def print_reached(estate: Estate, environments: Collection[str], found: Sequence[Reached]) -> bool:
    """Print what was found, refusals on standard error, and say whether everything can be planned here."""
    answered = {one.plan.environment for one in found}
    for name in estate.environments:
        if name in environments and name not in answered:
            say(f"{name}: nothing of it needs a private network; plan it anywhere")
    for one in found:
        hosts = ", ".join(
            (*(f"{host}:{port}" for host, port in one.plan.reaches), *map(str, one.plan.clusters))
        )
        for refusal in one.refusals:
            say(f"{one.plan.name}: {refusal}", style="bold red", stream=sys.stderr)
        if not one.refusals:
            say(f"{one.plan.name}: {hosts} answers, and there are credentials to log in with", style="green")
    return not any(one.refusals for one in found)


def refuse_unreachable(estate: Estate, stacks: Collection[str]) -> bool:
    """Print why these stacks cannot be planned here, and say whether any cannot."""
    refused = [one for one in reach(estate, stacks) if one.refusals]
    print_reached(estate, (), refused)
    return bool(refused)
