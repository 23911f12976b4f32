"""Templates in the texts of a stack: what each calls, and its shape.

A shape is a template without the names of objects and without texts that decide nothing: two templates of one shape
read the same attributes of the same types and do the same with them. Only what the stacks of this project are made of
is read: a template with a directive, a comment, a heredoc or a strip marker has no shape
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md, excerpt, 2026-11-30). Each text is gone through once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_NAME: Final = r"[A-Za-z_][\w-]*+"
_TOKEN: Final = re.compile(
    rf"(?P<space>\s++)|(?P<name>{_NAME}(?:::{_NAME})*+)|(?P<number>\d++(?:\.\d++)?+)|(?P<text>\")"
    r"|(?P<sign>==|!=|<=|>=|&&|\|\||=>|<(?!<)|:(?!:)|[-+*%>!?.,=()\[\]{}])"
)
_OPENS: Final = re.compile(r'(?<![$%])[$%]++\{|"|\\.', re.DOTALL)
_DEEPEST: Final = 8
_SECRET: Final = frozenset({"local", "self", "var"})
_DECIDING: Final = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||", "!", "?"})


class UnreadableTemplateError(ValueError):
    """A template is written in a way that nothing here writes."""


@dataclass(frozen=True)
class Template:
    """An interpolation.

    Attributes:
        shape: what it looks like without names.
        calls: the functions in it.
        written: how it is written, without its braces.
    """

    shape: str
    calls: frozenset[str]
    written: str


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    inside: tuple[Template, ...] = ()


def templates(text: str) -> tuple[Template, ...]:
    """The interpolations of a text, as they follow each other.

    Raises:
        UnreadableTemplateError: it holds a template that is written as nothing here writes one.
    """
    if "${" not in text and "%{" not in text:
        return ()
    return _quoted(text, 0, 0, is_text=False)[0]


def placed(value: Any, *place: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text with the names of what it stands in, keys as well, which are templates like any other."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*place, "{}"), key
            yield from placed(inner, *place, key)
    elif isinstance(value, list):
        for inner in value:
            yield from placed(inner, *place)
    elif isinstance(value, str):
        yield place, value


def _quoted(text: str, at: int, depth: int, *, is_text: bool) -> tuple[tuple[Template, ...], int]:
    """The templates from a place on, and where the text ends: at its quote when it stands in a template."""
    found: list[Template] = []
    while opened := _OPENS.search(text, at):
        what, at = opened[0], opened.end()
        if what == '"' and is_text:
            return tuple(found), at
        if what == "${":
            one, at = _expression(text, at, depth + 1)
            found.append(one)
        elif (what[-1] == "{" and what not in {"$${", "%%{"}) or (is_text and what in {"\\$", "\\%"}):
            raise UnreadableTemplateError
        elif what[0] == "\\" and not is_text:
            # A backslash says nothing outside of a quoted text, so what follows it does.
            at -= 1
    if is_text:
        raise UnreadableTemplateError
    return tuple(found), len(text)


def _expression(text: str, at: int, depth: int) -> tuple[Template, int]:
    if depth > _DEEPEST:
        raise UnreadableTemplateError
    tokens: list[_Token] = []
    begin, braces = at, 0
    while token := _TOKEN.match(text, at):
        start, at = at, token.end()
        kind, what = str(token.lastgroup), token[0]
        if kind == "text":
            inside, at = _quoted(text, at, depth, is_text=True)
            tokens.append(_Token(kind, text[start:at], inside))
            continue
        braces += {"{": 1, "}": -1}.get(what, 0)
        if braces < 0:
            return _template(tokens, text[begin:start]), at
        tokens.append(_Token(kind, " " if kind == "space" else what))
    raise UnreadableTemplateError


def _template(tokens: list[_Token], said: str) -> Template:
    written = [token for token in tokens if token.kind != "space"]
    calls = {
        token.text
        for token, after in itertools.pairwise(written)
        if token.kind == "name" and after.text == "("
    }
    keeps = any(token.text in _SECRET | _DECIDING for token in written)
    names, keys = _names(written), _keys(written)
    shape = "".join(
        _shape(token, keeps=keeps or id(token) in keys, is_name=id(token) in names) for token in tokens
    )
    inner = (one.calls for token in written for one in token.inside)
    return Template(shape.strip(), frozenset(calls.union(*inner)), said)


def _shape(token: _Token, *, keeps: bool, is_name: bool) -> str:
    if is_name:
        return "*"
    if token.kind != "text":
        return token.text
    if token.inside:
        return f'"*{"".join(sorted({f"${{{one.shape}}}" for one in token.inside}))}"'
    return token.text if keeps else '"*"'


def _names(tokens: list[_Token]) -> set[int]:
    """Which of the tokens are the name of an object, and not its type or an attribute."""
    found, at = set(), 0
    while at < len(tokens):
        end = at
        while end + 2 < len(tokens) and tokens[end + 1].text == "." and tokens[end + 2].kind == "name":
            end += 2
        length = (end - at) // 2 + 1
        first = tokens[at].text
        # A local stays: each is something of its own.
        name = {"data": 2, "var": 1}.get(first, 1 if "_" in first else 0)
        is_attribute = at > 0 and tokens[at - 1].text == "."
        if tokens[at].kind == "name" and 0 < name < length and not is_attribute:
            found.add(id(tokens[at + 2 * name]))
        at = end + 1
    return found


def _keys(tokens: list[_Token]) -> set[int]:
    """Which of the tokens may be what something is looked up by."""
    return {id(after) for before, after in itertools.pairwise(tokens) if before.text == "["}
