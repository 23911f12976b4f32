"""From the text of a YAML file to plain data with a position for every key and value.

The tree is built from the parser's events rather than from PyYAML's nodes: events are flat, so
depth costs no recursion, and they still show anchors, aliases and tags, which nodes have lost.
Those are refused with everything else that makes a file more than literals, such as what Terraform would
evaluate in a text.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from estate.facts.secrets import secret_in
from estate.model.rules import Path
from estate.reading.paths import dotted, first_few, printable, quoted, shortened
from estate.reading.problems import Problem
from estate.reading.yaml_errors import explain
from estate.reading.yaml_hidden import hidden
from estate.reading.yaml_nodes import MAX_PROBLEMS, Node, Tree, too_many_problems
from estate.reading.yaml_scalars import Surprise, resolve
from estate.reading.yaml_templates import evaluated

MAX_DEPTH = 32
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StoppedError(Exception):
    """The rest of the file is not worth reading; the reason has been reported."""


@dataclass(frozen=True, slots=True)
class _Key:
    """A key whose value comes next; ``kept`` is False when that value has no place in the data."""

    text: str
    position: tuple[int, int]
    kept: bool


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended.

    Attributes:
        kept: False inside what the file says twice or in the place of a key.
        is_key: whether it stands in the place of a key itself.
        key: in a mapping, the key whose value comes next; None when a key comes next.
    """

    node: Node
    path: Path
    kept: bool
    is_key: bool = False
    key: _Key | None = None


def build(display: str, text: str, parser: Any = _PARSER, *, is_ours: bool = True) -> Tree:
    """Read ``text``, the content of the file named ``display``; errors stand in the result.

    Args:
        display: how messages name the file.
        text: its content.
        parser: which of PyYAML's.
        is_ours: whether it is a file of this project's, which holds no secret.
    """
    builder = _Builder(display, text, is_ours=is_ours)
    try:
        for event in yaml.parse(text, Loader=parser):
            builder.take(event)
        builder.finish()
    except _StoppedError:
        builder.tree.root = None
    except yaml.YAMLError as error:
        builder.tree.root = None
        line, column, message = explain(error, text, builder.innermost())
        builder.problem((line, column), (), printable(message))
    with suppress(_StoppedError):
        builder.report_anchors()
    return builder.tree


