"""What every verb that draws a table shows on a narrow line."""

from __future__ import annotations

import pytest

from operations.cli import main
from tests.example import ENVIRONMENTS

pytestmark = pytest.mark.unmeasured


@pytest.mark.parametrize(
    "words",
    [
        ["check", "prod"],
        ["who", "seeiendom"],
        ["who-can", "prod/aws"],
        ["firewall", "prod"],
        ["permissions", "sandbox"],
    ],
    ids=" ".join,
)
def test_only_a_word_makes_a_line_longer(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of a table is longer than 80 characters, and every word of the wide one stands in it whole.

    But the word over a column without any cell.
    """
    arguments = [*words, "--folder", str(ENVIRONMENTS)]
    assert main(arguments) == 0
    wide = _of_tables(capsys.readouterr().out)
    monkeypatch.setenv("COLUMNS", "80")

    assert main(arguments) == 0

    narrow = _of_tables(capsys.readouterr().out)
    assert [line for line in narrow if len(line) > 80 and len(line.split()) > 2] == []
    assert _words(wide) - _words(narrow) <= {"until"}


def _of_tables(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("  ")]


def _words(lines: list[str]) -> set[str]:
    return {word for line in lines for word in line.split()}
