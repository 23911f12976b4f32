"""Words for what a YAML parser cannot read.

The parsers (libyaml and PyYAML's own) word the same mistake differently and in terms of their
grammar; here both become one line about what the person wrote. What is not known here is passed on
in the parser's words.
"""

from __future__ import annotations

import re

from yaml import Mark, MarkedYAMLError, YAMLError

from estate.reading.paths import quoted

_LINE_END = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_INDENT_BY_TAB = re.compile(r"[ ]*\t")
_KEY = re.compile(r"\s*[^\s#].*?:(\s|$)")

_RESERVED = "begins text with {}, which has a meaning of its own in YAML; quote the text"
_MESSAGES = (
    ("cannot start any token", _RESERVED),
    (
        "could not find expected ':'",
        "is neither key: value nor a list entry (- value); add the colon and a space, or quote the text above",
    ),
    (
        "sequence entries are not allowed",
        "begins a list (- value) where none can stand; put it on its own line, below its key",
    ),
    (
        "expected (the )?node content",
        "has {} where a value is expected; quote the text, or check brackets and commas",
    ),
    ("<document start>", "has {} after the end of the document; check brackets and indentation"),
    ("incompatible YAML document", "names another version of YAML than 1.x; delete the line"),
)


def explain(error: YAMLError, text: str, bracket: tuple[int, int]) -> tuple[int, int, str]:
    """Say in words what ``error``, raised over ``text``, is about.

    Args:
        error: the parser's error.
        text: what was parsed.
        bracket: line and column of the mapping or list that was read last and has not ended.

    Returns:
        Line and column, 1-based, and the message.
    """
    mark = (error.problem_mark or error.context_mark) if isinstance(error, MarkedYAMLError) else None
    if not isinstance(error, MarkedYAMLError) or mark is None:
        return 0, 0, "is not YAML: " + " ".join(str(error).split())
    if mark.index >= len(text) and "node content" in (error.problem or ""):
        return *bracket, "opens a bracket that is never closed"
    lines = _LINE_END.split(text)
    unknown = " ".join(filter(None, ("is not YAML:", error.context, error.problem)))
    found = _by_tab(mark, lines) or _by_problem(error, mark, text, lines)
    return found or (mark.line + 1, mark.column + 1, unknown)


def _by_tab(mark: Mark, lines: list[str]) -> tuple[int, int, str] | None:
    tab = _INDENT_BY_TAB.match(lines[mark.line]) if mark.line < len(lines) else None
    if not tab:
        return None
    return mark.line + 1, tab.end(), "is indented with a tab, which YAML does not allow; use spaces"


def _by_problem(
    error: MarkedYAMLError, mark: Mark, text: str, lines: list[str]
) -> tuple[int, int, str] | None:
    problem, context = error.problem or "", error.context or ""
    start = error.context_mark or mark
    here, opened = (mark.line + 1, mark.column + 1), (start.line + 1, start.column + 1)
    character = text[mark.index : mark.index + 1]
    if "end of stream" in problem and "quoted scalar" in context:
        return *opened, "opens a quote that is never closed; close it on the same line"
    if "escape" in context + problem or "hexdecimal" in problem or "hexadecimal" in problem:
        back = 1 if text[mark.index - 1 : mark.index] == "\\" else 0
        return (
            here[0],
            here[1] - back,
            ('holds a backslash that begins no escape of "..." text; put the text in single quotes'),
        )
    if "',' or" in problem:
        bracket = "{" if "mapping" in context else "["
        return *opened, (
            f"opens {bracket} that is not closed, or a comma is missing before line {here[0]}, column {here[1]}"
        )
    if "anchor" in context or "alias" in context or "tag" in context + problem:
        sign = text[start.index : start.index + 1] if start.index < len(text) else character
        return *opened, _RESERVED.format(quoted(sign))
    message = _by_place(problem, mark, character, lines)
    if "block scalar" in context:
        message = "has text beside | or >; begin the text on the next line, or quote it"
    if "could not find expected ':'" in problem:
        here = opened
    return (*here, message) if message else None


def _by_place(problem: str, mark: Mark, character: str, lines: list[str]) -> str | None:
    if "mapping values are not allowed" in problem:
        return _unexpected_colon(mark, lines)
    if re.search("<block end>|expected key|expected '-' indicator", problem):
        return _out_of_place(mark, lines)
    if "cannot start any token" in problem and character == "\t":
        return "has a tab where a key or value begins; use spaces"
    found = (message for pattern, message in _MESSAGES if re.search(pattern, problem))
    return next(found, "").format(quoted(character)) or None


def _unexpected_colon(mark: Mark, lines: list[str]) -> str:
    if _KEY.search(lines[mark.line][: mark.column]):
        return 'has a second ": " on one line; quote the text, or put the inner key on its own line'
    above = next((n for n in range(mark.line - 1, -1, -1) if lines[n].strip()), None)
    if above is not None and not _KEY.match(lines[above]) and not lines[above].lstrip().startswith("-"):
        return f"cannot follow line {above + 1}, which is not key: value; a space must follow the colon"
    return "has a key where none can stand; check the indentation, the line above has a value already"


def _out_of_place(mark: Mark, lines: list[str]) -> str:
    if lines[mark.line][: mark.column].strip():
        return "has text after the value has ended; quote the whole value"
    return "does not line up with the lines above; indent it like its neighbours"
