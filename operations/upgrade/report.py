"""What ``hybrid upgrade`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from estate.reading.paths import dotted
from operations.options import NOT_WRITTEN
from operations.upgrade.runbook_step import RunbookStep
from operations.upgrade.upgrade import Upgrade


def upgrade_text(upgrade: Upgrade, steps: list[RunbookStep]) -> str:
    """The step and its runbook for people; what is left comes at the end."""
    return "".join(f"{line}\n" for line in _lines(upgrade, steps))


def upgrade_json(upgrade: Upgrade, steps: list[RunbookStep]) -> str:
    """The same for machines."""
    document = {
        "environment": upgrade.environment,
        "version": upgrade.target,
        "written": upgrade.written,
        "steps": [
            {"path": dotted(step.path), "from": step.current, "to": step.target} for step in upgrade.steps
        ],
        "runbook": [asdict(step) for step in steps],
    }
    return json.dumps(document, indent=2)


def _lines(upgrade: Upgrade, steps: list[RunbookStep]) -> Iterator[str]:
    if not upgrade.steps:
        yield f"{upgrade.environment}: everything that was asked for is of {upgrade.target} already, or newer"
        return
    first, *rest = upgrade.steps
    did = "written" if upgrade.written else "would be written"
    yield f"{upgrade.environment}: {first.what} goes from {first.current} to {first.target}"
    yield f"{dotted(first.path)}: {first.target} {did} to {upgrade.file}; let it be the only change of its pull request"
    for number, step in enumerate(steps, 1):
        yield ""
        yield f"{number}. {step.title}"
        yield from (f"     {command}" for command in step.commands)
        yield f"   takes {step.duration}"
        yield f"   done when {step.verify}"
    if rest:
        yield ""
        chosen = "".join(f" --cluster {key}" for key in upgrade.clusters)
        again = f"hybrid upgrade {upgrade.environment} {upgrade.target}{chosen}"
        yield f"Then {again} again, for {', then '.join(step.what for step in rest)}."
    if not upgrade.written:
        yield ""
        yield NOT_WRITTEN
