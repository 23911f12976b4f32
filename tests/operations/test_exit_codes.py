"""How commands end: one list of codes for all of them."""

from __future__ import annotations

import ast

from operations.exit_codes import FAILED, FOUND, REFUSED
from tests.source import ROOT


def test_no_verb_has_codes_of_its_own() -> None:
    """Whatever ends a verb names a code of the list."""
    ends = [
        (path.name, node.args)
        for path in (ROOT / "operations").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Exit"
    ]

    assert ends
    assert [name for name, words in ends if any(isinstance(word, ast.Constant) for word in words)] == []


def test_the_page_says_what_they_mean() -> None:
    """As the list has them."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")

    assert "| 0 | well |" in page
    for code, meaning in (
        (FAILED, "failed on the way"),
        (REFUSED, "refused, or could not be asked"),
        (FOUND, "asked to the end, and found something"),
    ):
        assert f"| {code} | {meaning}: " in page
