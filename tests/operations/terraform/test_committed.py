"""Terraform is run beside no file that git brought: it takes whatever lies in a stack's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.git import git
from operations.terraform.committed import refuse_committed
from operations.terraform.runner import Terraform

STACK = Path("cdktf.out/stacks/dev")


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stack in a repository, as synthesis leaves it."""
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "--quiet")
    STACK.mkdir(parents=True)
    (STACK / "cdk.tf.json").write_text("{}")
    return STACK


def test_what_synthesis_writes_is_no_obstacle(stack: Path) -> None:
    """Git does not keep it; nor is a stack that is not there, or that stands in no repository."""
    refuse_committed(stack)
    refuse_committed(stack / "nowhere")


@pytest.mark.parametrize(
    "file",
    [
        "more.tf.json",
        "terraform.tfvars",
        ".terraform/environment",
        "terraform.d/plugins/terraform-provider-x",
    ],
)
def test_what_git_brings_is_not_run(stack: Path, tmp_path: Path, file: str) -> None:
    """A merged pull request's file would be planned with the reader's identity the next night, and nobody reviewed it."""
    (stack / file).parent.mkdir(parents=True, exist_ok=True)
    (stack / file).touch()
    git(tmp_path, "add", "--force", str(stack / file))
    ran = tmp_path / "terraform"
    ran.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    ran.chmod(0o755)

    with pytest.raises(InvalidInput, match=f"{stack}: is in git, with {file}, and Terraform takes whatever"):
        Terraform(str(ran), stack).run("init")

    assert not (tmp_path / "ran").exists()
