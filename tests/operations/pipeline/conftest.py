"""A project whose stacks are synthesized and committed, a key, and a Terraform that stands in."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from operations.cli import main
from operations.placeholders import VARIABLE
from operations.plans.key_ring import write_keys
from operations.plans.keys import new_pairs
from tests.operations.heads.checkouts import Checkouts, checkouts
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
    keys = tmp_path / "keys.json"
    write_keys(keys, {name: new_pairs() for name in ("sandbox", "dev")})
    monkeypatch.setenv("HYBRID_KEYS", str(keys))
    # It has stacks and no environment files.
    monkeypatch.setenv(VARIABLE, "emulator")
    for name in ("RUNNERS", "VARIABLES", "PULL_REQUEST", "HEAD", "BASE", "CHECKOV_PYTHON"):
        monkeypatch.delenv(f"HYBRID_{name}", raising=False)
    return folder


@pytest.fixture
def terraform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Stands in for Terraform."""
    made = stand_in(tmp_path / "bin")
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", made.binary)
    return made


@pytest.fixture
def planned(project: Path, terraform: StandIn) -> Path:
    """A sealed plan of dev."""
    terraform.order(lock="provider {}")
    assert main(["plan", "dev"]) == 0
    (terraform.folder / "log.jsonl").unlink()
    return project / "plans" / "dev.plan"


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkouts:
    """A base, a head and a key; the estate's projects are made up."""
    made = checkouts(tmp_path)
    monkeypatch.chdir(made.base)
    write_keys(tmp_path / "keys", {name: new_pairs() for name in ("dev", "test")})
    monkeypatch.setenv("HYBRID_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv(VARIABLE, "emulator")
    for name in ("HYBRID_RUNNERS", "HYBRID_VARIABLES"):
        monkeypatch.delenv(name, raising=False)
    return made
