"""Git is asked in one way, and says in a line why it does not answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.git import GitError, git


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
