"""``atlantis.yaml``, for teams that run Atlantis instead of GitHub Actions: one project a stack, and nothing else.

Atlantis takes this file from the pull request (https://www.runatlantis.io/docs/security.html: "from the pull request
branch, not main", in runatlantis/atlantis at 078d0a8, read 2026-11-30). So it says what there is and what is planned;
what is run and what has to be agreed stands in the server's file, ``operations/artifacts/atlantis_server.py``.

Atlantis gives each project its own checkout, because each has its own workspace; custom steps never ask Terraform for
that workspace.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from operations.artifacts.estate_stacks import Stack
from operations.project import has_product

FILE = "atlantis.yaml"

_HEAD = """\
# Made by `hybrid stacks --format atlantis`; `hybrid gate --write` renews it, and `hybrid gate` keeps it current.
# What is run and what has to be agreed stands on the server, since a pull request may change this file: docs/atlantis.md.
"""


@dataclass(frozen=True)
class Way:
    """How an estate comes by the product.

    Attributes:
        set_up: the command that installs it into `.venv`.
        watched: files whose change may change a stack, as Atlantis' `when_modified` has them; `hybrid gate` says what
            is missing.
    """

    set_up: str
    watched: tuple[str, ...]


CHECKOUT: Final = Way(
    "make setup",
    (
        "environments/**",
        "cdktf.json",
        "constructs_lib/**",
        "estate/**",
        "fastsynth/**",
        "hybrid_kubernetes/**",
        "main.py",
        "operations/**",
        "package-lock.json",
        "package.json",
        "pyproject.toml",
        "requirements*.lock",
        "setup.sh",
        "stacks/**",
    ),
)
"""The estate stands in a checkout of the product."""

_INSTALL: Final = ".venv/bin/python -m pip install --quiet --only-binary :all:"

WHEEL: Final = Way(
    f"python3 -m venv .venv && {_INSTALL} --require-hashes --requirement requirements.lock && "
    f"{_INSTALL} --no-deps --requirement requirements.txt && .venv/bin/python -m pip check",
    ("environments/**", "cdktf.json", "requirements.lock", "requirements.txt"),
)
"""The estate names the product's version in its `requirements.txt`, and what that runs with by hash in its lock file: what
somebody published since runs in no job that gets an identity."""


def way_of(root: Path) -> Way:
    """How the estate whose root this is comes by the product."""
    return CHECKOUT if has_product(root) else WHEEL


def atlantis_yaml(stacks: Sequence[Stack], way: Way | None = None) -> str:
    """The file's text.

    Args:
        stacks: every stack, in order.
        way: how the estate comes by the product; that of the estate in whose root this runs when absent.
    """
    way = way or way_of(Path.cwd())
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
        "autoplan": {"enabled": True, "when_modified": list(way.watched)},
    }
