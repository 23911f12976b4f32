"""Promotion as a part of the gate."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from operations.gate.asking import Asking
from operations.gate.promotion import ask_promotion
from tests.operations.estate_files import environment_text, write_estate
from tests.operations.test_git import made_up

OLD, NEW = "1.35.0-gke.525", "1.36.0-gke.532"
TODAY = date(2026, 11, 30)
WORD = 'acknowledgements: [{address: a.b, reason: known, who: kari, expires: "2020-01-31"}]\n'


def git(*words: str) -> None:
    """Run git in the current folder, as somebody whom it does not know."""
    name = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *words], check=True, capture_output=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two environments of the same version."""
    monkeypatch.chdir(tmp_path)
    texts = {name: environment_text(name, n, NEW, {"apps": OLD}) for n, name in ((2, "dev"), (3, "test"))}
    return write_estate(tmp_path, **texts)


def asked(folder: Path, base: str | None = None) -> tuple[list[str], list[str], list[str]]:
    """What is told, found and refused."""
    lines: list[str] = []
    asking = Asking(lambda _, result, __: lines.append(result))
    ask_promotion(asking, folder, TODAY, base)
    return lines, asking.findings, asking.refusals


def test_it_is_left_out_where_nothing_is_merged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a repository, without the branch in it, and without git."""
    left_out: tuple[list[str], ...] = (
        ["not asked: there is no origin/main here; name what is merged with --base"],
        [],
        [],
    )
    assert asked(folder) == left_out

    git("init", "--quiet", "--initial-branch=main")

    assert asked(folder) == left_out
    monkeypatch.setenv("PATH", "")
    assert asked(folder) == left_out


def test_what_takes_its_turn_too_early_is_found(folder: Path) -> None:
    """Against the branch that is merged into, by itself; and acknowledgements that have to go."""
    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "--message=both")
    git("update-ref", "refs/remotes/origin/main", "main")
    (folder / "test.yaml").write_text(environment_text("test", 3, NEW, {"apps": NEW}), "utf-8")
    (folder / "promotion").mkdir()
    (folder / "promotion" / "acknowledgements.yaml").write_text(WORD, "utf-8")

    lines, findings, refusals = asked(folder)

    assert (lines, refusals) == (["2 findings"], [])
    assert findings[0].startswith("test: vmware.user_clusters.apps.version: takes 1.36.0-gke.532, and dev")
    assert findings[0].endswith("(promotion-version)")
    assert findings[1].startswith("a.b: the acknowledgement by kari expired on 2020-01-31")


def test_it_is_refused_where_git_does_not_answer(folder: Path) -> None:
    """Files that make up a repository keep git from looking into that of the folder, and nobody from noticing."""
    git("init", "--quiet", "--initial-branch=main")
    made_up(folder, folder / "ran")

    lines, findings, refusals = asked(folder)

    assert (lines, findings) == (["refused, 1 problem"], [])
    assert refusals[0].startswith("origin/main: cannot be read: cannot use bare repository")


def test_a_commit_that_is_named_has_to_be_there(folder: Path) -> None:
    """What runs is unknown otherwise."""
    git("init", "--quiet", "--initial-branch=main")

    lines, _, refusals = asked(folder, "v1")

    assert lines == ["refused, 1 problem"]
    assert refusals[0].startswith("v1: cannot be read: ")


def test_an_acknowledgement_that_is_merged_ahead_is_a_note(folder: Path) -> None:
    """Nothing needs it yet, and it ends by itself."""
    git("init", "--quiet", "--initial-branch=main")
    (folder / "promotion").mkdir()
    (folder / "promotion" / "acknowledgements.yaml").write_text(WORD.replace("2020", "2027"))
    git("add", ".")
    git("commit", "--quiet", "--message=both")
    asking = Asking(lambda *_: None)

    ask_promotion(asking, folder, TODAY, "main")

    assert asking.findings == []
    assert asking.notes == [
        "a.b: the acknowledgement by kari is not needed; it may stay until 2027-01-31, unless its address is wrong"
    ]
