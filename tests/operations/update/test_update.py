"""A new version of the product under an estate of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput
from operations.cli import main
from operations.update.changelog import between
from operations.update.update import plan_update, write_update
from tests.operations.update.releases import Releases, git, make_releases


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Releases:
    """A product and a clone, which ``hybrid update`` takes for its own checkout."""
    made = make_releases(tmp_path)
    monkeypatch.setattr("operations.project.ROOT", made.clone)
    monkeypatch.chdir(made.clone)
    return made


def test_shows_and_writes_nothing_unless_told(releases: Releases, capsys: pytest.CaptureFixture[str]) -> None:
    """A look at a version changes no file, and names every one that would."""
    code = main(["update", "1.1.0"])

    said = capsys.readouterr().out
    assert code == 0
    assert git(releases.clone, "status", "--porcelain") == ""
    assert said.startswith("from version 1.0.0 to 1.1.0 (nothing is written yet)\ntaken (4):\n")
    assert "removed (1):\n  gone.py\n" in said
    assert "## 1.1.0\n\n- a plan shows a tag" in said
    assert "## 1.0.0" not in said
    assert said.endswith("next: hybrid update 1.1.0 --write\n")


def test_takes_the_product_and_nothing_of_the_estate(releases: Releases) -> None:
    """The files of the user stand as they were, whatever the version has under their names."""
    code = main(["update", "v1.1.0", "--write"])

    assert code == 0
    assert (releases.read("main.py"), releases.read("fresh.py")) == ("print(2)\n", "print('new')\n")
    assert 'version = "1.1.0"' in releases.read("pyproject.toml")
    assert not (releases.clone / "gone.py").exists()
    assert releases.read("environments/dev.yaml") == "environment: dev\nretention_days: 400\n"
    assert releases.read("atlantis.yaml") == "version: 3\n"
    staged = git(releases.clone, "diff", "--cached", "--name-only").split()
    assert staged == ["CHANGELOG.md", "fresh.py", "gone.py", "main.py", "pyproject.toml"]


def test_refuses_to_lose_an_edit(releases: Releases, capsys: pytest.CaptureFixture[str]) -> None:
    """An edit that the version would overwrite or remove stops everything, and is named."""
    releases.write("main.py", "print('ours')\n")
    releases.write("gone.py", "print('ours')\n")
    releases.write("fresh.py", "print('ours, never committed')\n")

    code = main(["update", "1.1.0", "--write"])

    said = capsys.readouterr().err.splitlines()
    assert code == 2
    assert [line.partition(":")[0] for line in said[:-1]] == ["fresh.py", "gone.py", "main.py"]
    assert "--discard-edits" in said[0]
    assert releases.read("main.py") == "print('ours')\n"
    assert 'version = "1.0.0"' in releases.read("pyproject.toml")


def test_refuses_to_bring_back_what_was_deleted(releases: Releases) -> None:
    """A file that somebody deleted is an edit as well."""
    (releases.clone / "main.py").unlink()

    update = plan_update(releases.clone, "1.1.0", "origin")

    assert update.lost == ("main.py",)


def test_loses_an_edit_when_told(releases: Releases, capsys: pytest.CaptureFixture[str]) -> None:
    """The explicit word takes every file of the version."""
    releases.write("main.py", "print('ours')\n")

    code = main(["update", "1.1.0", "--write", "--discard-edits"])

    assert code == 0
    assert releases.read("main.py") == "print(2)\n"
    assert "edited here, and lost (1):\n  main.py\n" in capsys.readouterr().out


def test_leaves_an_edit_alone_that_the_version_does_not_touch(
    releases: Releases, capsys: pytest.CaptureFixture[str]
) -> None:
    """What no version changed stays edited, and is said."""
    releases.write("same.py", "print('ours')\n")

    code = main(["update", "1.1.0", "--write"])

    assert code == 0
    assert releases.read("same.py") == "print('ours')\n"
    assert "edited here, and left alone (1):\n  same.py\n" in capsys.readouterr().out


@pytest.mark.parametrize("taken", range(5))
def test_goes_on_where_it_was_stopped(releases: Releases, taken: int) -> None:
    """However many files were written before a kill, the same command finishes, and calls none of them an edit."""
    update = plan_update(releases.clone, "1.1.0", "origin")
    for path in [*update.gone, *update.taken][:taken]:
        if path in update.gone:
            (releases.clone / path).unlink()
        else:
            releases.write(path, git(releases.product, "show", f"v1.1.0:{path}"))

    again = plan_update(releases.clone, "1.1.0", "origin")
    write_update(releases.clone, again)

    assert again.lost == ()
    assert len([*again.gone, *again.taken]) == 5 - taken
    assert plan_update(releases.clone, "1.1.0", "origin").taken == ()


def test_says_whose_files_it_takes(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An estate repository has none of the product; the checkout does whose hybrid is run in it."""
    monkeypatch.chdir(tmp_path)

    assert main(["update", "1.1.0"]) == 0

    where = f"of the checkout {shown(releases.clone)}, whose hybrid this is:"
    assert capsys.readouterr().out.startswith(f"{where}\nfrom version 1.0.0 to 1.1.0 ")


