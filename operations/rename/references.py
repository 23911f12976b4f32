"""Where a file names an entry of a map by its key.

The model says so beside each such text (:class:`estate.model.key_of.KeyOf`), so there is no list to keep here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from estate.model.key_of import KeyOf
from estate.model.rules import Path
from estate.reading.declared import STAR, leaves
from estate.reading.pruning import value_at
from operations.files.yaml_values import add_first, rename_key, replace_value
from operations.rename.target import Target


@dataclass(frozen=True)
class Reference:
    """A place that holds another's key.

    Attributes:
        path: where; a star stands for any key or position.
        maps: where the entries stand whose keys are meant.
        is_key: whether the key at the end of the path is it, rather than the value.
        default: what stands for the value when there is none.
    """

    path: Path
    maps: tuple[Path, ...]
    is_key: bool
    default: Any = None


def references(model: type[BaseModel]) -> Iterator[Reference]:
    """Every place in a file of ``model`` that holds another's key."""
    for leaf in leaves(model):
        for mark in leaf.declared.metadata:
            if isinstance(mark, KeyOf):
                yield Reference(leaf.path, mark.maps, leaf.on_key, leaf.default)


def renamed_text(target: Target) -> tuple[str, list[Path]]:
    """The text of the file with the new key, and where else it stands in it now.

    Raises:
        ValueError: something is written over several lines.
    """
    data, text = target.source.data, target.text
    keys, values, absent = [target.path], [], []
    # An entry that has another's key for its own is renamed with it, and so is what names that entry.
    for path in keys:
        for reference in _references_to(target, path):
            for place in places(data, reference.path):
                if reference.is_key and place[-1] == target.old and place not in keys:
                    keys.append(place)
                elif not reference.is_key and value_at(data, place) == target.old:
                    values.append(place)
            if reference.default == target.old:
                *above, field = reference.path
                absent += [
                    (*place, field)
                    for place in places(data, tuple(above))
                    if field not in value_at(data, place)
                ]
    for path in values:
        text = replace_value(text, path, target.new)
    for *above, field in absent:
        text = add_first(text, tuple(above), str(field), target.new)
    for path in sorted(keys, key=len, reverse=True):
        text = rename_key(text, path, target.new)
    return text, [*((*path[:-1], target.new) for path in keys[1:]), *values, *absent]


def _references_to(target: Target, path: Path) -> Iterator[Reference]:
    for reference in references(target.model):
        if path[:-1] in reference.maps:
            yield reference


def places(data: Any, pattern: Path, at: Path = ()) -> Iterator[Path]:
    """Every path in the data that a pattern fits."""
    if not pattern:
        yield at
        return
    below = data if isinstance(data, dict) else dict(enumerate(data)) if isinstance(data, list) else {}
    for key in below if pattern[0] == STAR else pattern[:1]:
        if key in below:
            yield from places(below[key], pattern[1:], (*at, key))
