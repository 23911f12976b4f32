"""ClusterRoles of the organization's own, which teams' access names and the tree of manifests makes."""

from __future__ import annotations

from estate.model.access.cluster_role import ClusterRole
from operations.cards.card import Card

CARD = Card(path="organization.cluster_roles.*", models=(ClusterRole,), noun="ClusterRole")
