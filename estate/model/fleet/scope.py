"""A scope: the clusters and namespaces that one team works in."""

from __future__ import annotations

from estate.model.access.values import NamespaceName, TeamName
from estate.model.base import Model


class ScopeConfig(Model):
    """What a scope holds; made from a team, never written in a file."""

    team: TeamName
    """Name of the team whose scope it is."""
    namespaces: tuple[NamespaceName, ...] = ()
    """Fleet namespaces that are made in it; none when absent."""
