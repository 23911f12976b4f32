"""One YAML file a person wrote, as plain data that knows where each value stands.

Files hold literals only: no anchors, tags or second document, and no text that Terraform would evaluate. Left out: what the values
should be, which is the model's; see :mod:`estate.reading.loader`.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from estate.model.rules import Path
from estate.reading.paths import dotted, printable
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_nodes import Node
from estate.reading.yaml_scalars import Surprise
from estate.reading.yaml_tree import build

MAX_BYTES = 1024 * 1024
"""A hundred times the largest environment; a larger file was named by mistake."""

# https://yaml.org/spec/1.2.2/#51-character-set
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OTHER_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)


@dataclass(frozen=True)
class Source:
    """What one file holds.

    Attributes:
        display: the file as messages name it.
        data: the top-level mapping: dict, list, str, int, float, bool, None and, for scalars that
            YAML readers disagree about, :class:`estate.reading.yaml_scalars.Surprise`.
        refused: paths whose content is unknown because it was written in a way that is refused.
        surprises: the scalars that YAML readers disagree about, by path.
        text: the file as it is written, comments included.
    """

    display: str
    data: dict[str, Any]
    root: Node
    refused: frozenset[Path] = frozenset()
    surprises: Mapping[Path, Surprise] = field(default_factory=dict)
    text: str = ""

    def position(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column, 1-based, of the value at ``path``, or of its key.

        A path that goes deeper than the file gives the place of its nearest ancestor there.
        """
        node, found = self._node(path)
        if node.key and (key or not found):
            return node.key
        return node.line, node.column

    def problem(self, path: Path, message: str, *, key: bool = False) -> Problem:
        """What is wrong with the value at ``path``, or with its key."""
        return Problem(self.display, *self.position(path, key=key), dotted(path), printable(message))

    def written(self, path: Path) -> str:
        """Return the scalar at ``path`` exactly as written, quotes included; "" for anything else."""
        node, found = self._node(path)
        return node.written if found else ""

    def _node(self, path: Path) -> tuple[Node, bool]:
        node = self.root
        for part in path:
            if part not in node.children:
                return node, False
            node = node.children[part]
        return node, True


def empty_source(display: str) -> Source:
    """Return the source of a file that holds nothing."""
    return Source(display, {}, Node({}, 1, 1, None, ""))


def read(path: FilePath, display: str, *, may_be_empty: bool = False) -> Source:
    """Read the YAML file at ``path``, which messages name ``display``.

    Args:
        path: the file.
        display: how messages name it.
        may_be_empty: whether a file without content stands for an empty mapping.

    Raises:
        InvalidInput: it cannot be read, is not YAML or is more than literals; all reasons at once.
    """
    source, problems = examine(path, display, may_be_empty=may_be_empty)
    if source is None or problems:
        raise InvalidInput(problems)
    return source


def examine(
    path: FilePath, display: str, *, may_be_empty: bool = False, is_ours: bool = True
) -> tuple[Source | None, list[Problem]]:
    """Read like :func:`read`, but return what can be had of the file beside the problems in it.

    Args:
        path: the file.
        display: how messages name it.
        may_be_empty: whether a file without content stands for an empty mapping.
        is_ours: whether it is a file of this project's; what others wrote may hold a secret, and is read all the same.

    Returns:
        The source, None when the file's content is unknown; and the problems, in order of the file.
    """
    text, problem = text_of(path, display)
    return (None, [problem]) if problem else parse(display, text, may_be_empty=may_be_empty, is_ours=is_ours)


def parse(
    display: str, text: str, *, may_be_empty: bool = False, is_ours: bool = True
) -> tuple[Source | None, list[Problem]]:
    """Read ``text`` as :func:`examine` reads the file that has it."""
    tree = build(display, text, is_ours=is_ours)
    if tree.empty and may_be_empty:
        return empty_source(display), []
    if tree.empty:
        return None, [Problem.of_file(display, "is empty; must hold a mapping (key: value)")]
    source = None
    if tree.root:
        source = Source(display, tree.root.data, tree.root, frozenset(tree.refused), tree.surprises, text)
    return source, sorted(tree.problems)


def text_of(path: FilePath, display: str) -> tuple[str, Problem | None]:
    """The text of the file at ``path``, or what keeps it from being read as text."""
    content, message = _content(path)
    if message:
        return "", Problem.of_file(display, message)
    for mark, encoding in _OTHER_ENCODINGS:
        if content.startswith(mark):
            return "", Problem.of_file(display, f"is {encoding} text; save it as UTF-8")
    if b"\0" in content:
        at = content.index(b"\0")
        return "", Problem.of_file(display, f"is binary (zero byte at offset {at}); must be YAML in UTF-8")
    try:
        text = content.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = _place(content[: error.start].decode())
        byte = f"byte 0x{content[error.start]:02x} at offset {error.start}"
        return "", Problem(display, line, column, "", f"is not UTF-8 text ({byte}); save it as UTF-8")
    found = _NOT_TEXT.search(text)
    if found:
        line, column = _place(text[: found.start()])
        control = f"U+{ord(found.group()):04X}"
        return "", Problem(display, line, column, "", f"has the control character {control}; delete it")
    return text, None


def _content(path: FilePath) -> tuple[bytes, str]:
    """Return the file's bytes, or why they cannot be had."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = next((name for is_kind, name in _KINDS if is_kind(status.st_mode)), "a device")
            return b"", f"is {kind}; must be a file"
        if status.st_size > MAX_BYTES:
            return b"", _too_large(status.st_size)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return b"", "does not exist"
    except OSError as error:
        return b"", f"cannot be read: {(error.strerror or str(error)).lower()}"
    return content, _too_large(len(content)) if len(content) > MAX_BYTES else ""


def _too_large(size: int) -> str:
    return f"is too large, {size / MAX_BYTES:.1f} MiB; at most 1 MiB is read, is this the right file?"


def _place(before: str) -> tuple[int, int]:
    """Return line and column of what follows ``before``."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
