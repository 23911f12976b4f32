"""What a GKE cluster sends to Cloud Logging and Cloud Monitoring, which is paid for by volume."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import StrictBool

from estate.model.base import Model
from estate.model.rules import Violation, rule


class Telemetry(StrEnum):
    """Whose logs or metrics are sent."""

    OFF = "off"
    SYSTEM = "system"
    WORKLOADS = "workloads"


class ObservabilityConfig(Model):
    """What is sent; by itself as little as an operator needs."""

    logs: Telemetry = Telemetry.SYSTEM
    """Logs that are sent: "off" (in quotes), system (GKE's own), workloads (those of all pods too); system
    when absent."""
    metrics: Telemetry = Telemetry.SYSTEM
    """Metrics that are sent: "off" (in quotes), system (GKE's own, which cost nothing), workloads (the state
    of pods, deployments and volumes too); system when absent."""
    managed_prometheus: StrictBool = False
    """Whether Google collects what pods expose for Prometheus, paid for by sample; not when absent."""

    @rule
    def _workloads_go_through_prometheus(self) -> Iterator[Violation]:
        """Metrics of workloads are collected by managed Prometheus, which is on then."""
        if self.metrics is Telemetry.WORKLOADS and not self.managed_prometheus:
            yield Violation(
                ("metrics",),
                "needs managed_prometheus: true with workloads, which it collects; say so, or metrics: system",
                ("managed_prometheus",),
            )
