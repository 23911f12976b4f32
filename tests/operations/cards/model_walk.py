"""Finds in the model what is an entity: a map of models, or a model that a file may leave out.

A required one is a part of what it stands in, or every file that stands would be wrong from its day on; what stands
in a sequence has no key, and is a part too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from estate.model.base import Model
from operations.cards.card import Card


@dataclass
class Place:
    """Where models stand in a file: their classes, and whether they are entities by their shape."""

    models: set[type[Model]] = field(default_factory=set)
    is_entity: bool = False


def places(model: type[Model], path: str = "") -> dict[str, Place]:
    """Every place below a model by its dotted path, with a star for each key of a map."""
    found: dict[str, Place] = defaultdict(Place)
    for name, one in model.model_fields.items():
        for class_, star in _classes(one.annotation):
            here = f"{path}.{name}{star}".removeprefix(".")
            found[here].models.add(class_)
            found[here].is_entity |= bool(star) or one.default is None
            for below, place in places(class_, here).items():
                found[below].models |= place.models
                found[below].is_entity |= place.is_entity
    return found


def _classes(annotation: Any) -> Iterator[tuple[type[Model], str]]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _classes(arguments[0])
    elif origin in (Union, UnionType):
        for one in arguments:
            yield from _classes(one)
    elif origin is dict:
        for class_, _ in _classes(arguments[1]):
            yield class_, ".*"
    elif isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation, ""


def fits(path: str, place: str) -> bool:
    """Whether a card's path is that of a place: a star stands for any one step."""
    steps, there = path.split("."), place.split(".")
    return len(steps) == len(there) and all(
        step in ("*", one) for step, one in zip(steps, there, strict=True)
    )


def without_a_card(found: dict[str, Place], cards: Sequence[Card[Any]]) -> Iterator[str]:
    """Say which entity has no card, or several."""
    for path, place in found.items():
        own = [card.path for card in cards if fits(card.path, path)]
        if len(own) > 1:
            yield f"{path} has {len(own)} cards, {', '.join(own)}; leave it one"
        elif place.is_entity and not own and not _is_part(path, cards):
            yield (
                f"{path} has no card, so no table knows it; write one in operations/cards/kinds/ and list it in "
                "operations/cards/registry.py, or name it in parts of the card that it belongs to"
            )


def _is_part(path: str, cards: Sequence[Card[Any]]) -> bool:
    steps = path.split(".")
    for card in cards:
        length = len(card.path.split("."))
        if fits(card.path, ".".join(steps[:length])) and steps[length : length + 1] in [
            [one] for one in card.parts
        ]:
            return True
    return False
