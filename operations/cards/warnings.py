"""What is allowed and yet worth saying aloud, per environment."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.estate import Estate
from operations.cards.registry import entities
from operations.cards.sharing import sharing_warnings


def all_warnings(estate: Estate, name: str) -> Iterator[str]:
    """Yield the warnings of one environment, those about what it shares with others last."""
    yield from warnings(estate, name)
    yield from sharing_warnings(estate, name)


def warnings(estate: Estate, name: str) -> Iterator[str]:
    """Yield each warning about an entity as a sentence without a final period, in the order of the cards."""
    for card, entity in entities(estate, name):
        yield from card.warnings(entity)
