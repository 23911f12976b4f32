"""What stands beside the environment files of an estate repository, which pins the product and holds no code.

The workflows are the product's own, with the pinned wheel in the place of a checkout's set-up.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from estate.model.estate import Estate
from estate.reading.placeholders import marks
from operations.artifacts.atlantis import CHECKOUT, WHEEL, atlantis_yaml
from operations.artifacts.atlantis import FILE as ATLANTIS
from operations.artifacts.estate_stacks import foreseen_stacks
from operations.init.wishes import Wishes
from operations.project import APP, ROOT
from operations.schema_line import COPIES

PACKAGE: Final = "hybrid-kubernetes-as-code"
"""Name of the distribution."""

REQUIREMENTS: Final = "requirements.txt"
LOCK: Final = "requirements.lock"
"""What the product runs with, by hash; the product itself, which everybody has of an index of their own, is not in it."""

_RUNTIME: Final = "requirements-runtime.lock"
_SCHEMAS: Final = ("estate/schema", "operations/review/schema")
_WORKFLOWS: Final = (".github/workflows", ".github/actions")
_INSTEAD: Final = {
    # In quotes: a colon and a space would end it.
    "run: make runtime\n": f"run: '{WHEEL.set_up}'\n",
}
_IGNORED: Final = """\
/.venv/
/.hybrid/
/cdktf.out/
/.cdktf.out.new-*/
.*.hybrid-new
/plans/
/head/
/artifact/
/approvals.json
/.state/
/review.md
/drift.md
*.tfplan
gha-creds-*.json
.DS_Store
"""


def beside(wishes: Wishes) -> dict[str, str]:
    """The files that are written once, by their path below the root."""
    app = {
        "language": "python",
        "app": "hybrid synth",
        "projectId": str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{wishes.name}.{wishes.domain}")),
        "sendCrashReports": "false",
        "terraformProviders": [],
        "terraformModules": [],
        "context": {},
    }
    pin = f"# The version that this estate is made with; see what a newer one changes before it is merged.\n{PACKAGE}=={version(PACKAGE)}\n"
    return {APP: json.dumps(app, indent=2) + "\n", ".gitignore": _IGNORED, REQUIREMENTS: pin}


def schemas() -> dict[str, str]:
    """What editors need, which git does not keep."""
    return {
        str(COPIES / path.name): path.read_text("utf-8")
        for folder in _SCHEMAS
        for path in sorted((ROOT / folder).glob("*.json"))
    }


def workflows() -> dict[str, str]:
    """The workflows of GitHub Actions for a repository without a checkout's set-up, and what they install by hash."""
    made = {path: _with_wheel(text) for path, text in _product_workflows()}
    return made | {LOCK: (ROOT / _RUNTIME).read_text("utf-8")}


def atlantis(estate: Estate, root: Path, runners: dict[str, str]) -> dict[str, str]:
    """``atlantis.yaml`` as it will be once the estate is synthesized."""
    way = CHECKOUT if root == ROOT else WHEEL
    return {ATLANTIS: atlantis_yaml(foreseen_stacks(estate, runners), way)}


def placeholders(files: dict[str, str]) -> list[str]:
    """Every line of the files that holds a placeholder, as file:line: what to put there."""
    return [f"{path}:{number}: {what}" for path, text in files.items() for number, what in marks(text)]


def _product_workflows() -> Iterator[tuple[str, str]]:
    for folder in _WORKFLOWS:
        for path in sorted((ROOT / folder).rglob("*.yml")):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def _with_wheel(text: str) -> str:
    for step, other in _INSTEAD.items():
        text = text.replace(step, other)
    return text
