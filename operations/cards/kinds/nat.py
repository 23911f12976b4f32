"""Cloud NAT, which the Shared VPC's row tells of."""

from __future__ import annotations

from estate.model.google.nat import NatConfig
from operations.cards.card import Card

CARD = Card(
    path="google.network.nat",
    models=(NatConfig,),
    noun="Cloud NAT",
    collections={"Addresses": "address"},
    constructs={"Nat": "NAT"},
    stateful={"google_compute_address": "whoever lets it in knows no other"},
)
