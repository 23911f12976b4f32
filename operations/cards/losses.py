"""What goes with a resource that is destroyed, where its name does not say it."""

from __future__ import annotations

from operations.cards.registry import CARDS

_LOSSES = {type_: lost for card in CARDS for type_, lost in card.stateful.items()}


def loss(address: str) -> str:
    """What goes with the resource at ``address``, to be added to a sentence; empty when nothing else does."""
    lost = _LOSSES.get(address.split(".", maxsplit=1)[0])
    return f": {lost}" if lost else ""
