"""One gkectl file: its values by type, and the account of what became of each of them.

gkectl reads its files as Go reads JSON, so keys are found whatever their case, and a word such as `yes`
is what YAML 1.1 makes of it where true or false is meant; where text is meant, what stands there is text.
An empty value is one that nobody filled in. Left out: what the values mean, and credentials: a path to
them is a text like any other, and nothing here opens it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from estate.model.rules import Path
from estate.reading.paths import leaves, printable, quoted, shortened
from estate.reading.problems import Problem
from estate.reading.wording import is_secret, surprise
from estate.reading.yaml_scalars import Surprise
from estate.reading.yaml_source import Source

T_co = TypeVar("T_co", covariant=True)

_EMPTY: tuple[Any, ...] = (None, "", [], {})
_LINE_END = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_REMARK = re.compile(r"[ \t]+#+[ \t]*(\S.*?)[ \t]*")


class Leaf(NamedTuple):
    """A value of a file that became nothing.

    Attributes:
        path: where it stands.
        value: what stands there.
        why: why it became nothing and what to do; None when nobody has said.
    """

    path: Path
    value: Any
    why: str | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody filled it in."""
        return self.value in _EMPTY


@dataclass(frozen=True)
class Field(Generic[T_co]):
    """A place in a file, and what stands there.

    Attributes:
        value: the value; None when nothing stands there, or something that is wrong and reported.
        document: the file.
        path: the place, with the keys as the file writes them.
    """

    value: T_co | None
    document: Document
    path: Path

    def use(self) -> T_co | None:
        """The value, which from now on counts as carried over."""
        if self.value is not None:
            self.document.carry(self.path)
        return self.value

    @property
    def remark(self) -> str:
        """What a person wrote behind the value, on its line."""
        return self.document.remark(self.path) if self.value is not None else ""

    def problem(self, message: str) -> None:
        """Report what is wrong with it."""
        self.document.problem(self.path, message)


class Document:
    """One file.

    Attributes:
        name: the file as messages name it.
        problems: what is wrong in it, as far as it was asked for.
    """

    def __init__(self, source: Source, text: str) -> None:
        self.name = source.display
        self.problems: list[Problem] = []
        self._source = source
        self._lines = _LINE_END.split(text)
        self._carried: set[Path] = set()
        self._left_out: dict[Path, str] = {}

    def text(self, *keys: str | int) -> Field[str]:
        """A text."""
        path, value = self._find(keys)
        if isinstance(value, dict | list) and value:
            self.problem(path, f"must be text, got {_kind(value)}")
            return Field(None, self, path)
        if value in _EMPTY:
            return Field(None, self, path)
        return Field(value if isinstance(value, str) else self._source.written(path), self, path)

    def whole(self, *keys: str | int) -> Field[int]:
        """A whole number."""
        path, value = self._find(keys)
        if isinstance(value, Surprise):
            self.problem(path, surprise(value, "int_type", hidden=False))
        elif value not in _EMPTY and type(value) is not int:
            self.problem(path, f"must be a whole number, got {self._shown(path, value)}")
        return Field(value if type(value) is int else None, self, path)

    def flag(self, *keys: str | int) -> Field[bool]:
        """True or false."""
        path, value = self._find(keys)
        if isinstance(value, Surprise) and value.plain in {"true", "false"}:
            value = value.plain == "true"
        if value not in _EMPTY and not isinstance(value, bool):
            self.problem(path, f"must be true or false, got {self._shown(path, value)}")
        return Field(value if isinstance(value, bool) else None, self, path)

    def texts(self, *keys: str | int) -> list[Field[str]]:
        """The texts of a list, without those that are empty."""
        path, _ = self._find(keys)
        found = [self.text(*path, position) for position in range(self._length(path))]
        return [one for one in found if one.value is not None]

    def entries(self, *keys: str | int) -> list[Path]:
        """Paths of the mappings in a list."""
        path, _ = self._find(keys)
        paths = [(*path, position) for position in range(self._length(path))]
        for one in paths:
            _, value = self._find(one)
            if not isinstance(value, dict):
                self.problem(one, f"must be a mapping (key: value), got {self._shown(one, value)}")
        return [one for one in paths if isinstance(self._find(one)[1], dict)]

    def keys(self, *keys: str | int) -> list[str]:
        """The keys of a mapping, as written."""
        path, value = self._find(keys)
        if value not in _EMPTY and not isinstance(value, dict):
            self.problem(path, f"must be a mapping (key: value), got {self._shown(path, value)}")
        return list(value) if isinstance(value, dict) else []

    def place(self, *keys: str | int) -> Field[Any]:
        """A place as a whole; its value is true when something stands there."""
        path, value = self._find(keys)
        return Field(None if value in _EMPTY else True, self, path)

    def carry(self, path: Path) -> None:
        """Say that the value at ``path`` was carried over."""
        self._carried.add(path)

    def leave_out(self, why: str, *keys: str | int) -> None:
        """Say why what stands there, and all below it, is not carried over."""
        path, _ = self._find(keys)
        self._left_out[path] = why

    def remark(self, path: Path) -> str:
        """The comment behind the value at ``path`` on its line; "" when there is none, or it may be secret."""
        line, column = self._source.position(path)
        written = self._source.written(path)
        if not written or _LINE_END.search(written):
            return ""
        found = _REMARK.fullmatch(self._lines[line - 1][column - 1 + len(written) :])
        return printable(found[1]) if found and not is_secret((found[1],)) else ""

    def position(self, path: Path) -> tuple[int, int]:
        """Line and column of the value at ``path``, or of what is nearest to it."""
        return self._source.position(path)

    def problem(self, path: Path, message: str) -> None:
        """Report what is wrong at ``path``."""
        self.problems.append(self.word(path, message))

    def word(self, path: Path, message: str) -> Problem:
        """Say what is wrong at ``path``, for others to report."""
        return self._source.problem(path, message)

    def leaves(self) -> Iterator[Leaf]:
        """Every value that was not carried over, in the order of the file."""
        for path, value in leaves(self._source.data):
            if path not in self._carried:
                above = (path[:length] for length in range(len(path), -1, -1))
                why = next((self._left_out[place] for place in above if place in self._left_out), None)
                yield Leaf(path, value.written if isinstance(value, Surprise) else value, why)

    def _find(self, keys: Sequence[str | int]) -> tuple[Path, Any]:
        """The path as the file writes it, and what stands there; None when nothing does."""
        path: Path = ()
        value: Any = self._source.data
        for key in keys:
            if isinstance(value, dict) and isinstance(key, str):
                written = key if key in value else _same(key, value)
                path, value = (*path, written), value.get(written)
            else:
                there = isinstance(value, list) and isinstance(key, int)
                path, value = (*path, key), value[key] if there else None
        return path, value

    def _length(self, path: Path) -> int:
        _, value = self._find(path)
        if value not in _EMPTY and not isinstance(value, list):
            self.problem(path, f"must be a list, got {self._shown(path, value)}")
        return len(value) if isinstance(value, list) else 0

    def _shown(self, path: Path, value: Any) -> str:
        if isinstance(value, dict | list):
            return _kind(value)
        if value is None:
            return "nothing"
        return quoted(value) if isinstance(value, str) else shortened(self._source.written(path))


def _same(key: str, mapping: dict[str, Any]) -> str:
    """The key of the mapping that differs from ``key`` in case only; ``key`` itself when there is none."""
    return next((written for written in mapping if written.lower() == key.lower()), key)


def _kind(value: Any) -> str:
    return "a mapping" if isinstance(value, dict) else "a list"
