"""What killed commands left is cleared by the next one; what a living one uses is not."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from operations.cli import main
from operations.files.alone import staging_folder
from operations.files.temporary import clear_temporary_folders, temporary_folder
from operations.files.writing import write_files
from operations.leftovers import clear_leftovers
from tests.operations.estate_files import environment_text, write_estate
from tests.source import ROOT

_USES = """
import sys
from pathlib import Path
from operations.files import writing
from operations.files.alone import staging_folder
from operations.files.temporary import temporary_folder

def wait():
    print("in", flush=True)
    sys.stdin.read()

class Waiting(writing._Step):
    def take_place(self):
        wait()
        super().take_place()

writing._Step = Waiting
how, folder = sys.argv[1], Path(sys.argv[2])
if how == "temporary":
    with temporary_folder() as made:
        (made / "plan").write_text("secret")
        wait()
elif how == "staging":
    with staging_folder(folder / "cdktf.out"):
        wait()
else:
    # One folder is for one command at a time; commands name different ones for the same file.
    within = folder / "environments" / ("stateful" if how == "file" else "")
    writing.write_files([(folder / "environments" / "stateful" / "dev.txt", "new")], within)
"""


def using(how: str, folder: Path) -> subprocess.Popen[str]:
    """A process that is at work, until it is told to end or is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", _USES, how, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    assert process.stdout.readline() == "in\n"
    return process


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of an estate, where one stands, and a temporary folder of the test's own."""
    root = tmp_path / "root"
    root.mkdir()
    folder = write_estate(root, dev=environment_text("dev", 2, "1.35.0-gke.525", {}))
    (folder / "stateful").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    return root


def everything(root: Path) -> set[Path]:
    """All that stands anywhere."""
    return set(root.parent.rglob("*"))


@pytest.mark.parametrize("how", ["temporary", "staging", "file"])
def test_a_killed_command_leaves_nothing_to_the_next(root: Path, how: str) -> None:
    """Also beside one that is at work with the same."""
    before = everything(root)
    living = using(how, root)
    used = everything(root)
    dead = using(f"another {how}" if how == "file" else how, root)
    os.kill(dead.pid, signal.SIGKILL)
    dead.communicate()
    left = everything(root) - used

    code = main(["check"])

    assert (code, len(left) > 0, everything(root)) == (0, True, used)
    living.communicate("")
    assert {path for path in everything(root) if path.name != "dev.txt"} == before


def test_what_looks_alike_and_is_not_ours_stays(root: Path) -> None:
    """A file, a link, and what others own."""
    temporary = root.parent / "tmp"
    (temporary / "hybrid-file.hybrid-temporary").touch()
    (temporary / "hybrid-link.hybrid-temporary").symlink_to(root)
    before = everything(root)

    clear_temporary_folders()

    assert everything(root) == before


def test_what_another_user_left_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's temporary folders stand in one."""
    (root.parent / "tmp" / "hybrid-1.hybrid-temporary").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    clear_temporary_folders()

    assert (root.parent / "tmp" / "hybrid-1.hybrid-temporary").is_dir()


def test_a_folder_that_another_command_took_for_a_dead_ones_is_made_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the moment between its making and its lock."""
    made: list[int] = []

    def take(handle: int) -> bool:
        made.append(handle)
        if len(made) == 1:
            next((root.parent / "tmp").iterdir()).rmdir()
        return True

    monkeypatch.setattr("operations.files.temporary.lock", take)

    with temporary_folder() as folder:
        assert folder.is_dir()
    assert len(made) == 2


def test_a_folder_that_is_gone_before_it_is_opened_is_made_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the moment before that."""
    make, made = tempfile.mkdtemp, []

    def making(**names: str) -> str:
        made.append(make(**names))
        if len(made) == 1:
            Path(made[0]).rmdir()
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", making)

    with temporary_folder() as folder:
        assert folder.parent == Path(made[1])
    assert list((root.parent / "tmp").iterdir()) == []


def test_what_is_just_being_staged_is_waited_for_by_nobody(root: Path) -> None:
    """The next command clears it."""
    (root / ".cdktf.out.new-1").mkdir()
    process = using("staging", root)
    (root / ".cdktf.out.new-2").mkdir()
    handle = os.open(root, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    clear_leftovers(root / "environments")
    stays = (root / ".cdktf.out.new-2").is_dir()
    os.close(handle)
    clear_leftovers(root / "nowhere")

    assert (stays, (root / ".cdktf.out.new-2").is_dir()) == (True, False)
    process.communicate("")


def test_a_temporary_folder_is_written_into_as_any_other(root: Path) -> None:
    """Whoever writes several files locks their folder; what tells the living from the dead is another lock."""
    with temporary_folder() as folder:
        write_files([(folder / "a", b"a"), (folder / "b" / "c", b"c")], folder)
        with staging_folder(folder / "out") as staged:
            assert staged.parent == folder
        clear_temporary_folders()

        assert (folder / "a").read_bytes() == b"a"
    assert list((root.parent / "tmp").iterdir()) == []
