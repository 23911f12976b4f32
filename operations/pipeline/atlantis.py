"""``atlantis.yaml``: the same steps for teams that run Atlantis instead of GitHub Actions.

One project a stack. Atlantis gives each its own checkout, because each has its own workspace; custom steps
never ask Terraform for that workspace. The stored plan is where Atlantis looks for it, and sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from operations.pipeline.estate_stacks import Stack

FILE = "atlantis.yaml"

_HEAD = """\
# Made by `hybrid stacks --output atlantis`; `hybrid gate --write` renews it, and `hybrid gate` keeps it current.
# docs/pipeline.md says what the Atlantis server has to allow, and what it needs.
"""
_WATCHED = ("environments/**", "**/*.py", "requirements.lock", "package-lock.json")
_PREPARE = ("make setup", ".venv/bin/hybrid synth")
_PLAN = (
    '.venv/bin/hybrid plan "$PROJECT_NAME" --file "$PLANFILE"',
    '.venv/bin/hybrid review-plans "$PLANFILE" --format markdown',
)
_APPLY = ('.venv/bin/hybrid apply "$PROJECT_NAME" --plan "$PLANFILE"',)


def atlantis_yaml(stacks: Sequence[Stack]) -> str:
    """The file's text."""
    planned = [stack for stack in stacks if stack.is_planned]
    document = {
        "version": 3,
        "automerge": False,
        "parallel_plan": False,
        "parallel_apply": False,
        # What comes later in the order of promotion waits, and stays undone when something fails.
        "abort_on_execution_order_fail": True,
        "projects": [
            _project(stack, before, position)
            for position, (stack, before) in enumerate(zip(planned, [None, *planned], strict=False), 1)
        ],
        "workflows": {
            "hybrid": {
                "plan": {"steps": _steps(*_PREPARE, *_PLAN)},
                "apply": {"steps": _steps(*_PREPARE, *_APPLY)},
            }
        },
    }
    left_out = [f"# Left out: {stack.name}: {stack.obstacle}.\n" for stack in stacks if not stack.is_planned]
    return _HEAD + "".join(left_out) + yaml.safe_dump(document, sort_keys=False, width=1000)


def _project(stack: Stack, before: Stack | None, position: int) -> dict[str, Any]:
    return {
        "name": stack.name,
        "dir": ".",
        "workspace": stack.name,
        "execution_order_group": position,
        # Atlantis refuses an apply before this one is applied, or found to change nothing.
        "depends_on": [before.name] if before else [],
        "workflow": "hybrid",
        "autoplan": {"enabled": True, "when_modified": list(_WATCHED)},
        "plan_requirements": ["undiverged"],
        "apply_requirements": ["approved", "mergeable", "undiverged"],
    }


def _steps(*lines: str) -> list[dict[str, str]]:
    return [{"run": line} for line in lines]
