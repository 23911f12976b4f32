"""A project whose stacks are synthesized and committed, a key, and a Terraform that stands in."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from operations.placeholders import VARIABLE
from operations.plans.sealed_plan import KEY, new_key
from tests.operations.pipeline.stand_in import StandIn, stand_in


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, as nobody in particular."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    return subprocess.run(
        ["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stacks in a repository without a change: dev is planned anywhere, dev-vsphere and sandbox are not."""
    folder = tmp_path / "project"
    backends = {"sandbox": "local", "dev-vsphere": "gcs", "dev": "gcs"}
    for name, backend in backends.items():
        stack = folder / "cdktf.out" / "stacks" / name
        stack.mkdir(parents=True)
        (stack / "cdk.tf.json").write_text(json.dumps({"terraform": {"backend": {backend: {}}}}))
    stacks = {
        "sandbox": {"environment": "sandbox", "after": [], "reaches": []},
        "dev-vsphere": {"environment": "dev", "after": [], "reaches": ["vcenter.example.com:443"]},
        "dev": {"environment": "dev", "after": ["dev-vsphere"], "reaches": []},
    }
    (folder / "cdktf.out" / "stacks.json").write_text(json.dumps({"order": list(stacks), "stacks": stacks}))
    (folder / ".gitignore").write_text("/cdktf.out/\n/plans/\n*.md\n")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    monkeypatch.chdir(folder)
    monkeypatch.setenv(KEY, new_key())
    # It has stacks and no environment files.
    monkeypatch.setenv(VARIABLE, "emulator")
    for name in ("HYBRID_RUNNERS", "HYBRID_VARIABLES"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def terraform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Stands in for Terraform."""
    made = stand_in(tmp_path / "bin")
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", made.binary)
    return made
