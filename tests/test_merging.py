"""A newer version of the product merged by plain git into somebody's estate never edits it silently."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.example import ENVIRONMENTS
from tests.operations.update.releases import git
from tests.source import ROOT

OLD = (ENVIRONMENTS / "dev.yaml").read_text("utf-8")
OURS = OLD.replace("environment: dev", "environment: lab").replace("europe-north1", "europe-west4")
THEIRS = OLD + "\nlabels: {merged: silently}\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone whose owner renamed and edited dev.yaml, and an older product that has moved on since."""
    product, ours = tmp_path / "product", tmp_path / "ours"
    (product / "environments").mkdir(parents=True)
    shutil.copy(ROOT / ".gitattributes", product)
    (product / "environments" / "dev.yaml").write_text(OLD, "utf-8")
    git(product, "init", "--quiet")
    git(product, "add", "--all")
    git(product, "commit", "--quiet", "--message", "Release 1.0.0")
    git(tmp_path, "clone", "--quiet", str(product), str(ours))
    (product / "environments" / "dev.yaml").write_text(THEIRS, "utf-8")
    git(product, "commit", "--quiet", "--all", "--message", "Release 1.1.0")
    return ours


def merge(clone: Path) -> subprocess.CompletedProcess[str]:
    """Take the newer version as anybody would."""
    command = ["git", "-c", "user.name=Kari", "-c", "user.email=kari@example.com", "pull", "--no-rebase"]
    return subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)


def test_a_renamed_and_edited_environment_is_a_conflict(clone: Path) -> None:
    """The merge once brought the example's VPN into a user's environment without a word."""
    git(clone, "mv", "environments/dev.yaml", "environments/lab.yaml")
    (clone / "environments" / "lab.yaml").write_text(OURS, "utf-8")
    git(clone, "commit", "--quiet", "--all", "--message", "Make it ours")

    ended = merge(clone)

    assert ended.returncode == 1
    assert "CONFLICT (content): Merge conflict in environments/lab.yaml" in ended.stdout
    assert (clone / "environments" / "lab.yaml").read_text("utf-8") == OURS


def test_an_edited_environment_is_a_conflict_and_stays_as_it_is(clone: Path) -> None:
    """Edits far from each other would merge; here the owner decides, and the file has no conflict marks."""
    (clone / "environments" / "dev.yaml").write_text("# ours\n" + OLD, "utf-8")
    git(clone, "commit", "--quiet", "--all", "--message", "Make it ours")

    ended = merge(clone)

    assert ended.returncode == 1
    assert (clone / "environments" / "dev.yaml").read_text("utf-8") == "# ours\n" + OLD


def test_a_replaced_environment_does_not_come_back(clone: Path) -> None:
    """An estate of one's own, under other names and with other content, has the example's file in conflict at most."""
    git(clone, "rm", "--quiet", "environments/dev.yaml")
    (clone / "environments").mkdir(exist_ok=True)
    (clone / "environments" / "lab.yaml").write_text("environment: lab\nstate: {local: {}}\n", "utf-8")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "Make it ours")

    ended = merge(clone)

    assert ended.returncode == 1
    assert "CONFLICT (modify/delete): environments/dev.yaml" in ended.stdout
    assert (clone / "environments" / "lab.yaml").read_text(
        "utf-8"
    ) == "environment: lab\nstate: {local: {}}\n"
