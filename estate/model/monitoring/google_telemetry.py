"""What a user cluster on VMware sends to Google Cloud, beside the metrics and logs of its own software, which it always sends.

Clusters elsewhere say it where they stand: `observability` of a GKE cluster, `logging` and `managed_prometheus` of an attached one.

https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/application-logging-monitoring (2026-12-01)
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import StrictBool

from estate.model.base import Model
from estate.model.google.observability import Telemetry


class SystemMetrics(StrEnum):
    """Which of the metrics of the cluster's own software."""

    REDUCED = "reduced"
    FULL = "full"


class SystemAndWorkloads(StrEnum):
    """Whose logs are sent."""

    SYSTEM = Telemetry.SYSTEM.value
    WORKLOADS = Telemetry.WORKLOADS.value


class GoogleTelemetry(Model):
    """What Google receives; as little as can be by itself."""

    metrics: SystemMetrics = SystemMetrics.REDUCED
    """Metrics of the cluster's software: reduced, or full; reduced when absent."""
    logs: SystemAndWorkloads = SystemAndWorkloads.SYSTEM
    """Logs that go to Cloud Logging, which charges for what it takes in: system, or workloads (those of all pods too); system
    when absent."""
    managed_prometheus: StrictBool = False
    """Whether Google collects what pods expose for Prometheus, paid for by sample; not when absent."""
