"""Software of others that a cluster gets, as it is installed there; which version, `estate/facts/software.yaml` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from estate.facts.software import Package, packages

SYSTEM_NAMESPACE: Final = "kube-system"
"""The namespace that every cluster has."""


@dataclass(frozen=True)
class Software:
    """One piece of software in one cluster.

    Attributes:
        name: its name in `estate/facts/software.yaml`.
        release: what the release is called in the cluster.
        namespace: namespace that it is installed into.
        values: settings of its chart, in the chart's own words; nothing secret.
        deployment: what shows that it runs, where that is not called as the release.
    """

    name: str
    release: str
    namespace: str
    values: Mapping[str, object]
    deployment: str = ""

    @property
    def package(self) -> Package:
        """The version that is installed, and where it comes from."""
        return packages()[self.name]
