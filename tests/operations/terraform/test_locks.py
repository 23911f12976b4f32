"""Provider lock files are laid beside the stack, and a person's own is never written over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from operations.terraform.locks import fitting, lay_lock, other_versions

HEADER = '# This file is maintained automatically by "terraform init".\n\n'
AWS = """\
provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.25.0"
  constraints = "6.25.0"
  hashes = [
    "h1:aGFzaA==",
  ]
}
"""
STACK: dict[str, Any] = {
    "terraform": {
        "required_providers": {
            "aws": {"source": "aws", "version": "6.25.0"},
            "vsphere": {"source": "vmware/vsphere", "version": "2.15.0"},
        }
    }
}


def block(source: str, version: str) -> str:
    """A provider in a lock file."""
    return AWS.replace("hashicorp/aws", source).replace("6.25.0", version)


def folders(tmp_path: Path, kept: str | None) -> tuple[Path, Path, Path]:
    """A folder of environments with or without a kept lock, an output folder, and the lock's place there."""
    environments, outdir = tmp_path / "environments", tmp_path / "out"
    (outdir / "stacks/sandbox").mkdir(parents=True)
    (environments / "locks").mkdir(parents=True)
    if kept is not None:
        (environments / "locks/sandbox.hcl").write_text(kept)
    return environments, outdir, outdir / "stacks/sandbox/.terraform.lock.hcl"


def test_without_a_kept_lock_nothing_is_laid(tmp_path: Path) -> None:
    """Terraform then makes its own at init."""
    environments, outdir, beside = folders(tmp_path, None)

    assert lay_lock(environments, outdir, "sandbox") is None
    assert not beside.exists()


def test_the_kept_lock_is_laid_beside_the_stack(tmp_path: Path) -> None:
    """A fresh checkout installs the recorded provider versions."""
    environments, outdir, beside = folders(tmp_path, "kept")

    assert lay_lock(environments, outdir, "sandbox") is None
    assert beside.read_text() == "kept"


def test_a_renewed_lock_replaces_the_one_laid_before(tmp_path: Path) -> None:
    """What synth laid itself it may replace."""
    environments, outdir, beside = folders(tmp_path, "first")
    lay_lock(environments, outdir, "sandbox")
    (environments / "locks/sandbox.hcl").write_text("second")

    assert lay_lock(environments, outdir, "sandbox") is None
    assert beside.read_text() == "second"


def test_a_persons_own_lock_is_left_alone_and_told_of(tmp_path: Path) -> None:
    """What `terraform init -upgrade` chose beside the stack is not undone silently."""
    environments, outdir, beside = folders(tmp_path, "kept")
    lay_lock(environments, outdir, "sandbox")
    beside.write_text("upgraded by hand")

    note = lay_lock(environments, outdir, "sandbox")

    assert beside.read_text() == "upgraded by hand"
    assert note is not None
    assert "was left as it is" in note


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param(HEADER + AWS, HEADER + AWS, id="the same"),
        pytest.param(
            HEADER + AWS + "\n" + block("vmware/vsphere", "2.14.0"), HEADER + AWS + "\n", id="another version"
        ),
        pytest.param(
            HEADER + block("hashicorp/aws", "5.0.0") + "\n" + block("vmware/vsphere", "2.14.0"),
            HEADER + "\n",
            id="other versions of all",
        ),
        pytest.param(block("hashicorp/google", "6.50.0"), block("hashicorp/google", "6.50.0"), id="not used"),
        pytest.param(AWS.replace("version ", "vision "), AWS.replace("version ", "vision "), id="no version"),
        pytest.param("nothing", "nothing", id="no providers"),
    ],
)
def test_terraform_is_given_the_providers_that_fit(text: str, fits: str) -> None:
    """It adds to what a lock file holds, and fails where that is another version than the stack names."""
    assert fitting(text, STACK) == fits


def test_a_lock_of_another_version_is_told_of(tmp_path: Path) -> None:
    """The product named another version, and the lock files are as they were."""
    environments, *_ = folders(tmp_path, block("hashicorp/aws", "5.0.0") + block("vmware/vsphere", "2.14.0"))

    assert other_versions(environments, "sandbox", STACK) == (
        f"{environments}/locks/sandbox.hcl holds aws 5.0.0, where the stack names 6.25.0 and vsphere 2.14.0, where the "
        "stack names 2.15.0; run hybrid lock-providers sandbox and commit it, or terraform init refuses it"
    )


@pytest.mark.parametrize("kept", [None, AWS], ids=["no lock", "the same version"])
def test_nothing_is_told_of_a_lock_that_fits(tmp_path: Path, kept: str | None) -> None:
    """There is nothing to do."""
    environments, *_ = folders(tmp_path, kept)

    assert other_versions(environments, "sandbox", STACK) is None


def test_a_stack_without_providers_needs_no_other_lock(tmp_path: Path) -> None:
    """It names no version."""
    environments, *_ = folders(tmp_path, AWS)

    assert other_versions(environments, "sandbox", {}) is None
