"""State on this machine is for its owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from operations.cli import main
from operations.states.owned import keep_owned, make_owned
from tests.operations.estate_files import environment_text, write_estate


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state that Terraform made, which everybody can read."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / ".state" / "dev" / "terraform.tfstate"
    file.parent.mkdir(parents=True)
    file.write_text("secret")
    for path in (file, file.with_name("terraform.tfstate.backup")):
        path.write_text("secret")
        path.chmod(0o644)
    for folder in (file.parent, file.parent.parent):
        folder.chmod(0o755)
    return file


def modes(folder: Path) -> dict[str, int]:
    """Who may do what."""
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in [*folder.rglob("*"), folder]
    }


def test_a_wide_state_is_narrowed_by_any_verb(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a word, once."""
    write_estate(Path(), dev=environment_text("dev", 2, "1.35.0-gke.525", {}))

    codes = main(["check"]), main(["check"])

    assert (codes, modes(state.parents[1])) == (
        (0, 0),
        {"dev": 0o700, "dev/terraform.tfstate": 0o600, "dev/terraform.tfstate.backup": 0o600, ".": 0o700},
    )
    assert (
        capsys.readouterr().err
        == ".state: could be read by others, and is yours alone now; it holds secrets\n"
    )


def test_links_are_left_alone(state: Path, tmp_path: Path) -> None:
    """What they lead to is elsewhere, and somebody else's business."""
    (tmp_path / "elsewhere").mkdir(mode=0o755)
    (tmp_path / "elsewhere").chmod(0o755)
    (state.parent / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "other").symlink_to(tmp_path / "elsewhere")

    keep_owned()
    keep_owned(tmp_path / "other")
    keep_owned(tmp_path / "nothing")

    assert modes(tmp_path / "elsewhere") == {".": 0o755}


def test_what_cannot_be_narrowed_is_no_obstacle(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another user's, who made it with sudo."""

    def refused(_path: Path, _mode: int) -> None:
        raise PermissionError(1, os.strerror(1))

    monkeypatch.setattr(Path, "chmod", refused)

    keep_owned()

    assert state.is_file()
    assert capsys.readouterr().err == ""


def test_a_new_folder_is_its_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Terraform makes the rest below it."""
    monkeypatch.chdir(tmp_path)
    before = os.umask(0)
    try:
        make_owned()
        make_owned()
    finally:
        os.umask(before)

    assert modes(tmp_path / ".state") == {".": 0o700}
