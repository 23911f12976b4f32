"""The one comment of a pull request, and the one issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.cli import main
from tests.fake_github import FakeGithub
from tests.operations.github.pulls import HEAD, OTHER

MARKER = "<!-- hybrid review -->"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A text with its marker."""
    path = tmp_path / "review.md"
    path.write_text(f"{MARKER}\nnew")
    return path


def comment(text: Path) -> int:
    """Run the command for the pull request that the fake knows."""
    return main(["github", "comment", str(text), "--pull-request=7"])


def test_the_first_comment_is_written(
    github: FakeGithub, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And its address is told."""
    assert comment(text) == 0

    assert [post["body"] for post in github.comments] == [f"{MARKER}\nnew"]
    assert capsys.readouterr().out == "/issues/7/comments#1\n"


@pytest.mark.parametrize("run", ["", "9"], ids=["laptop", "job"])
def test_the_comment_says_of_which_commit_it_is(
    github: FakeGithub, text: Path, monkeypatch: pytest.MonkeyPatch, run: str
) -> None:
    """Where a later one was refused, the earlier comment stays, and may pass for that one's."""
    github.things["/pulls/7"] = {"head": {"sha": HEAD}}
    monkeypatch.setenv("HYBRID_HEAD", HEAD)
    for name, value in (("GITHUB_SERVER_URL", "https://x.example"), ("GITHUB_RUN_ID", run)):
        monkeypatch.setenv(name, value)

    assert (comment(text), comment(text)) == (0, 0)

    by = ", by [this run](https://x.example/kl/estate/actions/runs/9)" if run else ""
    assert [post["body"] for post in github.comments] == [f"{MARKER}\nOf commit `{HEAD}`{by}.\n\nnew"]


@pytest.mark.parametrize(("last", "said"), [(OTHER, HEAD), (HEAD, "beef")], ids=["pushed to", "no commit"])
def test_a_run_that_ends_after_a_push_writes_over_nothing(
    github: FakeGithub, text: Path, capsys: pytest.CaptureFixture[str], last: str, said: str
) -> None:
    """Of the commit before, an innocent one, people would read what they take for the last one's review."""
    github.things["/pulls/7"] = {"head": {"sha": last}}

    assert main(["github", "comment", str(text), "--pull-request=7", f"--head={said}"]) == 2

    assert github.comments == []
    words = (
        "pull request 7 is at 000000000000 by now, and this is of beefbeefbeef" if last == OTHER else "40 hex"
    )
    assert words in capsys.readouterr().err


def test_the_comment_is_updated_in_place(github: FakeGithub, text: Path) -> None:
    """Also when it stands on a later page."""
    for body in ("hello", "well", "no marker", f"{MARKER}\nold"):
        github.write("/issues/7/comments", {"body": body})

    assert comment(text) == 0

    assert [post["body"] for post in github.comments] == ["hello", "well", "no marker", f"{MARKER}\nnew"]
    assert [line.split()[0] for line in github.asked] == ["GET", "GET", "PATCH"]


@pytest.mark.parametrize("user", [{"login": "mallory"}, None], ids=["somebody", "nobody-any-more"])
def test_the_comment_of_another_author_is_left_alone(
    github: FakeGithub, text: Path, user: dict[str, str] | None
) -> None:
    """Anybody can put the marker into a comment."""
    github.write("/issues/7/comments", {"body": f"{MARKER}\nforged", "user": user})

    assert comment(text) == 0

    assert [post["body"] for post in github.comments] == [f"{MARKER}\nforged", f"{MARKER}\nnew"]


def test_an_issue_is_opened_updated_and_closed(github: FakeGithub, text: Path) -> None:
    """One issue for all nights; a pull request with the marker is none."""
    github.write("/issues", {"body": MARKER, "pull_request": {}})
    github.write("/issues", {"body": None})

    codes = [
        main(["github", "issue", str(text), "--title=Drift", option])
        for option in ("--open", "--open", "--resolved", "--resolved")
    ]

    assert codes == [0, 0, 0, 0]
    assert [(issue["state"], issue.get("title")) for issue in github.issues] == [
        ("open", None),
        ("open", None),
        ("closed", "Drift"),
    ]


def test_nothing_to_say_and_no_issue_writes_nothing(
    github: FakeGithub, text: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The workflow says so in a variable."""
    monkeypatch.setenv("HYBRID_RESOLVED", "true")

    assert main(["github", "issue", str(text), "--title=Drift"]) == 0

    assert github.issues == []
    assert capsys.readouterr().out == "nothing to say, and no issue is open\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"no marker", "must begin with a line <!-- ... -->", id="marker"),
        pytest.param(f"{MARKER}\n{'x' * 65_536}".encode(), "GitHub takes 65536", id="length"),
        pytest.param(b"\xff", "cannot be read (is not UTF-8)", id="bytes"),
        pytest.param(None, "cannot be read (No such file", id="missing"),
    ],
)
def test_a_text_that_cannot_be_found_again_is_not_sent(
    github: FakeGithub,
    tmp_path: Path,
    content: bytes | None,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nothing is asked of GitHub."""
    path = tmp_path / "text.md"
    if content is not None:
        path.write_bytes(content)

    assert comment(path) == 2

    assert words in capsys.readouterr().err
    assert github.asked == []
    assert github.comments == []
