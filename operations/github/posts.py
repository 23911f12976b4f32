"""One comment and one issue that are kept up to date, found again by the marker in their first line.

Only what the same author wrote is written over: anybody can put a marker into a comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput
from operations.github.api import TEXT_LIMIT, Github, GithubRefused
from operations.github.review_runs import commit_of


def read_text(path: Path) -> str:
    """A text with its marker.

    Raises:
        InvalidInput: it cannot be read, has no marker, or is longer than GitHub takes.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8"
        raise InvalidInput.of_file(path, f"cannot be read ({reason})") from None
    marker = _first_line(text)
    if not (marker.startswith("<!-- ") and marker.endswith(" -->")):
        raise InvalidInput.of_file(path, "must begin with a line <!-- ... -->, by which it is found again")
    if len(text) > TEXT_LIMIT:
        raise InvalidInput.of_file(path, f"has {len(text)} characters, and GitHub takes {TEXT_LIMIT}")
    return text


def put_comment(github: Github, pull_request: int, text: str, author: str) -> str:
    """Write the comment of a pull request, or write it over; gives its address.

    Raises:
        GithubRefused: GitHub does not let it.
    """
    for comment in github.pages(f"/issues/{pull_request}/comments"):
        if _is_same(comment, text, author):
            return _address(github.send("PATCH", f"/issues/comments/{comment['id']}", {"body": text}))
    return _address(github.send("POST", f"/issues/{pull_request}/comments", {"body": text}))


def of_commit(github: Github, pull_request: int, text: str, commit: str, address: str) -> str:
    """A text with the commit that it is of; an older run that ends last must not say what it saw of the new one.

    Args:
        github: the repository.
        pull_request: the pull request's number.
        text: what is said.
        commit: the commit that was looked at.
        address: the run's, "" where there is none.

    Raises:
        GithubRefused: the pull request has another last commit by now.
    """
    last = commit_of(github.get(f"/pulls/{pull_request}")["head"]["sha"])
    if last != commit_of(commit):
        raise GithubRefused(
            f"pull request {pull_request} is at {last[:12]} by now, and this is of {commit[:12]}; the run that judges "
            "the later commit says what it finds"
        )
    marker, _, rest = text.partition("\n")
    by = f", by [this run]({address})" if address else ""
    return f"{marker}\nOf commit `{commit}`{by}.\n\n{rest}"


def put_issue(github: Github, title: str, text: str, author: str, *, is_resolved: bool) -> str | None:
    """Open an issue, or write it over; closes it when there is nothing to say any more.

    Returns:
        Its address; None when there is nothing to say and none is open.

    Raises:
        GithubRefused: GitHub does not let it.
    """
    for issue in github.pages("/issues?state=open"):
        if "pull_request" not in issue and _is_same(issue, text, author):
            body = {"title": title, "body": text, **({"state": "closed"} if is_resolved else {})}
            return _address(github.send("PATCH", f"/issues/{issue['number']}", body))
    if is_resolved:
        return None
    return _address(github.send("POST", "/issues", {"title": title, "body": text}))


def _is_same(post: Mapping[str, Any], text: str, author: str) -> bool:
    # The account of whoever wrote it may be gone.
    login = (post.get("user") or {}).get("login")
    return login == author and _first_line(post.get("body") or "") == _first_line(text)


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip()


def _address(post: Mapping[str, Any]) -> str:
    return str(post.get("html_url", ""))
