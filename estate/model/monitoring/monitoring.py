"""Where the metrics, logs and traces of an environment's clusters go, and what Google gets of those on VMware.

Collectors are Grafana Alloy, brought by a chart like other software of others; what they find is what runs in the cluster, its
nodes and whatever pods say by annotations or by OTLP. Left out: dashboards and alerts, which the store has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from estate.model.base import Model
from estate.model.fleet.values import MemberKey
from estate.model.monitoring.destination import Authentication, Destination
from estate.model.monitoring.google_telemetry import GoogleTelemetry
from estate.model.rules import Violation, rule
from estate.model.vmware.user_cluster_backup import SecretName


class MonitoringSettings(Model):
    """What is collected in a cluster, and where it goes."""

    metrics: Destination | None = None
    """Where metrics go, by remote write (Mimir: URL with /api/v1/push); nowhere of one's own when absent."""
    logs: Destination | None = None
    """Where logs of pods and events of the cluster go (Loki: URL with /loki/api/v1/push); nowhere of one's own when absent."""
    traces: Destination | None = None
    """Where traces go that pods send to the cluster's collector, by OTLP over HTTP (Tempo: URL with port 4318, without a path);
    none are taken in when absent."""
    secret: SecretName = "telemetry"  # noqa: S105 - the name of one
    """Name of the Secret in namespace monitoring that holds what opens the destinations, made by hand in each cluster;
    telemetry when absent. Another name changes the manifests alone."""
    google: GoogleTelemetry | None = None
    """What clusters on VMware send to Google Cloud; what their software begins with when absent, which is logs and metrics of
    all pods too, paid for by volume."""

    @property
    def destinations(self) -> Mapping[str, Destination]:
        """Those that there are, by the kind of what goes there."""
        found = {"metrics": self.metrics, "logs": self.logs, "traces": self.traces}
        return {kind: one for kind, one in found.items() if one}

    @property
    def entries(self) -> tuple[str, ...]:
        """Entries that the Secret has to have."""
        names = {Authentication.BEARER: ("token",), Authentication.BASIC: ("username", "password")}
        return tuple(
            f"{kind}-{name}"
            for kind, one in self.destinations.items()
            for name in names.get(one.authentication, ())
        )


class MonitoringConfig(MonitoringSettings):
    """Monitoring of every cluster of the environment."""

    clusters: dict[MemberKey, MonitoringSettings] = {}
    """Clusters that have other settings; theirs stand in place of the ones above, as a whole."""

    def of(self, cluster: str) -> MonitoringSettings:
        """What holds in one cluster."""
        return self.clusters.get(cluster, self)

    @rule
    def _something_is_said(self) -> Iterator[Violation]:
        """Whoever switches monitoring on says where something goes, or what Google gets."""
        if not (self.destinations or self.google or self.clusters):
            yield Violation((), "must say metrics, logs, traces, google or clusters; leave it out otherwise")
