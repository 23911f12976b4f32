"""What has to be there, and what a person does once for an environment, because Terraform cannot: ``hybrid prerequisites``.

Each kind of entity says its own on its card, so that everything follows from the content; this puts them in order, with what is
to be deleted of what entries release, which no content shows any more.
"""

from __future__ import annotations

from estate.model.estate import Estate
from operations.cards.card import Step
from operations.cards.registry import entities
from operations.cards.steps.released import released_steps


def prerequisites(estate: Estate, name: str) -> list[Step]:
    """Every step of an environment in the order of its turns, and within one in the order of the file's sections."""
    steps = [step for card, entity in entities(estate, name) for step in card.steps(entity)]
    return sorted([*steps, *released_steps(estate, name)], key=lambda step: step.turn)
