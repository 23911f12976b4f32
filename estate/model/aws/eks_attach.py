"""Membership of the fleet of an EKS cluster, which is attached to it.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks/how-to/attach-cluster
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import StrictBool

from estate.model.aws.values import PlatformVersion
from estate.model.base import Model
from estate.model.google.values import Region
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule


class LoggedComponent(StrEnum):
    """Whose logs go to Google Cloud."""

    SYSTEM_COMPONENTS = "system_components"
    WORKLOADS = "workloads"


class AttachConfig(Model):
    """Membership of the fleet, in the companion stack `<environment>-attach`."""

    platform_version: PlatformVersion
    """Version of Google's software in the cluster, of the cluster's minor version or of the one before;
    `gcloud container attached get-server-config --location=REGION` lists them."""
    location: Region | None = None
    """Google Cloud region that administers it, which cannot change; google.region when absent."""
    logging: tuple[LoggedComponent, ...] = (LoggedComponent.SYSTEM_COMPONENTS,)
    """Logs that go to Cloud Logging, which charges for what it takes in: system_components, workloads; those of
    the system's components when absent, none for an empty list."""
    managed_prometheus: StrictBool = False
    """Whether Google collects metrics, which are charged by the sample; false when absent."""

    @rule
    def _components_differ(self) -> Iterator[Violation]:
        """Each component whose logs are sent stands once."""
        yield from stands_once("logging", self.logging)
