"""Which side of the VPNs an environment's ranges are on."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.environment import Environment
from estate.model.networks import Range


def onprem_ranges(environment: Environment) -> Iterator[Range]:
    """The ranges of the data centers that the environment's network is joined with."""
    network = environment.google and environment.google.network
    for position, prefix in enumerate(network.onprem_prefixes if network else ()):
        yield Range(environment.environment, ("google", "network", "onprem_prefixes", position), prefix)


def cloud_ranges(environment: Environment) -> Iterator[Range]:
    """The routable ranges that are in a cloud, and so in no data center."""
    for one in environment.routable_ranges():
        if one.path[0] != "vmware":
            yield one
