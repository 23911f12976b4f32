"""A clone with an estate of one's own takes a newer version in, by the commands of the document."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from operations.init import init as making
from operations.init import repository
from operations.init.init import init
from tests.operations.init.checkout import known_example
from tests.operations.init.wishing import UNTIL, wishes
from tests.source import ROOT

DOCUMENT = (ROOT / "docs" / "make-it-yours.md").read_text("utf-8")


def git(folder: Path, *words: str, check: bool = True) -> str:
    """Run git without anybody's settings."""
    who = ["-c", "user.name=nk", "-c", "user.email=nk@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *words], capture_output=True, text=True, check=check
    )
    return done.stdout


def contents(folder: Path) -> dict[str, str]:
    """Every file of the estate."""
    files = (path for path in (folder / "environments").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in sorted(files)}


@pytest.mark.parametrize("names", [("lab", "prod"), ("dev", "prod")], ids=["one-name-is-taken", "both-are"])
def test_ones_own_estate_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, str]
) -> None:
    """Whatever the example has become: git alone takes an example's edit for one of a renamed file."""
    upstream, clone = tmp_path / "upstream", tmp_path / "clone"
    known_example(upstream, monkeypatch)
    (upstream / "atlantis.yaml").write_text("example")
    (upstream / "main.py").write_text("old")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(upstream))
    git(upstream, "add", "-A")
    git(upstream, "commit", "--quiet", "-m", "Begin")
    git(tmp_path, "clone", "--quiet", "--origin=upstream", str(upstream), str(clone))
    for module in (making, repository):
        monkeypatch.setattr(module, "ROOT", clone)
    init(wishes(environments=names, google=["nk-host"]), clone, UNTIL)
    git(clone, "add", "-A")
    git(clone, "commit", "--quiet", "-m", "Begin our estate")
    before = contents(clone)
    for path in (upstream / "environments").glob("*.yaml"):
        path.write_text(path.read_text() + "# newer\n")
    (upstream / "environments/stage.yaml").write_text("environment: stage\n")
    (upstream / "main.py").write_text("new")
    git(upstream, "add", "-A")
    git(upstream, "commit", "--quiet", "-m", "Go on")
    git(clone, "fetch", "--quiet", "upstream")

    block = re.search(r"<!-- merge -->\n```console\n(.*?)```", DOCUMENT, re.DOTALL)
    assert block
    for line in block[1].splitlines():
        command = shlex.split(line.removeprefix("$ git "))
        git(clone, *command, check=command[0] != "merge")

    assert contents(clone) == before
    assert (clone / "main.py").read_text() == "new"
    assert git(clone, "status", "--porcelain") == ""
    assert len(git(clone, "log", "-1", "--format=%P").split()) == 2
