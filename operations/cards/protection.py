"""What Terraform destroys without asking where nothing is protected, said once."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.environment import Environment
from operations.cards.card import Weight


def protection_warnings(environment: Environment) -> Iterator[tuple[Weight, str]]:
    """Yield one warning with its weight where `deletion_protection` is off."""
    if environment.deletion_protection:
        return
    clusters = [one.key for one in environment.clusters]
    others = f", and clusters ({', '.join(clusters)}) with their etcd" if clusters else ""
    yield (
        Weight.LOST,
        f"deletion_protection is off: Terraform destroys keys, networks and gateways without asking{others}",
    )
