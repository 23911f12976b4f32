"""What is renamed: one entry of a map whose keys people choose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Final

from pydantic import BaseModel

from estate.model.environment import Environment
from estate.model.organization import Organization
from estate.model.rules import Path
from estate.reading.declared import fields_by_key, locate
from estate.reading.estate_folder import ORGANIZATION
from estate.reading.paths import did_you_mean, dotted, nearest, quoted, shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.pruning import value_at
from estate.reading.yaml_source import Source, read
from operations.files.yaml_text import read_exactly

# A key in brackets may hold anything, as messages write it: organization.teams["a.b"].
_PART: Final = re.compile(r'\.?(?P<plain>[^.\[\]"]+)|\["(?P<quoted>[^"]*)"\]')


@dataclass(frozen=True)
class Target:
    """An entry of a map and the file around it.

    Attributes:
        stem: the environment, or organization.
        file: its file.
        source: what the file holds.
        text: the same as written.
        path: keys to the entry, its own last.
        new: the key to come.
    """

    stem: str
    file: FilePath
    source: Source
    text: str
    path: Path
    new: str

    @property
    def old(self) -> str:
        """The key that goes."""
        return str(self.path[-1])

    @property
    def new_path(self) -> Path:
        """Keys to the entry from now on."""
        return (*self.path[:-1], self.new)

    @property
    def entry(self) -> Any:
        """What the file says at the entry."""
        return value_at(self.source.data, self.path)

    @property
    def model(self) -> type[BaseModel]:
        """What the file is checked against."""
        return _model(self.stem)

    @property
    def fields(self) -> frozenset[str]:
        """Keys that the entry may have."""
        place = locate(self.model, self.path)
        models = [one.type for one in place.declared if _is_model(one.type)]
        return frozenset(key for model in models for key in fields_by_key(model))

    def problem(self, message: str) -> Problem:
        """A problem with the entry."""
        return self.source.problem(self.path, message, key=True)


def find_target(folder: FilePath, names: list[str], words: str, new: str) -> Target:
    """Find what is to be renamed.

    Args:
        folder: the folder of the environment files.
        names: the environments.
        words: ENV:dotted.path, or organization:dotted.path.
        new: the key to come.

    Raises:
        InvalidInput: there is no such file or entry, its key is not a person's choice, or the new key is
            taken.
    """
    stem, _, tail = words.partition(":")
    path = _parsed(tail)
    files = [*names, ORGANIZATION]
    if not path or stem not in files:
        suggestion = nearest(stem, files)
        meant = f"; did you mean {suggestion}:{tail}?" if path and suggestion else ""
        message = f"must be ENV:PATH such as {names[0]}:vmware.user_clusters.apps, got {quoted(words)}{meant}"
        raise InvalidInput.of_file("PATH", message)
    file = folder / f"{stem}.yaml"
    target = Target(stem, file, read(file, shown(file)), read_exactly(file), path, new)
    problems = list(_problems(target))
    if problems:
        raise InvalidInput(problems)
    return target


def _parsed(text: str) -> Path:
    parts, place = [], 0
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            return ()
        parts.append(part["plain"] or part["quoted"])
        place = part.end()
    return tuple(parts)


def _problems(target: Target) -> Iterator[Problem]:
    for length in range(1, len(target.path) + 1):
        holder = value_at(target.source.data, target.path[: length - 1])
        there = [str(key) for key in holder] if isinstance(holder, dict) else []
        part = str(target.path[length - 1])
        if part not in there:
            above = dotted(target.path[: length - 1]) or "the file"
            if length == len(target.path) and target.new in there:
                message = f"{above} has no {part}, and {target.new} is there; it was renamed already"
            else:
                message = f"{above} has no {part}{did_you_mean(part, there)} (there are: {', '.join(there) or 'none'})"
            yield Problem.of_file(target.source.display, message, dotted(target.path))
            return
    if locate(target.model, target.path).owners:
        yield target.problem(
            "is a key of the model and not a name that somebody chose; name an entry of a map"
        )
    elif target.new in value_at(target.source.data, target.path[:-1]):
        yield target.problem(f"cannot become {target.new}, which stands there already; choose another key")


def _model(stem: str) -> type[BaseModel]:
    return Organization if stem == ORGANIZATION else Environment


def _is_model(type_: Any) -> bool:
    return isinstance(type_, type) and issubclass(type_, BaseModel)
