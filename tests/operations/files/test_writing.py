"""Changing files: each as a whole, all of them or none, in an order."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from operations.cli import main
from operations.files.writing import LEFTOVER, Change, write_file, write_files
from tests.operations.estate_files import file_bytes
from tests.operations.files.killing import killed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, one of them in a folder."""
    folder = tmp_path / "estate"
    (folder / "below").mkdir(parents=True)
    (folder / "one").write_text("old one")
    (folder / "below/two").write_text("old two")
    return folder


def full_disk(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Have no file of these names take its place."""
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if Path(target).name in names:
            raise OSError(28, os.strerror(28), str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail)


def test_files_change_and_what_is_equal_is_left_alone(folder: Path) -> None:
    """It says which changed; a folder that is not there is made; text and bytes are the same."""
    before = (folder / "one").stat()
    changes: list[Change] = [
        (folder / "one", "old one"),
        (folder / "below/two", None),
        (folder / "new/three", b"3"),
        (folder / "nothing", None),
    ]

    changed = write_files(changes, folder)

    assert changed == [folder / "below/two", folder / "new/three"]
    assert file_bytes(folder) == {"one": b"old one", "new/three": b"3"}
    assert (folder / "one").stat() == before
    assert write_files(changes, folder) == []


def test_a_file_that_goes_first_and_comes_back_is_left_alone_when_all_is_equal(folder: Path) -> None:
    """As the mark of a whole output does."""
    marked: list[Change] = [(folder / "one", None), (folder / "below/two", "2"), (folder / "one", "old one")]

    assert write_files(marked, folder) == [folder / "one", folder / "below/two"]
    assert write_files(marked, folder) == []
    assert file_bytes(folder) == {"one": b"old one", "below/two": b"2"}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_file_keeps_its_mode(folder: Path, mode: int) -> None:
    """What somebody made secret, or shared, stays so."""
    (folder / "one").chmod(mode)

    write_file(folder / "one", "new")

    assert (folder / "one").stat().st_mode & 0o777 == mode


def test_a_new_file_has_the_mode_that_the_user_wants(folder: Path) -> None:
    """By the umask, as an editor would do; for this user alone where that is asked for."""
    umask = os.umask(0o027)
    try:
        write_file(folder / "new", "new")
        write_file(folder / "one", "new", private=True)
    finally:
        os.umask(umask)

    assert (folder / "new").stat().st_mode & 0o777 == 0o640
    assert (folder / "one").stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(folder: Path, tmp_path: Path) -> None:
    """The file that it names is written, also one that is not there yet."""
    (tmp_path / "real").write_text("old")
    (folder / "link").symlink_to(tmp_path / "real")
    (folder / "dangling").symlink_to(tmp_path / "made")

    write_files([(folder / "link", "new"), (folder / "dangling", "new")], folder)

    assert (folder / "link").is_symlink()
    assert (folder / "dangling").is_symlink()
    assert (tmp_path / "real").read_text() == (tmp_path / "made").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["estate", "made", "real"]


@pytest.mark.parametrize("name", ["one/below", "below"], ids=["file as a folder", "folder as a file"])
def test_a_place_that_takes_no_file_changes_nothing(folder: Path, name: str) -> None:
    """Noticed before anything is written."""
    before = file_bytes(folder)

    with pytest.raises(OSError, match=name.partition("/")[0]):
        write_files([(folder / "one", "new"), (folder / name, "new")], folder)

    assert file_bytes(folder) == before


def test_a_disk_that_is_full_before_anything_took_its_place_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All texts are written before the first file changes."""
    before = file_bytes(folder)
    sync = os.fsync
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, os.strerror(28))
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"No space left on device; every file is as it was.*two"):
        write_files([(folder / "one", "new"), (folder / "below/two", "new")], folder)

    assert file_bytes(folder) == before


def test_files_that_took_their_place_are_put_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new one is gone, the removed one is there, the changed one is as it was."""
    before = file_bytes(folder)
    full_disk(monkeypatch, "three")
    changes: list[Change] = [
        (folder / "new", "n"),
        (folder / "one", None),
        (folder / "below/two", "new"),
        (folder / "three", "new"),
    ]

    with pytest.raises(OSError, match="every file is as it was"):
        write_files(changes, folder)

    assert file_bytes(folder) == before


def test_a_file_that_cannot_be_put_back_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are put back all the same."""
    full_disk(monkeypatch, "one", "three")
    changes: list[Change] = [(folder / "one", None), (folder / "below/two", "new"), (folder / "three", "new")]

    with pytest.raises(OSError, match=r"one could not be put back"):
        write_files(changes, folder)

    assert file_bytes(folder) == {"below/two": b"old two"}


def test_an_interrupt_puts_everything_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two files."""
    before = file_bytes(folder)
    replace = Path.replace
    pressed: list[Path] = []

    def interrupted(path: Path, target: Path) -> Path:
        if Path(target).name == "two" and not pressed:
            pressed.append(path)
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files([(folder / "one", "new"), (folder / "below/two", "new")], folder)

    assert file_bytes(folder) == before


def test_a_folder_that_cannot_be_flushed_is_no_obstacle(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems of other machines refuse it."""
    sync = os.fsync

    def refuse(handle: int) -> None:
        if Path(f"/dev/fd/{handle}").is_dir():
            raise OSError(22, os.strerror(22))
        sync(handle)

    monkeypatch.setattr(os, "fsync", refuse)

    assert write_file(folder / "one", "new")


