"""Hosts that Config Sync reads from and that only a network of one's own knows by name.

Left out: a public domain that has names inside only, which no file tells from one that the internet answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from estate.model.dns import covers
from estate.model.environment import Environment
from estate.model.fleet.config_sync import ConfigSync, ConfigSyncSettings
from operations.cards.card import Weight

_HOST: Final = re.compile(r"^(?:[a-z]+://)?(?:[^@/]*@)?([^:/]+)")
_NOBODY_S: Final = ("corp", "home", "home.arpa", "internal", "intranet", "lan", "local", "private")
"""Domains that no name server of the internet answers: RFC 6762 with its appendix G, and RFC 8375."""


def config_sync_warnings(environment: Environment, settings: ConfigSync) -> Iterator[tuple[Weight, str]]:
    """Where clusters in a cloud are kept in step with a host whose name nobody there answers."""
    clouds = bool(environment.google and environment.google.gke_clusters) or bool(
        environment.attached_clusters
    )
    if not clouds:
        return  # those on VMware ask the name servers of their own network
    hosts = dict.fromkeys(host for one in (settings, *settings.clusters.values()) for host in _hosts(one))
    known = [domain for _, domain in environment.dns.domains()] if environment.dns else []
    for host in hosts:
        if _is_internal(host) and not any(covers(domain, host) for domain in known):
            yield (
                Weight.BROKEN,
                f"Config Sync reads from {host}, a name of your own network, which clusters in the clouds ask nobody "
                "for; add its domain to dns.onprem",
            )


def _hosts(settings: ConfigSyncSettings) -> list[str]:
    repositories = [one.repo for one in (settings.git, settings.oci) if one]
    return [found[1] for repo in repositories for found in _HOST.finditer(repo)]


def _is_internal(host: str) -> bool:
    """Whether nobody on the internet may answer a name."""
    return "." not in host or any(covers(domain, host) for domain in _NOBODY_S)
