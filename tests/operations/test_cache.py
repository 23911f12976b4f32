"""What an installed product makes for itself at first use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations import cache, children, toolchain
from operations.policy.checkov import environment
from tests.warm.checkov import NAMED

Runs = list[list[str]]
DONE = Path("done")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "hybrid-kubernetes"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """What is run, none of it for real; `fail` in a command's words makes it end with 1."""
    found: Runs = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        found.append(command)
        return subprocess.CompletedProcess(command, int("fail" in command))

    monkeypatch.setattr("operations.toolchain.is_checkout", lambda: False)
    monkeypatch.setattr("operations.policy.checkov.environment.is_checkout", lambda: False)
    monkeypatch.setattr(children, "run", run)
    return found


@pytest.mark.parametrize(
    ("platform", "below"), [("linux", ".cache"), ("darwin", "Library/Caches")], ids=["linux", "macos"]
)
def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, platform: str, below: str) -> None:
    """Where each system has it, unless a variable says otherwise."""
    monkeypatch.delenv(cache.VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    named = cache.home()
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(sys, "platform", platform)

    assert named == Path("/xdg/hybrid-kubernetes")
    assert cache.home() == Path.home() / below / "hybrid-kubernetes"


def test_a_thing_is_made_once(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For as long as what it is made from stays the same; that it takes its time is said."""
    (tmp_path / "lock").write_text("1")
    made: list[Path] = []

    def make(folder: Path) -> int:
        made.append(folder)
        (folder / "done").touch()
        return 0

    first = cache.folder("thing", [tmp_path / "lock"], "a thing", DONE, make)
    again = cache.folder("thing", [tmp_path / "lock"], "a thing", DONE, make)
    (tmp_path / "lock").write_text("2")
    other = cache.folder("thing", [tmp_path / "lock"], "a thing", DONE, make)

    assert first == again != other
    assert len(made) == 2
    assert (first / "done").is_file()
    assert capsys.readouterr().err.count("hybrid: setting up a thing in") == 2
    assert sorted(path.name for path in home.iterdir()) == sorted([".thing.lock", first.name, other.name])


def test_a_damaged_thing_is_made_anew(home: Path) -> None:
    """Half of it is gone, such as by somebody who cleared the cache while it was full; what a kill left goes too."""
    (home / ".thing.lock").parent.mkdir(parents=True)

    def make(folder: Path) -> int:
        (folder / DONE).touch()
        return 0

    made = cache.folder("thing", [], "a thing", DONE, make)
    (made / DONE).rename(made / "other")
    (home / f".{made.name}.new-killed").mkdir()
    again = cache.folder("thing", [], "a thing", DONE, make)

    assert [path.name for path in again.iterdir()] == ["done"]
    assert sorted(path.name for path in home.iterdir()) == [".thing.lock", made.name]


def test_another_process_may_have_made_it_meanwhile(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is nothing left to do."""
    made = cache.folder("thing", [], "a thing", Path(), lambda _: 0)
    made.rename(home / "meanwhile")
    monkeypatch.setattr("fcntl.flock", lambda *_: (home / "meanwhile").rename(made))

    assert cache.folder("thing", [], "a thing", Path(), lambda _: 1) == made


def test_what_cannot_be_made_leaves_nothing(home: Path) -> None:
    """And says that it failed, rather than pass without it."""
    with pytest.raises(InvalidInput, match="set-up ended with 7"):
        cache.folder("thing", [], "a thing", DONE, lambda _: 7)

    assert [path.name for path in home.iterdir()] == [".thing.lock"]


def test_npm_installs_cdktf_from_the_lock_file(runs: Runs) -> None:
    """By the pinned Node and its own npm."""
    script = toolchain.cdktf_cli()

    (command,) = runs
    assert [Path(word).name for word in command[:3]] == ["node", "npm-cli.js", "ci"]
    assert "--ignore-scripts" in command
    assert (script.parents[4] / "package-lock.json").is_file()
    assert script.name == "cdktf.js"


def test_pip_installs_checkov_from_the_lock_file(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into an environment of its own, with hashes, from wheels, whose installation runs nothing."""
    monkeypatch.delenv(NAMED, raising=False)
    python = environment.checkov_python()

    assert [command[1:4] for command in runs] == [["-I", "-m", "venv"], ["-I", "-m", "pip"]]
    assert "--require-hashes --only-binary :all: -r" in " ".join(runs[1])
    assert Path(python).parts[-2:] == ("bin", "python")


def test_without_venv_there_is_no_checkov(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems pack that module apart."""
    monkeypatch.delenv(NAMED, raising=False)
    monkeypatch.setattr(sys, "executable", "fail")

    with pytest.raises(InvalidInput, match="set-up ended with 1"):
        environment.checkov_python()
    assert len(runs) == 1
