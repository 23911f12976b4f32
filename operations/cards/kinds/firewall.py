"""What comes into the Shared VPC: openings that the file says, and those that follow from it."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.allows import allows
from estate.model.google.firewall import FirewallConfig
from estate.model.public_space import public_addresses
from operations.cards.card import Card, Entity, Weight
from operations.texts.counting import count


def _rows(entity: Entity[FirewallConfig]) -> Iterator[tuple[str, str]]:
    for allow in allows(entity.environment):
        where = ", ".join(f"nodes of {cluster}" for cluster in allow.clusters) or "every machine"
        sources = ", ".join(map(str, allow.sources))
        path = f"allows.{allow.key}" if allow.key in entity.config.allows else ""
        yield path, f"{sources} to {where}, {', '.join(allow.ports)}: {allow.why}"


def _warnings(entity: Entity[FirewallConfig]) -> Iterator[tuple[Weight, str]]:
    for key, allow in entity.config.allows.items():
        public = public_addresses(allow.sources)
        if public:
            ports = ", ".join(allow.ports)
            yield (
                Weight.EXPOSED,
                f"google.network.firewall.allows.{key} lets in {count(public, 'public address', 'public addresses')} at {ports}",
            )


CARD = Card(
    path="google.network.firewall",
    models=(FirewallConfig,),
    noun="opening",
    parts=("allows",),
    rows=_rows,
    warnings=_warnings,
    collections={"Allows": "rule"},
)
