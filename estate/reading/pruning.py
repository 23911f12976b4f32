"""Leaving out what is wrong, and mending what is meant, so that the rest can still be checked.

Pydantic runs the rules of a model only when all its fields are valid. To report every mistake at
once, what is wrong is left out of a copy and the copy is checked again; this keeps account of what
was left out and translates list positions of the copy back to those of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from estate.model.rules import Path

ABSENT = object()
"""Stands for a value that is not there, because None may be one."""


class Pruned:
    """Data of a file without the paths that were left out, with others as they were meant."""

    def __init__(
        self, data: dict[str, Any], stand_ins: Mapping[str, Any], paths: Iterable[Path] = ()
    ) -> None:
        """Leave ``paths`` out of ``data``; a top-level key of ``stand_ins`` is replaced instead."""
        self._data = data
        self._stand_ins = stand_ins
        self.paths: set[Path] = set()
        self.read: set[Path] = set()
        """What stands in the rest as it was meant rather than as it is written."""
        self.mistyped: set[Path] = set()
        """What unknown keys were meant to be: it is not missing as well."""
        self._above: set[Path] = set()
        self.leave_out(paths)

    def covers(self, path: Path) -> bool:
        """Tell whether ``path`` or something above it was left out."""
        return any(path[:length] in self.paths for length in range(len(path) + 1))

    def touches(self, path: Path) -> bool:
        """Tell whether ``path``, something above it or something below it was left out."""
        return path in self._above or self.covers(path)

    def is_mistyped(self, path: Path) -> bool:
        """Tell whether an unknown key was meant to be ``path`` or something above it."""
        return any(path[:length] in self.mistyped for length in range(len(path) + 1))

    def may_hold(self, path: Path) -> bool:
        """Tell whether the data may say something at ``path`` that is not in the rest."""
        return self.touches(path) or self.is_mistyped(path)

    def holds(self, path: Path) -> bool:
        """Tell whether there is something at ``path`` that can still be left out."""
        if not path or self.covers(path):
            return False
        replaceable = len(path) == 1 and path[0] in self._stand_ins
        return replaceable or value_at(self._data, path) is not ABSENT

    def leave_out(self, paths: Iterable[Path]) -> None:
        """Leave ``paths`` out from now on."""
        for path in paths:
            self.paths.add(path)
            self._above.update(path[:length] for length in range(len(path)))

    def read_as(self, path: Path, value: Any) -> None:
        """Let ``value`` stand at ``path`` from now on."""
        self.read.add(path)
        self._data = _with(self._data, path, value)

    def value(self, path: Path) -> Any:
        """Return what stands at ``path``, as it was meant; :data:`ABSENT` when nothing does."""
        return value_at(self._data, path)

    def rest(self) -> dict[str, Any]:
        """Return what is left, a copy where it differs from the data and the data itself elsewhere."""
        rest: dict[str, Any] = _without(self._data, (), self.paths, self._above)
        replaced = {key: value for key, value in self._stand_ins.items() if (key,) in self.paths}
        return {**rest, **replaced}

    def original(self, path: Path) -> Path:
        """Translate a path in the rest to the path in the data."""
        translated: Path = ()
        for part in path:
            translated = (*translated, self._position(translated, part) if isinstance(part, int) else part)
        return translated

    def _position(self, items: Path, position: int) -> int:
        if items not in self._above:
            return position
        written = range(len(value_at(self._data, items)))
        kept = [original for original in written if (*items, original) not in self.paths]
        return kept[position] if position < len(kept) else position


def value_at(data: Any, path: Path) -> Any:
    """Return what stands at ``path`` in ``data``, :data:`ABSENT` when nothing does."""
    for part in path:
        in_list = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if not in_list and not (isinstance(data, dict) and part in data):
            return ABSENT
        data = data[part]
    return data


def _with(data: Any, path: Path, value: Any) -> Any:
    """Return ``data`` with another value at ``path``, where something stands; copied along the path."""
    if not path:
        return value
    part, *below = path
    if isinstance(data, list):
        return [_with(one, tuple(below), value) if at == part else one for at, one in enumerate(data)]
    return {**data, part: _with(data[part], tuple(below), value)}


def _without(data: Any, path: Path, paths: set[Path], above: set[Path]) -> Any:
    if path not in above:
        return data
    if isinstance(data, dict):
        entries = ((key, value, (*path, key)) for key, value in data.items())
        return {key: _without(value, at, paths, above) for key, value, at in entries if at not in paths}
    items = ((value, (*path, position)) for position, value in enumerate(data))
    return [_without(value, at, paths, above) for value, at in items if at not in paths]
