"""A repository's own CODEOWNERS, against what judges there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from operations.owners.codeowners import END
from operations.owners.gaps import owner_findings, placeholder_notes
from operations.owners.shipped import FILE, PLACEHOLDER, codeowners_text

WHOLE = codeowners_text(["@example/platform"], checkout=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An estate repository."""
    for name in ("environments/prod.yaml", "environments/policy/waivers.yaml", "requirements.txt", FILE):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
    return tmp_path


def found(root: Path, text: str) -> list[str]:
    """What is found when the file says this."""
    (root / FILE).write_text(text, "utf-8")
    return list(owner_findings(root, checkout=False))


def test_a_whole_file_passes(repository: Path) -> None:
    """With lines of one's own above what judges, too."""
    own = WHOLE.replace("* @example/platform\n", "* @example/platform\n/environments/prod.yaml @kari\n", 1)

    assert found(repository, WHOLE) == []
    assert found(repository, own) == []


def test_a_later_line_that_takes_an_owner_away_is_found(repository: Path) -> None:
    """GitHub asks nobody for what such a line names."""
    assert found(repository, f"{WHOLE}/environments/policy/\n") == [
        ".github/CODEOWNERS: nobody owns environments/policy/waivers.yaml; the last line that matches counts, so name a "
        "team there"
    ]


def test_what_judges_is_named_as_judging(repository: Path) -> None:
    """Or a review does not say on top that it changes."""
    text = WHOLE.replace("/*.txt @example/platform\n", "").replace(END, f"{END}\n/*.txt @kari")

    assert found(repository, text) == [
        ".github/CODEOWNERS: no line between # hybrid: judges and # hybrid: end names requirements.txt, of what judges; put "
        "one there"
    ]


def test_a_line_that_github_skips_is_found(repository: Path) -> None:
    """Its paths would fall to others."""
    [finding] = found(repository, f"{WHOLE}/operations/ platform\n")

    assert finding.startswith(".github/CODEOWNERS:")
    assert "must be @user, @organization/team or an address of mail" in finding


def test_a_repository_without_one_has_no_owners_to_lose(repository: Path) -> None:
    """Nobody has to use GitHub."""
    (repository / FILE).unlink()

    assert list(owner_findings(repository, checkout=False)) == []
    assert list(placeholder_notes(repository)) == []


def test_the_team_that_nobody_named_is_noted(repository: Path) -> None:
    """A new clone has it, and is no failure."""
    assert found(repository, codeowners_text((), checkout=False)) == []
    assert list(placeholder_notes(repository)) == [
        f".github/CODEOWNERS says {PLACEHOLDER}, whom GitHub does not know, so nobody is asked; put your own there"
    ]
