"""Single changes in the text of a YAML file; every other byte stays as it was.

A YAML library would write the file anew and lay it out its own way, so that lines which nobody touched show
in the diff. Here the parser only says where things stand.
"""

from __future__ import annotations

from typing import cast

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from estate.model.rules import Path
from estate.reading.paths import dotted
from operations.files.yaml_text import scalar


def replace_value(text: str, path: Path, value: str) -> str:
    """Put another value in the place of a text or number, in the quotes that it had.

    Args:
        text: the file.
        path: keys and positions to the value.
        value: the new one.

    Raises:
        KeyError: nothing stands there.
        ValueError: what stands there is no text or number on one line.
    """
    return _replaced(text, _scalar(_node(text, path), path), value)


def rename_key(text: str, path: Path, new: str) -> str:
    """Give an entry of a mapping another key, in the quotes that it had.

    Args:
        text: the file.
        path: keys and positions to the entry, its key last.
        new: the new key.

    Raises:
        KeyError: no such entry stands there.
        ValueError: the key does not stand on one line.
    """
    holder = _node(text, path[:-1])
    keys = [key for key, _ in _entries(holder) if key.value == path[-1]]
    if not keys:
        raise KeyError(dotted(path))
    return _replaced(text, _scalar(keys[0], path), new)


def add_first(text: str, path: Path, key: str, value: str) -> str:
    """Add an entry at the beginning of a mapping, in the style that the mapping has.

    Args:
        text: the file.
        path: keys and positions to the mapping.
        key: the new entry's key.
        value: its value.

    Raises:
        KeyError: nothing stands there.
        ValueError: what stands there is no mapping.
    """
    node = _node(text, path)
    if not isinstance(node, MappingNode):
        raise ValueError(f"{dotted(path)} is no mapping")  # noqa: TRY004 - of the text, not of an argument
    entry = f"{scalar(key)}: {scalar(value)}"
    if node.flow_style:
        at = node.start_mark.index + 1
        return text[:at] + entry + (", " if node.value else "") + text[at:]
    at, column = int(node.value[0][0].start_mark.index), int(node.value[0][0].start_mark.column)
    newline = "\r\n" if "\r\n" in text else "\n"
    return text[:at] + entry + newline + " " * column + text[at:]


def _replaced(text: str, node: ScalarNode, value: str) -> str:
    written = f"{node.style}{value}{node.style}" if node.style else scalar(value)
    return text[: node.start_mark.index] + written + text[node.end_mark.index :]


def _scalar(node: Node, path: Path) -> ScalarNode:
    if (
        not isinstance(node, ScalarNode)
        or node.style in {"|", ">"}
        or node.start_mark.line != node.end_mark.line
    ):
        raise ValueError(f"{dotted(path)} is no text or number on one line")
    return node


def _node(text: str, path: Path) -> Node:
    # The reader in Python: the one in C counts bytes where the file has other letters than ASCII.
    node = cast("Node", yaml.compose(text, Loader=yaml.SafeLoader))
    for part in path:
        if isinstance(part, int):
            below = node.value if isinstance(node, SequenceNode) else []
            found = below[part : part + 1]
        else:
            found = [value for key, value in _entries(node) if key.value == part]
        if not found:
            raise KeyError(dotted(path))
        node = found[0]
    return node


def _entries(node: Node) -> list[tuple[Node, Node]]:
    return node.value if isinstance(node, MappingNode) else []
