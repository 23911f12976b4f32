"""People who administer clusters past all groups, until a day."""

from __future__ import annotations

from estate.model.access.break_glass import BreakGlass
from operations.cards.card import Card

CARD = Card(
    path="organization.break_glass.*",
    models=(BreakGlass,),
    noun="break glass",
    collections={"BreakGlass": "break glass"},
)
