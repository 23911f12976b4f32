"""Entries put into the text of a YAML file and taken out; every other line stays as it was, byte for byte.

Left to a YAML library, the file would be written anew: comments would move from the section below to the
one above a new entry, and lines that nobody touched would show in the diff. Only a collection in braces or
brackets that takes an entry is written anew, one entry a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from operations.files.yaml_text import scalar

Keys = tuple[str, ...]
_COMMA = re.compile(r"\s*,[ \t]*")
_COMMENT = re.compile(r"[ \t]*#")
_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")


def insert(text: str, path: Keys, lines: Iterable[str], *, after: Sequence[str] = ()) -> str:
    """Add lines at the end of a mapping or list.

    Args:
        text: the file.
        path: keys to the mapping or list; all of them stand in the file.
        lines: the new entries without indentation.
        after: keys of the mapping to come after, as far as they are there; at its end when none is.

    Raises:
        ValueError: something on the way stands in braces that hold a comment.
    """
    for length in range(len(path) + 1):
        text = _unfolded(text, path[:length])
    node, column = _at(text, path)
    place = _end(text, _last(node, after)) if node else len(text)
    newline = _newline(text)
    before = "" if not text[:place] or text[:place].endswith("\n") else newline
    indented = (f"{' ' * column}{line}".rstrip() + newline for line in lines)
    return text[:place] + before + "".join(indented) + text[place:]


def remove(text: str, key: str, position: int) -> str:
    """Take an entry out of a list, with the comments right above it and behind it.

    When it is the only one, the list and its key go with it.

    Args:
        text: the file, a mapping.
        key: the list's key in it.
        position: where the entry stands in the list.

    Returns:
        The text without it, empty when nothing else stood in it.
    """
    top, _ = _at(text, ())
    keys = [one.value for one, _ in cast("MappingNode", top).value]
    held, _ = _at(text, (key,))
    entries = cast("SequenceNode", held)
    if len(entries.value) > 1:
        spans = [(one.start_mark.index, _last(one, ()).end_mark.index) for one in entries.value]
        return _cut(text, entries, spans, position)
    if len(keys) == 1:
        return ""
    spans = [
        (one.start_mark.index, _last(value, ()).end_mark.index)
        for one, value in cast("MappingNode", top).value
    ]
    return _cut(text, cast("MappingNode", top), spans, keys.index(key))


def _cut(text: str, holder: MappingNode | SequenceNode, spans: list[tuple[int, int]], position: int) -> str:
    start, end = spans[position]
    if holder.flow_style and position + 1 < len(spans):
        comma = _COMMA.match(text, end)
        return text[:start] + text[comma.end() if comma else spans[position + 1][0] :]
    if holder.flow_style:
        return text[: spans[position - 1][1]] + text[end:]
    dash = " " * holder.start_mark.column + "-"
    start = text.rfind("\n", 0, start) + 1
    if isinstance(holder, SequenceNode):
        while not text.startswith(dash, start):
            start = text.rfind("\n", 0, start - 1) + 1
        while _COMMENT.match(text, text.rfind("\n", 0, start - 1) + 1):
            start = text.rfind("\n", 0, start - 1) + 1
    return text[:start] + text[_line_end(text, end) :]


def _unfolded(text: str, path: Keys) -> str:
    """Write the collection at ``path`` one entry a line, where it stands in braces or brackets."""
    node, column = _at(text, path)
    if not isinstance(node, MappingNode | SequenceNode) or not node.flow_style:
        return text
    start, end = node.start_mark.index, node.end_mark.index
    if "#" in _without_scalars(text, node):
        raise ValueError(
            "has a comment between its braces or brackets; write it without them, one entry a line"
        )
    if isinstance(node, MappingNode):
        entries = [f"{_written(text, key)}: {_written(text, value)}" for key, value in node.value]
    else:
        entries = [f"- {_written(text, value)}" for value in node.value]
    newline = _newline(text)
    rest, _, below = text[end:].partition(newline)
    head = f"{text[:start].rstrip(' ')}{rest}{newline}" if path else text[:start]
    return head + "".join(f"{' ' * column}{entry}{newline}" for entry in entries) + below


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _written(text: str, node: Node) -> str:
    """What stands in the file, on one line; a text that runs over several is written as one."""
    written, place = "", node.start_mark.index
    for one in _scalars(node):
        as_is = text[one.start_mark.index : one.end_mark.index]
        between = _BREAK.sub(" ", text[place : one.start_mark.index])
        written += between + (scalar(one.value) if _BREAK.search(as_is) else as_is)
        place = one.end_mark.index
    return written + _BREAK.sub(" ", text[place : node.end_mark.index])


def _without_scalars(text: str, node: Node) -> str:
    """What stands between the scalars of a collection: its braces, commas and comments."""
    pieces, place = [], node.start_mark.index
    for one in _scalars(node):
        pieces.append(text[place : one.start_mark.index])
        place = one.end_mark.index
    return "".join([*pieces, text[place : node.end_mark.index]])


def _scalars(node: Node) -> Iterator[Node]:
    if isinstance(node, ScalarNode):
        yield node
        return
    for below in node.value:
        for one in below if isinstance(below, tuple) else (below,):
            yield from _scalars(one)


def _at(text: str, path: Keys) -> tuple[Node | None, int]:
    """The node at ``path`` and the column of its entries; no node where the file holds nothing."""
    node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    column = 0
    for key in path:
        entries = node.value if isinstance(node, MappingNode) else ()
        found, node = next((one, value) for one, value in entries if one.value == key)
        column = found.start_mark.column + 2
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style:
        return node, node.start_mark.column
    return node, column


def _last(node: Node, after: Sequence[str]) -> Node:
    """What stands last in it, or in the entry to come after."""
    if not isinstance(node, MappingNode | SequenceNode) or node.flow_style:
        return node
    if isinstance(node, MappingNode):
        entries = [value for key, value in node.value if key.value in after]
        return _last(entries[-1] if entries else node.value[-1][1], ())
    return _last(node.value[-1], ())


def _end(text: str, node: Node) -> int:
    """Where the line ends that the node ends on."""
    return _line_end(text, node.end_mark.index)


def _line_end(text: str, end: int) -> int:
    if end and text[end - 1] == "\n":
        return end
    line_end = text.find("\n", end)
    return len(text) if line_end < 0 else line_end + 1
