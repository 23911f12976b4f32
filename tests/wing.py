"""What Google turns off on 2027-03-17, the management service of GKE on AWS, and how it is taken away.

    python -m tests.wing

deletes in this checkout what is only its, the lines outside that say until when they stand, and renews what is
generated. Left out: estates, which are their teams' own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.source import ROOT

WING: Final = (
    "benchmarks/management_service.py",
    "constructs_lib/aws/management_service",
    "docs/gke-on-aws.md",
    "estate/model/aws/management_service.py",
    "estate/rules/aws/management_service.py",
    "operations/adopt/management_service",
    "operations/cards/kinds/management_service.py",
    "stacks/sections/management_service.py",
    "tests/constructs_lib/aws/management_service",
    "tests/deploy/management_service.py",
    "tests/model/aws/test_management_service.py",
    "tests/operations/adopt/management_service",
    "tests/operations/cards/test_management_service.py",
    "tests/rules/aws/test_management_service.py",
    "tests/stacks/sections/test_management_service.py",
    "tests/test_wing.py",
    "tests/wing.py",
)
"""Files and folders that are only its."""

MARK: Final = "until 2027-03-17"
"""What a comment says on each line outside that goes with them; the line is whole without its neighbours."""

_REACHED: Final = ("operations/reference/reached.json", "aws.management_service.")
"""Where its keys stand in a file that takes minutes to generate, and how they begin."""

_COMMENT: Final = (f"# {MARK}", f"<!-- {MARK} -->")
_TEXTS: Final = frozenset({".json", ".md", ".py", ".sh", ".toml", ".yaml"})
_GENERATORS: Final = ("estate.schema_export", "operations.reference.pages")


def take_away(folder: Path) -> None:
    """Delete the wing and the marked lines in a copy of this checkout; what is generated is left as it is.

    Raises:
        FileNotFoundError: something of the wing is not there.
    """
    for name in WING:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for path, text in texts(folder):
        lines = text.splitlines(keepends=True)
        kept = [line for line in lines if not any(comment in line for comment in _COMMENT)]
        if kept != lines:
            path.write_text("".join(kept), "utf-8", newline="")
    path, begin = folder / _REACHED[0], _REACHED[1]
    reached = json.loads(path.read_text("utf-8"))
    rest = {
        file: {key: value for key, value in keys.items() if not key.startswith(begin)}
        for file, keys in reached.items()
    }
    path.write_text(json.dumps(rest, indent=1) + "\n", "utf-8", newline="")


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every text file of the product, its tests and its documents in ``folder``, sorted; estates are left out."""
    for top in sorted(folder.iterdir()):
        if top.name.startswith(".") or top.name in {"environments", "node_modules", "cdktf.out", "plans"}:
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.suffix in _TEXTS and path.is_file() and not path.is_relative_to(folder / "tests/estate"):
                yield path, path.read_text("utf-8")


def renew(folder: Path) -> None:
    """Write what is generated from the model and the command line anew."""
    for module in _GENERATORS:
        run(folder, "-m", module).check_returncode()


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the product in ``folder``, and measure no coverage of it."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "COV_"))}
    environment = {**ours, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    take_away(ROOT)
    renew(ROOT)
