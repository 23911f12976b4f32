"""Provider lock files are laid beside the stack, and a person's own is never written over."""

from __future__ import annotations

from pathlib import Path

from operations.terraform.locks import lay_lock


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
