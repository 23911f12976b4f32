"""What happens when GitHub refuses, is not there, or leads elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.cli import main
from operations.github.api import Github, GithubRefused
from tests.fake_github import REPOSITORY, TOKEN, FakeGithub


def refused(github: FakeGithub) -> str:
    """What is said when the comments are asked for."""
    with pytest.raises(GithubRefused) as refusal:
        list(Github(REPOSITORY, github.url, TOKEN).pages("/issues/7/comments"))
    return str(refusal.value)


@pytest.mark.parametrize(
    ("code", "body", "words"),
    [
        pytest.param(401, b'{"message": "Bad credentials"}', "401 Bad credentials; the token", id="token"),
        pytest.param(
            403, b'{"message": "Resource not accessible"}', "does the job have the permission", id="right"
        ),
        pytest.param(404, b'{"message": "Not Found"}', "is it there", id="place"),
        pytest.param(502, b"<html>", "502 without a reason", id="outage"),
        pytest.param(302, b"", "302 without a reason", id="redirect"),
        pytest.param(200, b"<html>", "the answer is not JSON", id="html"),
    ],
)
def test_a_refusal_is_told_with_what_to_do(github: FakeGithub, code: int, body: bytes, words: str) -> None:
    """GitHub's own words, and where to look."""
    headers = {"Location": "https://example.com/"} if code == 302 else {}
    github.answer = lambda _: (code, headers, body)

    said = refused(github)

    assert said.startswith(f"GET /repos/{REPOSITORY}/issues/7/comments: ")
    assert words in said
    assert TOKEN not in said


def test_a_page_elsewhere_gets_no_token(github: FakeGithub) -> None:
    """The address of the next page comes from outside."""
    link = '<https://example.com/next>; rel="next"'
    github.answer = lambda _: (200, {"Link": link}, b"[]")

    assert "another host" in refused(github)


def test_nobody_there_is_a_refusal(github: FakeGithub) -> None:
    """A port where nothing listens."""
    github.url = "http://127.0.0.1:9"

    assert "cannot be reached" in refused(github)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        pytest.param("GITHUB_REPOSITORY", "kl", "must be OWNER/NAME", id="repository"),
        pytest.param("GITHUB_API_URL", "http://example.com", "must begin with https://", id="address"),
        pytest.param("GITHUB_TOKEN", "", "GITHUB_TOKEN is not set", id="no-token"),
        pytest.param("GITHUB_TOKEN", "a\nb", "GITHUB_TOKEN is not set, or no token", id="lines"),
    ],
)
def test_a_job_without_what_it_needs_is_told(
    github: FakeGithub,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    value: str,
    words: str,
) -> None:
    """Exit code 2, and nothing was asked."""
    (tmp_path / "a.md").write_text("<!-- a -->")
    monkeypatch.setenv(variable, value)

    code = main(["github", "comment", str(tmp_path / "a.md"), "--pull-request=7"])

    assert code == 2
    assert words in capsys.readouterr().err
    assert github.asked == []


def test_the_token_is_in_no_representation() -> None:
    """Not even in a traceback."""
    assert TOKEN not in repr(Github(REPOSITORY, "https://api.github.com", TOKEN))