def test_killed_at_any_moment_files_are_old_or_new_in_their_order(folder: Path) -> None:
    """And the next command removes what was left, wherever it was left."""
    changes: list[Change] = [
        (folder / "below/two", "new two"),
        (folder / "one", "new one"),
        (folder / "new/three", "3"),
    ]

    states = []
    leftovers = []
    for state in killed([(changes, folder)], folder):
        states.append(state)
        leftovers += [name for name in file_bytes(folder) if name.endswith(LEFTOVER)]
        write_files([], folder)
        assert file_bytes(folder) == state

    assert states == [
        {"one": b"old one", "below/two": b"old two"},
        {"one": b"old one", "below/two": b"new two"},
        {"one": b"new one", "below/two": b"new two"},
        {"one": b"new one", "below/two": b"new two", "new/three": b"3"},
    ]
    assert leftovers


def test_what_another_process_left_is_not_removed_without_a_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be at work; a file system that knows no locks does not say."""
    (folder / f".one.1{LEFTOVER}").write_text("half")

    def no_locks(_handle: int, _how: int) -> None:
        raise OSError(9, os.strerror(9))

    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", no_locks)
        assert write_file(folder / "one", "new")
    assert (folder / f".one.1{LEFTOVER}").exists()

    write_file(folder / "one", "newer")
    assert not (folder / f".one.1{LEFTOVER}").exists()


def test_a_leftover_that_cannot_be_removed_is_no_obstacle(folder: Path) -> None:
    """A folder of that name is none of ours."""
    (folder / f".strange{LEFTOVER}").mkdir()

    assert write_file(folder / "one", "new")


def test_a_full_disk_is_told_in_a_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the file, the reason, and what became of the others."""

    def check(**_: Any) -> None:
        write_files([(folder / "one", "new")], folder)

    full_disk(monkeypatch, "one")
    monkeypatch.setattr("estate.reading.estate_loader.load_estate", lambda *_: check())

    assert main(["reach", "--folder", str(folder)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"hybrid: the estate in {folder}",
        f"{folder}/one: No space left on device; every file is as it was",
    ]


@pytest.mark.parametrize("repository", [True, False])
@pytest.mark.parametrize("by_folder", [True, False])
def test_a_link_that_leads_out_is_not_followed(tmp_path: Path, *, repository: bool, by_folder: bool) -> None:
    """What stands outside stays, and so does every file inside."""
    folder, outside = tmp_path / "repo" / "environments", tmp_path / "outside"
    folder.mkdir(parents=True)
    outside.mkdir()
    if repository:
        (tmp_path / "repo" / ".git").mkdir()
    (outside / "a.yaml").write_text("mine")
    (folder / "first.yaml").write_text("before")
    if by_folder:
        (folder / "refactoring").symlink_to(outside)
        path = folder / "refactoring" / "a.yaml"
    else:
        path = folder / "a.yaml"
        path.symlink_to(outside / "a.yaml")
    with pytest.raises(OSError, match=r"leads out of .*repo, to .*every file is as it was"):
        write_files([(folder / "first.yaml", "after"), (path, "theirs")], folder)
    assert (outside / "a.yaml").read_text() == "mine"
    assert (folder / "first.yaml").read_text() == "before"
    assert [one.name for one in outside.iterdir()] == ["a.yaml"]


def test_a_link_out_is_not_followed_from_a_file_beside_the_folder(tmp_path: Path) -> None:
    """A link to what is not there yet makes nothing there."""
    root = tmp_path / "repo"
    (root / ".git").mkdir(parents=True)
    (root / "environments").mkdir()
    (root / "beside").symlink_to(tmp_path / "new")
    with pytest.raises(OSError, match="leads out"):
        write_files([(root / "beside", "text")], root / "environments")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("deep", [True, False])
def test_a_folder_that_a_link_takes_out_is_not_written_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, deep: bool
) -> None:
    """Whoever pushes `environments` as a link to a repository of the user's; nothing is made or locked there either."""
    root, outside = tmp_path / "repo", tmp_path / "outside"
    (root / ".git").mkdir(parents=True)
    (outside / ".git").mkdir(parents=True)
    (root / "environments").symlink_to(outside)
    monkeypatch.chdir(root)
    folder = Path("environments/policy" if deep else "environments")
    with pytest.raises(OSError, match=r"is reached by a link that leads out of .*--folder.*environments"):
        write_files([(folder / "a.yaml", "text")], folder)
    assert [one.name for one in outside.iterdir()] == [".git"]


@pytest.mark.parametrize("repository", [True, False])
def test_a_folder_that_its_user_named_by_a_link_is_written_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, repository: bool
) -> None:
    """One outside of the repository that somebody stands in, and any where nothing was pushed."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    if repository:
        (here / ".git").mkdir()
    link = (tmp_path if repository else here) / "link"
    link.symlink_to(there)
    monkeypatch.chdir(here)
    assert write_files([(link / "a.yaml", "text")], link) == [link / "a.yaml"]
    assert (there / "a.yaml").read_text() == "text"


def test_a_link_inside_the_repository_stays_a_link_with_the_mode_of_its_file(tmp_path: Path) -> None:
    """The file that it names changes, and keeps its mode."""
    root = tmp_path / "repo"
    (root / ".git").mkdir(parents=True)
    (root / "environments").mkdir()
    file, link = root / "file.yaml", root / "environments" / "a.yaml"
    file.write_text("before")
    file.chmod(0o640)
    link.symlink_to(file)
    write_files([(link, "after")], root / "environments")
    assert link.is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("after", 0o640)
