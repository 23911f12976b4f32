"""What an environment contains, as rows for a table and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from estate.model.estate import Estate
from operations.cards.card import Card
from operations.cards.registry import entities


@dataclass(frozen=True)
class Content:
    """One entity of an environment.

    Attributes:
        path: where in the file it stands.
        entity: what it is, in the providers' words.
        summary: what a person wants to know of it at a glance.
    """

    path: str
    entity: str
    summary: str


def contents(estate: Estate, name: str) -> Iterator[Content]:
    """Yield every row of an environment, in the order of the cards."""
    for card, entity in entities(estate, name):
        for below, summary in card.rows(entity):
            yield Content(".".join(filter(None, (_path(card, entity.keys), below))), card.noun, summary)


def _path(card: Card[Any], keys: tuple[str, ...]) -> str:
    left = iter(keys)
    return ".".join(next(left) if step == "*" else step for step in card.path.split("."))
