"""A secret in a file is refused wherever it stands, and never said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reading.parsers import BOTH_PARSERS, found

TOKEN = "gl" + "pat-" + "a" * 20


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (
            f'a: {{repo: "https://oauth2:{TOKEN}@git.example.com/config.git"}}\n',
            "1:11: a.repo",
            "a password in a URL",
        ),
        (f"why: it is {TOKEN}, of course\n", "1:6: why", "a token of GitLab"),
        (f"labels: {{{TOKEN}: x}}\n", "1:10: labels", "a token of GitLab"),
        (f"{TOKEN}: x\n", "1:1", "a token of GitLab"),
        ("a: [{repo: https://user:word@git.example.com/x}]\n", "1:12: a[0].repo", "a password in a URL"),
    ],
)
@BOTH_PARSERS
def test_a_secret_is_refused_and_not_said(parser: Any, text: str, where: str, what: str) -> None:
    """In a value, in words, in a key, whose place is not said either."""
    [problem] = found(text, parser)

    assert problem.startswith(f"f.yaml:{where}: holds {what}, which everybody has who reads the file")
    assert TOKEN not in problem
