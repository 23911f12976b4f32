"""The measured part of the performance page."""

from __future__ import annotations

import pytest

from benchmarks.document import BEGIN, END, PATH, replaced


def test_only_what_stands_between_the_marks_changes() -> None:
    """The text around the tables is a person's."""
    assert replaced(f"before\n{BEGIN}\nold\n{END}\nafter\n", "new\n") == (
        f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    )


@pytest.mark.parametrize(
    "document", ["", BEGIN, END, f"{END} {BEGIN}"], ids=["none", "begin", "end", "swapped"]
)
def test_refuses_a_page_without_marks(document: str) -> None:
    """Without marks it is not known what may be replaced."""
    with pytest.raises(ValueError, match="must hold"):
        replaced(document, "new")


def test_the_page_has_its_marks() -> None:
    """The page of this repository can be renewed."""
    assert "| contender |" in replaced(PATH.read_text("utf-8"), "| contender |")
