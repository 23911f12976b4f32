"""Whatever valid estate stands in environments/: another team's files, and every check of the project still holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from operations.policy.checkov.environment import checkov_python
from tests.operations.gate.foreign import FOREIGN
from tests.source import ROOT, tracked_files, tracked_texts


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as a clone of it would be, with a foreign estate and nothing derived from it."""
    folder = tmp_path_factory.mktemp("clone") / "check out"
    for name in tracked_files():
        if not name.startswith("environments/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    shutil.copytree(FOREIGN, folder / "environments")
    for words in (("init", "--quiet"), ("add", "--all")):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    return folder


def run(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of the other checkout, measuring no coverage: its files are not these."""
    kept = {name: value for name, value in os.environ.items() if "COV" not in name and name != "NODE_OPTIONS"}
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=checkout,
        env={**kept, "PYTHONPATH": str(checkout), "HYBRID_CHECKOV_PYTHON": checkov_python()},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_the_suite_asks_of_an_estate_holds(checkout: Path) -> None:
    """Every test that is marked for it, and at least one."""
    files = sorted(
        name for name, text in tracked_texts() if "@pytest.mark.estate\n" in text and name.endswith(".py")
    )

    done = run(checkout, "pytest", "-m", "estate", "-q", "--no-cov", "-n0", "-p", "no:cacheprovider", *files)

    assert (done.returncode, " passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_gate_holds_for_an_estate_that_begins(checkout: Path) -> None:
    """As `make test` runs it, with nothing derived yet; `hybrid gate --write` makes what it asks for."""
    gate = run(checkout, "operations.cli", "gate", "--files-only")
    write = run(checkout, "operations.cli", "gate", "--write")

    assert (gate.returncode, write.returncode) == (0, 0), gate.stdout + gate.stderr + write.stderr
    assert gate.stdout.splitlines()[-1] == "the estate holds together whatever the day"
    assert gate.stdout.count("note: no ") == 2
    assert write.stdout.splitlines()[-1] == "4 changed; review the diff and commit it"
