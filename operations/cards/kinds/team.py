"""Teams, with their scope in every fleet and their namespaces."""

from __future__ import annotations

from estate.model.access.team import Team
from operations.cards.card import Card

CARD = Card(
    path="organization.teams.*",
    models=(Team,),
    noun="team",
    parts=("access", "quota", "apps_repo"),
    collections={"Teams": "team", "Namespaces": "namespace", "Members": "member"},
    stateful={
        "google_gke_hub_namespace": "with it goes the namespace in every cluster, and all that runs there"
    },
)
