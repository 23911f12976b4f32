"""What ``hybrid check`` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from environments.model.estate import Estate
from environments.problems import Problem
from operations.check.contents import contents
from operations.check.warnings import warnings
from operations.console import print_table, say


def print_report(estate: Estate, names: Sequence[str]) -> None:
    """Print a table of each named environment's contents, with warnings beneath."""
    for name in names:
        environment = estate.environments[name]
        rows = [(content.path, content.entity, content.summary) for content in contents(environment)]
        print_table(f"{name}", ("path", "what", "summary"), rows)
        for warning in warnings(environment):
            say(f"warning: {name}: {warning}", style="yellow")
    count = "1 environment is" if len(names) == 1 else f"{len(names)} environments are"
    say(f"{count} valid", style="bold green")


def report_json(estate: Estate, names: Sequence[str]) -> str:
    """The same for machines: environments by name with contents and warnings, and no problems."""
    environments: dict[str, Any] = {
        name: {
            "contents": [asdict(content) for content in contents(estate.environments[name])],
            "warnings": list(warnings(estate.environments[name])),
        }
        for name in names
    }
    return json.dumps({"environments": environments, "problems": []}, indent=2)


def problems_json(problems: Sequence[Problem]) -> str:
    """What is wrong, for machines: no environments, and each problem with its place."""
    return json.dumps({"environments": {}, "problems": [asdict(problem) for problem in problems]}, indent=2)
