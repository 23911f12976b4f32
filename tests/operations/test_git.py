"""Git is asked in one way, and says in a line why it does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.git import GitError, git, tracked


def test_gives_what_git_prints(tmp_path: Path) -> None:
    """As bytes, because an archive is no text; of the folder that was named, with what it is to read."""
    git(tmp_path, "init", "--quiet")

    assert (
        git(tmp_path, "hash-object", "--stdin", given="hei\n")
        == b"5eca02534fe1cf75a80560d9b943b4b88ca16a75\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["cat-file", "-e", "nowhere"], "Not a valid object name nowhere"),
        (["fetch", "nowhere"], "'nowhere' does not appear to be a git repository"),
        (["rev-parse", "--verify", "--quiet", "nowhere"], "ended without a word"),
        (["hei"], "git: 'hei' is not a git command. See 'git --help'."),
    ],
    ids=["one line", "advice behind it", "silence", "no fatal line"],
)
def test_says_why_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    """What went wrong, and not the advice below it."""
    monkeypatch.setenv("LC_ALL", "C")
    git(tmp_path, "init", "--quiet")

    with pytest.raises(GitError) as refused:
        git(tmp_path, *words)

    assert str(refused.value) == said


def test_says_that_there_is_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named, rather than an errno."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(GitError, match="git cannot be run: No such file"):
        git(tmp_path, "status")


def made_up(folder: Path, marker: Path) -> None:
    """Write files into a folder of a repository that git would take for another one, with a monitor that writes a marker."""
    for name in ("objects", "refs"):
        (folder / name).mkdir(parents=True)
        (folder / name / ".keep").touch()
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text(
        f'[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = "touch {marker}; false"\n'
    )


@pytest.mark.parametrize("words", [["status", "--porcelain"], ["ls-files"], ["archive", "HEAD"]])
def test_a_repository_that_files_make_up_is_not_asked(tmp_path: Path, words: list[str]) -> None:
    """Its config names programs, and whoever looks at a pull request has keys; a clone brings the files as any others."""
    git(tmp_path, "init", "--quiet")
    made_up(tmp_path / "environments", tmp_path / "ran")

    with pytest.raises(GitError, match="cannot use bare repository"):
        git(tmp_path / "environments", *words)

    assert not (tmp_path / "ran").exists()


def test_nobody_is_told_that_git_keeps_nothing_where_it_did_not_say(tmp_path: Path) -> None:
    """A check of what git keeps would pass by not looking."""
    assert tracked(tmp_path) == []
    git(tmp_path, "init", "--quiet")
    (tmp_path / "kept").touch()
    git(tmp_path, "add", "kept")
    made_up(tmp_path / "estate", tmp_path / "ran")

    assert tracked(tmp_path) == ["kept"]
    with pytest.raises(InvalidInput, match="estate: git does not answer there: cannot use bare repository"):
        tracked(tmp_path / "estate")
