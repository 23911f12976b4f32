"""What a model declares at the place of an error: types, bounds, words, neighbouring keys.

Pydantic's errors name a place but not what was declared there. This walks the annotations along the
place; that runs only when there is an error to word. Renaming a key asks for every place at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator, Tag
from pydantic.fields import FieldInfo

from estate.model.descriptions import descriptions
from estate.model.rules import Path

STAR = "*"
"""Any key or position, in a path."""

ON_KEY = "[key]"
"""Pydantic's mark at the end of a place: the key is meant and not the value."""


@dataclass(frozen=True)
class Declared:
    """One type that may stand at a place, with what its ``Annotated`` says beside it."""

    type: Any
    metadata: tuple[Any, ...] = ()
    tag: str | None = None


@dataclass(frozen=True)
class Place:
    """A place in a model.

    Attributes:
        path: keys and positions in the data, without what pydantic mixes in of its own.
        on_key: whether the key at ``path`` is meant rather than its value.
        declared: the types that may stand there; empty when the model does not know the place.
        owners: the models of which the last part of ``path`` is, or would be, a field.
        relatives: the other models that could stand instead of the owners, in a union.
        choosers: what decides between owners and relatives, given their data.
    """

    path: Path
    on_key: bool
    declared: tuple[Declared, ...]
    owners: tuple[type[BaseModel], ...]
    relatives: tuple[type[BaseModel], ...]
    choosers: tuple[Callable[[Any], Any], ...] = ()

    @property
    def description(self) -> str:
        """What the model says of the field at the place, nothing when it is an entry of a map or list."""
        key = str(self.path[-1])
        said = (descriptions_by_key(owner).get(key) for owner in self.owners)
        return next((text for text in said if text), "")

    @property
    def metadata(self) -> Iterator[Any]:
        """Everything that ``Annotated`` says at the place."""
        for declared in self.declared:
            yield from declared.metadata


def locate(model: type[BaseModel], location: Sequence[str | int], *, unknown_key: bool = False) -> Place:
    """Follow pydantic's ``location`` into ``model``.

    Args:
        model: where the location begins.
        location: ``loc`` of an error; tags and other labels of pydantic's own in it are left out.
        unknown_key: whether the last part is a key that the model does not know.
    """
    here: tuple[Declared, ...] = (Declared(model),)
    siblings = before = before_siblings = here
    path: Path = ()
    for position, part in enumerate(location):
        if part == ON_KEY and position == len(location) - 1:
            maps = (get_args(one.type) for one in before if _is(one.type, Mapping))
            keys = tuple(found for key, _ in maps for found in _flat(key))
            return Place(path, on_key=True, declared=keys, owners=(), relatives=())
        tagged = tuple(declared for declared in here if declared.tag == part)
        if tagged:
            here = tagged
            continue
        below = tuple(found for declared in here for found in _below(declared.type, part))
        last = unknown_key and position == len(location) - 1
        if below or last or not here:
            path = (*path, part)
            before, before_siblings = here, siblings
            here = siblings = below
    owners = _models(before)
    relatives = tuple(other for other in _models(before_siblings) if other not in owners)
    return Place(
        path, on_key=False, declared=here, owners=owners, relatives=relatives, choosers=_choosers(before)
    )


@dataclass(frozen=True)
class Leaf:
    """A place that holds a value, or the keys of a map.

    Attributes:
        path: keys to it, with stars.
        on_key: whether the key at the end of ``path`` is meant rather than its value.
        declared: what may stand there.
        default: what stands for it when it is absent; None where nothing does.
    """

    path: Path
    on_key: bool
    declared: Declared
    default: Any = None


def leaves(model: type[BaseModel], at: Path = ()) -> Iterator[Leaf]:
    """Every place in ``model`` that holds a value, and every map's keys."""
    for key, field in fields_by_key(model).items():
        for one in _flat(field.annotation, tuple(field.metadata)):
            yield from _leaves(one, (*at, key), field.default)


def _leaves(declared: Declared, at: Path, default: Any = None) -> Iterator[Leaf]:
    arguments = get_args(declared.type)
    if isinstance(declared.type, type) and issubclass(declared.type, BaseModel):
        yield from leaves(declared.type, at)
    elif _is(declared.type, Mapping):
        yield from (Leaf((*at, STAR), True, one) for one in _flat(arguments[0]))  # noqa: FBT003 - on the key
        yield from (leaf for one in _flat(arguments[1]) for leaf in _leaves(one, (*at, STAR)))
    elif _is(declared.type, Sequence, AbstractSet):
        yield from (leaf for one in _flat(arguments[0]) for leaf in _leaves(one, (*at, STAR)))
    else:
        yield Leaf(at, False, declared, default)  # noqa: FBT003 - the value


def fields_by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of ``model`` by the key that stands for them in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def descriptions_by_key(model: type[BaseModel]) -> dict[str, str]:
    """Return what ``model`` says of its fields, by the key that stands for them in a file."""
    said = descriptions(model)
    return {field.alias or name: said.get(name, "") for name, field in model.model_fields.items()}


def _models(declared: Iterable[Declared]) -> tuple[type[BaseModel], ...]:
    return tuple(
        one.type for one in declared if isinstance(one.type, type) and issubclass(one.type, BaseModel)
    )


def _choosers(declared: Iterable[Declared]) -> tuple[Callable[[Any], Any], ...]:
    found = (
        beside.discriminator
        for one in declared
        for beside in one.metadata
        if isinstance(beside, Discriminator)
    )
    return tuple(dict.fromkeys(one for one in found if callable(one)))


def _below(annotation: Any, part: str | int) -> Iterator[Declared]:
    arguments = get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = fields_by_key(annotation).get(str(part))
        if field:
            yield from _flat(field.annotation, tuple(field.metadata))
    elif _is(annotation, Mapping) and isinstance(part, str):
        yield from _flat(arguments[1])
    elif _is(annotation, Sequence, AbstractSet) and isinstance(part, int):
        fixed = _is(annotation, tuple) and arguments[-1] is not ...
        yield from _flat(arguments[min(part, len(arguments) - 1)] if fixed else arguments[0])


def _is(annotation: Any, *kinds: type) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, kinds)


def _flat(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[Declared]:
    """Take ``Annotated`` and unions apart; what stands at the union goes with each member."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *beside = get_args(annotation)
        yield from _flat(inner, (*metadata, *beside))
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _flat(member, metadata)
    elif annotation is not NoneType:
        tag = next((one.tag for one in metadata if isinstance(one, Tag)), None)
        yield Declared(annotation, metadata, tag)