class _Builder:
    def __init__(self, display: str, text: str, *, is_ours: bool) -> None:
        self.tree = Tree()
        self._is_ours = is_ours
        self._display = display
        self._text = text
        self._stack: list[_Open] = []
        self._anchors: list[tuple[tuple[int, int], Path, str]] = []
        self._documents = 0

    def problem(self, position: tuple[int, int], path: Path, message: str) -> None:
        self.tree.problems.append(Problem(self._display, *position, dotted(path), message))
        if len(self.tree.problems) == MAX_PROBLEMS:
            self.tree.problems.append(too_many_problems(self._display))
            raise _StoppedError

    def innermost(self) -> tuple[int, int]:
        """Return the place of the mapping or list that began last and has not ended."""
        node = self._stack[-1].node if self._stack else None
        return (node.line, node.column) if node else (0, 0)

    def take(self, event: Event) -> None:
        if isinstance(event, NodeEvent):
            self._node(event)
        elif isinstance(event, CollectionEndEvent):
            self._end()
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "begins a second document (---); write one document a file")

    def finish(self) -> None:
        root = self.tree.root
        if root is None or isinstance(root.data, dict):
            return
        self.tree.root = None
        if () not in self.tree.refused and (root.written or isinstance(root.data, list)):
            self.problem((root.line, root.column), (), f"must be a mapping (key: value), got {_kind(root)}")

    def report_anchors(self) -> None:
        """Report anchors, aliases and merge keys once a file: a bomb has thousands of them."""
        if not self._anchors:
            return
        (position, path, sign), *others = self._anchors
        lines = sorted({line for (line, _), _, _ in others if line != position[0]})
        also = f", also in line {first_few(list(map(str, lines)), 4)}" if lines else ""
        self.problem(
            position,
            path,
            f"has {quoted(sign)}{also}: anchors, aliases and merge keys are not allowed; "
            "write the value out in each place",
        )

    def _stop(self, event: Event, message: str) -> NoReturn:
        self.problem(_position(event), (), message)
        raise _StoppedError

    def _node(self, event: NodeEvent) -> None:
        parent = self._stack[-1] if self._stack else None
        if parent and isinstance(parent.node.data, dict) and parent.key is None:
            self._key(parent, event)
            return
        path, key, kept = _place(parent)
        scalar = isinstance(event, ScalarEvent)
        written = _written(event, self._text) if scalar else ""
        # Nothing stands at its key: the parsers disagree about where nothing begins.
        place = key if scalar and not written and key else _position(event)
        node = Node(_content(event), *place, key, written)
        self._refuse_extras(event, path, kept=kept)
        self._refuse_text(event, path, kept=kept)
        if kept and isinstance(node.data, Surprise):
            self.tree.surprises[path] = node.data
        if parent is None:
            self.tree.root = node
        else:
            _attach(parent, node)
        if isinstance(event, CollectionStartEvent):
            self._open(event, _Open(node, path, kept))

    def _open(self, event: NodeEvent, opened: _Open) -> None:
        if len(self._stack) == MAX_DEPTH:
            self._stop(event, f"nests deeper than {MAX_DEPTH} levels; no environment needs that")
        self._stack.append(opened)

    def _end(self) -> None:
        ended = self._stack.pop()
        if ended.is_key:
            self._stack[-1].key = _Key("", (ended.node.line, ended.node.column), kept=False)

    def _key(self, parent: _Open, event: NodeEvent) -> None:
        position = _position(event)
        if not isinstance(event, ScalarEvent):
            self._complex_key(parent, event)
        elif event.value == "<<" and _is_plain(event):
            self._anchors.append((position, parent.path, "<<"))
            self.tree.refused.add(parent.path)
            parent.key = _Key("", position, kept=False)
        else:
            path = (*parent.path, event.value)
            self._refuse_extras(event, path, kept=False)
            self._refuse_text(event, path, kept=parent.kept)
            self._check_key(_content(event), event.value, position, path)
            first = parent.node.children.get(event.value)
            if first and first.key:
                self.problem(
                    position, path, f"stands here a second time, first in line {first.key[0]}; keep one"
                )
            parent.key = _Key(event.value, position, kept=first is None)

    def _check_key(self, read: object, text: str, position: tuple[int, int], path: Path) -> None:
        if text == "":
            self.problem(position, path[:-1], "has an empty key; write a key before the colon")
        elif not isinstance(read, str):
            reading = (
                f"YAML reads {shortened(text)} as {read.reading}; " if isinstance(read, Surprise) else ""
            )
            self.problem(position, path, f"must be text; {reading}quote it: {quoted(text)}")

    def _complex_key(self, parent: _Open, event: NodeEvent) -> None:
        position = _position(event)
        self._refuse_extras(event, parent.path, kept=False)
        if isinstance(event, AliasEvent):
            parent.key = _Key("", position, kept=False)
            return
        node = Node(_content(event), *position, None, "")
        if parent.kept:
            kind = "a mapping" if isinstance(node.data, dict) else "a list"
            self.problem(position, parent.path, f"has {kind} as a key; keys must be text")
        self._open(event, _Open(node, parent.path, kept=False, is_key=True))

    def _refuse_extras(self, event: NodeEvent, path: Path, *, kept: bool) -> None:
        position = _position(event)
        alias = isinstance(event, AliasEvent)
        tag = getattr(event, "tag", None)
        if event.anchor is not None:
            self._anchors.append((position, path, f"{'*' if alias else '&'}{event.anchor}"))
        if tag is not None:
            short = quoted(tag.replace("tag:yaml.org,2002:", "!!", 1))
            self.problem(position, path, f"has the tag {short}; tags are not allowed, write the plain value")
        if kept and (alias or tag is not None):
            self.tree.refused.add(path)

    def _refuse_text(self, event: NodeEvent, path: Path, *, kept: bool) -> None:
        """Refuse what would not be passed on as written, what is not seen, and what must not be, in a text or a key."""
        if not isinstance(event, ScalarEvent):
            return
        message = evaluated(event.value) or hidden(event.value, lines=not self._is_ours)
        message = message or (_secret(event.value) if self._is_ours else None)
        if message is None:
            return
        # A key that is a secret is not said with its place either.
        self.problem(
            _position(event), path[:-1] if any(secret_in(str(key)) for key in path[-1:]) else path, message
        )
        if kept:
            self.tree.refused.add(path)


def _secret(text: str) -> str | None:
    """Say what secret a text holds, without it, and what to do."""
    secret = secret_in(text)
    if secret is None:
        return None
    return (
        f"holds {secret}, which everybody has who reads the file, a plan or a state; take it out, have whoever gave it make it "
        "worthless, and keep the new one in a secret store"
    )


def _place(parent: _Open | None) -> tuple[Path, tuple[int, int] | None, bool]:
    """Return the path of the value that comes next, its key's position and whether it is kept."""
    if parent is None:
        return (), None, True
    if isinstance(parent.node.data, list):
        return (*parent.path, len(parent.node.data)), None, parent.kept
    if parent.key and parent.key.kept:
        return (*parent.path, parent.key.text), parent.key.position, parent.kept
    return parent.path, None, False


def _attach(parent: _Open, node: Node) -> None:
    if isinstance(parent.node.data, list):
        parent.node.children[len(parent.node.data)] = node
        parent.node.data.append(node.data)
    elif parent.key and parent.key.kept:
        parent.node.children[parent.key.text] = node
        parent.node.data[parent.key.text] = node.data
    parent.key = None


def _kind(root: Node) -> str:
    if isinstance(root.data, list):
        return "a list"
    return "nothing" if root.data is None else "text without a key"


def _content(event: NodeEvent) -> Any:
    if isinstance(event, ScalarEvent):
        return resolve(event.value) if _is_plain(event) else event.value
    if isinstance(event, AliasEvent):
        return None
    return {} if isinstance(event, MappingStartEvent) else []


def _written(event: Event, text: str) -> str:
    return text[event.start_mark.index : event.end_mark.index] if event.start_mark and event.end_mark else ""


def _is_plain(event: ScalarEvent) -> bool:
    return not event.style and event.implicit[0]


def _position(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)