@pytest.mark.usefixtures("releases")
def test_says_when_nothing_is_left_to_take(capsys: pytest.CaptureFixture[str]) -> None:
    """A second run has nothing to do."""
    main(["update", "1.1.0", "--write"])
    capsys.readouterr()

    code = main(["update", "1.1.0"])

    assert (code, capsys.readouterr().out) == (0, "version 1.1.0: every file of it stands here already\n")


@pytest.mark.parametrize("version", ["latest", "1.1", "../1.1.0", "1.1.0 --upload-pack=x"])
def test_refuses_what_is_no_version(releases: Releases, version: str) -> None:
    """A word that is no version never reaches git."""
    with pytest.raises(InvalidInput, match="is no version"):
        plan_update(releases.clone, version, "origin")


def test_refuses_a_version_that_is_not_released(releases: Releases) -> None:
    """Both versions are needed, and those that there are are named."""
    git(releases.product, "tag", "--delete", "v1.0.0")

    with pytest.raises(InvalidInput) as refused:
        plan_update(releases.clone, "9.9.9", "origin")

    lacks = "is no version of origin, which has to have the one to take and that of today; it has 1.1.0"
    assert [str(problem) for problem in refused.value.problems] == [f"1.0.0: {lacks}", f"9.9.9: {lacks}"]


def test_refuses_a_source_without_versions(releases: Releases) -> None:
    """As a clone of a repository that releases nothing has."""
    git(releases.product, "tag", "--delete", "v1.0.0", "v1.1.0")

    with pytest.raises(InvalidInput, match=r"9\.9\.9: is no version of origin, .*; it has no version"):
        plan_update(releases.clone, "9.9.9", "origin")


def test_says_the_reason_and_not_the_advice_behind_it(releases: Releases) -> None:
    """Git ends with three lines about access rights, whatever was wrong."""
    with pytest.raises(
        InvalidInput, match="git ls-remote: '/nowhere' does not appear to be a git repository"
    ):
        plan_update(releases.clone, "1.1.0", "/nowhere")


def test_refuses_an_installed_package(tmp_path: Path) -> None:
    """Where no checkout is, the version stands where the package is pinned."""
    with pytest.raises(InvalidInput, match="pinned"):
        plan_update(tmp_path, "1.1.0", "origin")


def test_says_when_there_is_no_git(releases: Releases, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git nothing can be fetched, and the text says so."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(InvalidInput, match="cannot be run"):
        plan_update(releases.clone, "1.1.0", "origin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("# Changelog\n", ""),
        ("# C\n\n## Unreleased\n\n- x\n", "## Unreleased\n\n- x"),
        ("## [1.1.0] - 2027\n\n- x\n\n## [1.0.0] - 2026\n", "## [1.1.0] - 2027\n\n- x"),
    ],
    ids=["empty", "no entry", "old version unknown", "with brackets and days"],
)
def test_reads_the_changelog_down_to_the_old_version(text: str, expected: str) -> None:
    """What is printed is what a person has not seen yet."""
    assert between(text, "1.0.0") == expected
