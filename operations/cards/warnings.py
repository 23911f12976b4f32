"""What is allowed and yet worth saying aloud, per environment."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from estate.model.estate import Estate
from operations.cards.backups import backup_warnings
from operations.cards.card import Weight
from operations.cards.protection import protection_warnings
from operations.cards.registry import entities
from operations.cards.sharing import sharing_warnings


def all_warnings(estate: Estate, name: str) -> Iterator[str]:
    """Yield the warnings of one environment as sentences without a final period, the weightiest first.

    Of equal weight, those about an entity come in the order of the cards, those about what is shared last.
    """
    said = [
        *_warnings(estate, name),
        *protection_warnings(estate.environments[name]),
        *backup_warnings(estate.environments[name]),
        *sharing_warnings(estate, name),
    ]
    yield from (text for _, text in sorted(said, key=itemgetter(0)))


def _warnings(estate: Estate, name: str) -> Iterator[tuple[Weight, str]]:
    for card, entity in entities(estate, name):
        yield from card.warnings(entity)
