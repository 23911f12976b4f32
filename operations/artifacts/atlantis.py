"""``atlantis.yaml``: the same steps for teams that run Atlantis instead of GitHub Actions.

One project a stack. Atlantis gives each its own checkout, because each has its own workspace; custom steps
never ask Terraform for that workspace. The stored plan is where Atlantis looks for it, and sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from operations.artifacts.estate_stacks import Stack
from operations.project import ROOT, is_checkout

FILE = "atlantis.yaml"

_HEAD = """\
# Made by `hybrid stacks --format atlantis`; `hybrid gate --write` renews it, and `hybrid gate` keeps it current.
# docs/pipeline.md says what the Atlantis server has to allow, and what it needs.
"""
_SYNTH = ".venv/bin/hybrid synth"
_PLAN = (
    '.venv/bin/hybrid plan "$PROJECT_NAME" --file "$PLANFILE"',
    '.venv/bin/hybrid review-plans "$PLANFILE" --format markdown',
)
_APPLY = ('.venv/bin/hybrid apply "$PROJECT_NAME" --plan "$PLANFILE"',)


@dataclass(frozen=True)
class Way:
    """How an estate comes by the product.

    Attributes:
        set_up: the command that installs it into `.venv`.
        watched: files whose change makes a plan, beside the environment files.
    """

    set_up: str
    watched: tuple[str, ...]


CHECKOUT: Final = Way(
    "make setup",
    ("**/*.py", "requirements.lock", "package-lock.json"),
)
"""The estate stands in a checkout of the product."""

WHEEL: Final = Way(
    "python3 -m venv .venv && .venv/bin/python -m pip install --quiet --only-binary :all: --requirement requirements.txt",
    ("requirements.txt",),
)
"""The estate names the product's version in its `requirements.txt`."""


def way_of(root: Path) -> Way:
    """How the estate whose root this is comes by the product."""
    return CHECKOUT if is_checkout() and root.is_relative_to(ROOT) else WHEEL


def atlantis_yaml(stacks: Sequence[Stack], way: Way | None = None) -> str:
    """The file's text.

    Args:
        stacks: every stack, in order.
        way: how the estate comes by the product; that of the estate in whose root this runs when absent.
    """
    way = way or way_of(Path.cwd())
    prepare = (way.set_up, _SYNTH)
    planned = [stack for stack in stacks if stack.is_planned]
    document = {
        "version": 3,
        "automerge": False,
        "parallel_plan": False,
        "parallel_apply": False,
        # What comes later in the order of promotion waits, and stays undone when something fails.
        "abort_on_execution_order_fail": True,
        "projects": [
            _project(stack, before, position, way)
            for position, (stack, before) in enumerate(zip(planned, [None, *planned], strict=False), 1)
        ],
        "workflows": {
            "hybrid": {
                "plan": {"steps": _steps(*prepare, *_PLAN)},
                "apply": {"steps": _steps(*prepare, *_APPLY)},
            }
        },
    }
    left_out = [f"# Left out: {stack.name}: {stack.obstacle}.\n" for stack in stacks if not stack.is_planned]
    return _HEAD + "".join(left_out) + yaml.safe_dump(document, sort_keys=False, width=1000)


def _project(stack: Stack, before: Stack | None, position: int, way: Way) -> dict[str, Any]:
    return {
        "name": stack.name,
        "dir": ".",
        "workspace": stack.name,
        "execution_order_group": position,
        # Atlantis refuses an apply before this one is applied, or found to change nothing.
        "depends_on": [before.name] if before else [],
        "workflow": "hybrid",
        "autoplan": {"enabled": True, "when_modified": ["environments/**", *way.watched]},
        "plan_requirements": ["undiverged"],
        "apply_requirements": ["approved", "mergeable", "undiverged"],
    }


def _steps(*lines: str) -> list[dict[str, str]]:
    return [{"run": line} for line in lines]
