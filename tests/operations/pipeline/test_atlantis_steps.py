"""What an Atlantis server runs before it plans, run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from operations.cli import main
from tests.operations.pipeline.conftest import git

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def server_steps(capsys: Capture) -> list[str]:
    """What the server runs before it plans."""
    assert main(["stacks", "--format=atlantis-server", "--repository=github.com/example/estate"]) == 0
    stages = yaml.safe_load(capsys.readouterr().out)["workflows"]["hybrid"]
    return [step["run"] for step in stages["plan"]["steps"]][:8]


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A pull request that Atlantis merged: what it is merged into says one, and itself says another."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "said").write_text("base\n")
    (folder / ".gitignore").write_text("/artifact/\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    (folder / "said").write_text("head\n")
    (folder / "artifact").mkdir()
    (folder / "artifact" / "said").write_text("forged\n")
    git(folder, "add", "-Af")
    git(folder, "commit", "-qm", "second")
    return folder


def _run(lines: list[str], folder: Path, tmp_path: Path) -> tuple[int, list[str]]:
    """Run steps one after the other with a hybrid that says where it stands; how it ended, and what that said."""
    program = tmp_path / "bin" / "hybrid"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$* in $(basename "$PWD"): $(cat said)"\n')
    program.chmod(0o755)
    environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "REPO_REL_DIR": "."}
    ended = subprocess.run(
        ["sh", "-ec", "\n".join(f"({line})" for line in lines)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout.splitlines()


def test_the_server_compares_with_what_is_merged(
    merged: Path, server_steps: list[str], tmp_path: Path
) -> None:
    """Whatever a commit put in its place."""
    assert _run(server_steps, merged, tmp_path) == (0, ["synth in artifact: base"])


def test_the_server_compares_with_nothing_else(merged: Path, server_steps: list[str], tmp_path: Path) -> None:
    """Without the branch that is merged into, as the other strategy checks out, nothing is planned."""
    git(merged, "update-ref", "-d", "refs/remotes/origin/main")

    code, said = _run(server_steps, merged, tmp_path)

    assert (code != 0, said) == (True, [])
