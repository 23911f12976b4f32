"""What a person has to do once for an environment, because Terraform cannot: ``hybrid prerequisites``.

Source: https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/minimal-infrastructure.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.estate import Estate
from operations.cards.registry import entities


def prerequisites(estate: Estate, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each step with the commands to run, in order."""
    steps = [step for card, entity in entities(estate, name) for step in card.steps(entity)]
    for step in sorted(steps, key=lambda step: step.turn):
        yield step.what, step.commands
