"""What is printed steers neither a terminal nor the runner that reads a job's output."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.reading.problems import Problem
from operations import console, leave
from operations.relay import Relay
from operations.texts.harmless import one_line, printable_json, printable_lines
from tests.operations.texts.hostile import HOSTILE, is_obeyed, steers

Capture = pytest.CaptureFixture[str]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(alphabet="#[]: \n\r\xa0\u200bae"))
WAYS: dict[str, Callable[[str], None]] = {
    "line": console.say,
    "error": lambda text: console.say(text, style="bold", stream=sys.stderr),
    "table": lambda text: console.print_table(text, ("a", text), [(text, "b")]),
    "document": console.print_document,
    "json": lambda text: console.print_document(json.dumps({text: [text]}, ensure_ascii=False), is_json=True),
    "problem": lambda text: console.print_problems([Problem(text, 1, 1, text, text)]),
    "progress": lambda text: console.progress(text).__enter__(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nothing_that_is_printed_steers(way: str, text: str, capsys: Capture) -> None:
    """Whichever way it goes out."""
    WAYS[way](text)

    assert steers("".join(capsys.readouterr())) == []


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nothing_steers_a_terminal(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the only sequences are those of our own colours."""
    monkeypatch.setenv("TERM", "xterm")
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]  # a terminal
    monkeypatch.setattr(sys, "stderr", stream)

    console.say(text, style="red", stream=stream)
    console.print_table(text, (text,), [(text,)], stream)
    with console.progress(text):
        pass

    printed = stream.getvalue()
    assert "\x1b[2J" not in printed
    assert not set(printed) & set("\x07\x08\x7f\x9b\u202e\u2066\u200b\ufeff\u2028\u2029\x85\U000e0041\ud800")


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_a_child_says_steers_nothing(text: str) -> None:
    """Terraform's, by cdktf: what it quotes may be anybody's."""
    source, target = (
        io.BytesIO(f"\x1b[1mError:\x1b[0m {text}\n{text}\n".encode("utf-8", "replace")),
        io.StringIO(),
    )

    Relay(source, target).join()

    assert steers(target.getvalue()) == []
    assert target.getvalue().startswith("Error: ")


def test_the_last_word_steers_nothing(capfd: Capture) -> None:
    """Past all streams."""
    leave.complain("hybrid: \x1b[2J\n::error::\ud800")

    assert steers(capfd.readouterr().err) == []


@given(TEXTS)
def test_lines_are_harmless_and_otherwise_as_they_were(text: str) -> None:
    """Twice is as once."""
    printed = printable_lines(text)

    assert steers(printed) == []
    assert printable_lines(printed) == printed
    assert "\n" not in one_line(text)
    assert steers(printable_lines(one_line(text))) == []


@given(st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)))
def test_json_says_the_same(document: object) -> None:
    """To whoever reads it."""
    printed = printable_json(json.dumps(document, indent=2, ensure_ascii=False))

    assert steers(printed) == []
    assert json.loads(printed) == document


@pytest.mark.parametrize("text", ["::/0 from ::1", "a::b", "## Heading [a]", "2001:db8::1", "a\n\tb"])
def test_what_is_no_command_stays(text: str) -> None:
    """Addresses, headings."""
    assert printable_lines(text).replace(": :", "::") == text


@pytest.mark.parametrize("line", ["::error::a", " ::x y=z::", "a ##[x]", "#\u200b#[x]"])
def test_commands_are_known(line: str) -> None:
    """Or these tests would hold nothing."""
    assert is_obeyed(line)
