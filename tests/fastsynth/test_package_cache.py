"""When jsii's package cache is switched off."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fastsynth import package_cache
from tests.fastsynth.interpreter import run


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own, and none of jsii's variables."""
    for name in ("JSII_RUNTIME_PACKAGE_CACHE", "JSII_RUNTIME_PACKAGE_CACHE_ROOT"):
        # Set first, so that what the code under test sets is taken back.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_leaves_a_usable_cache_on() -> None:
    """With a home of one's own nothing is changed."""
    assert package_cache.install() is None

    assert "JSII_RUNTIME_PACKAGE_CACHE" not in os.environ


def test_switches_off_where_others_can_write(home: Path) -> None:
    """A folder on the way that the group can write is named, as is the variable that helps."""
    (home / ".cache").mkdir()
    (home / ".cache").chmod(0o775)
    (home / "Library").mkdir()
    (home / "Library").chmod(0o775)

    reason = package_cache.install()

    assert reason is not None
    assert "can be written by others" in reason
    assert "JSII_RUNTIME_PACKAGE_CACHE_ROOT" in reason
    assert os.environ["JSII_RUNTIME_PACKAGE_CACHE"] == "disabled"


def test_switches_off_where_there_is_no_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that is a file, as /dev/null for a service's user, cannot hold a cache."""
    (home / "file").write_text("")
    monkeypatch.setenv("HOME", str(home / "file"))

    reason = package_cache.install()

    assert reason is not None
    assert "file is not a folder" in reason


def test_switches_off_where_nothing_can_be_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only home cannot hold a cache."""
    # To root no folder is read-only.
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (home, os.W_OK))

    reason = package_cache.install()

    assert reason is not None
    assert f"{home} cannot be written" in reason


@pytest.mark.parametrize("name", ["JSII_RUNTIME_PACKAGE_CACHE", "JSII_RUNTIME_PACKAGE_CACHE_ROOT"])
def test_respects_what_somebody_chose(name: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of jsii's variables is set, nothing is changed, however the home looks."""
    monkeypatch.setenv("HOME", str(home / "file"))
    (home / "file").write_text("")
    monkeypatch.setenv(name, "enabled")

    assert package_cache.install() is None

    assert os.environ[name] == "enabled"


def test_leaves_jsii_its_own_way_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an absolute home jsii itself uses a temporary folder."""
    monkeypatch.setenv("HOME", "")

    assert package_cache.install() is None

    assert "JSII_RUNTIME_PACKAGE_CACHE" not in os.environ


def test_a_home_without_room_does_not_stop_anybody(home: Path) -> None:
    """Where jsii alone would raise, a programme runs, with a warning that says what is slower."""
    (home / "file").write_text("")

    category, message, name = run(
        """
        import warnings
        from fastsynth import activation
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            activation.install()
        import constructs
        [warning] = caught
        result = [warning.category.__name__, str(warning.message), constructs.Construct.__name__]
        """,
        env={"HOME": str(home / "file")},
    )

    assert (category, name) == ("FastsynthWarning", "Construct")
    assert "unpacked at every run" in message


def test_says_where_the_cache_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that somebody can remove it."""
    default = package_cache.folder()
    monkeypatch.setenv("JSII_RUNTIME_PACKAGE_CACHE_ROOT", "/chosen")
    chosen = package_cache.folder()
    monkeypatch.setenv("JSII_RUNTIME_PACKAGE_CACHE", "disabled")

    assert default
    assert default.is_relative_to(home)
    assert (chosen, package_cache.folder()) == (Path("/chosen"), None)
