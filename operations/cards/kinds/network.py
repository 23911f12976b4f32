"""The Shared VPC."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.google.network import NetworkConfig
from estate.model.public_space import public_addresses
from operations.cards.card import Card, Entity, Weight, row
from operations.texts.counting import count


def _summary(entity: Entity[NetworkConfig]) -> str:
    access = entity.config.private_google_access
    nat = "no way to the internet" if entity.config.nat is None else "Cloud NAT"
    return f"Google's APIs at {access.cidr} ({access}), {nat}"


def _warnings(entity: Entity[NetworkConfig]) -> Iterator[tuple[Weight, str]]:
    network, environment = entity.config, entity.environment
    if environment.google and environment.google.gke_clusters and network.nat is None:
        yield Weight.BROKEN, "google.network has no nat: nodes reach Google's registries and no other"
    public = public_addresses(network.onprem_prefixes)
    if public:
        yield (
            Weight.EXPOSED,
            f"google.network.onprem_prefixes holds {count(public, 'public address', 'public addresses')}, which are let in like "
            "the data centers' own",
        )
    if environment.vmware and not network.onprem_prefixes:
        yield (
            Weight.BROKEN,
            "google.network.onprem_prefixes is empty: on-prem clusters and those in Google Cloud do not reach each other",
        )


CARD = Card(
    path="google.network",
    models=(NetworkConfig,),
    noun="Shared VPC",
    rows=row(_summary),
    warnings=_warnings,
    constructs={"HostNetwork": "host network", "PrivateDns": "private DNS", "DnsPolicy": "DNS policy"},
    stateful={"google_compute_network": "with it goes everything that stands in it"},
)
