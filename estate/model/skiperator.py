"""Skiperator, an operator of Kartverket's that makes of one object all that an application needs.

Here its configuration, which follows from the files, and what it leaves alone; it is installed by its users, since it comes as
definitions and rights without a Deployment. Left out: image registries, profiling, and clusters in AWS and of others.

https://github.com/kartverket/skiperator/blob/main/internal/config/config.go (2026-12-01)
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import StrictBool

from estate.model.access.values import NamespaceName
from estate.model.base import Model
from estate.model.fleet.values import MemberKey
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule


class SkiperatorConfig(Model):
    """Skiperator in clusters on VMware and in Google Cloud."""

    clusters: tuple[MemberKey, ...] = ()
    """Clusters that have it; every member on VMware and in Google Cloud when absent."""
    excluded_namespaces: tuple[NamespaceName, ...] = ()
    """Further namespaces that it leaves alone, beside those of the system and of software that these files install."""
    nodes_are_reachable: StrictBool = False
    """Whether applications that may reach the internet may reach nodes and control planes of the environment's clusters, too; it
    keeps them out when absent."""
    webhooks: StrictBool = False
    """Whether it converts SKIPJobs by a webhook, which wants cert-manager; not when absent."""

    @rule
    def _names_differ(self) -> Iterator[Violation]:
        """Each cluster and each namespace stands once."""
        yield from stands_once("clusters", self.clusters)
        yield from stands_once("excluded_namespaces", self.excluded_namespaces)
