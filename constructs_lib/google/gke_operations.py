"""When a GKE cluster is upgraded and what it sends home, as blocks of the cluster's resource."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from cdktf_cdktf_provider_google.container_cluster import (
    ContainerClusterLoggingConfig,
    ContainerClusterMaintenancePolicy,
    ContainerClusterMaintenancePolicyMaintenanceExclusion,
    ContainerClusterMaintenancePolicyMaintenanceExclusionExclusionOptions,
    ContainerClusterMaintenancePolicyRecurringWindow,
    ContainerClusterMonitoringConfig,
    ContainerClusterMonitoringConfigManagedPrometheus,
)

from estate.model.google.maintenance import MaintenanceConfig, Weekday
from estate.model.google.observability import ObservabilityConfig, Telemetry

_FIRST_DAY = date(2026, 1, 1)
"""Any day in the past: a window that comes back every week has to begin at some time."""

_LOGS = {
    Telemetry.OFF: [],
    Telemetry.SYSTEM: ["SYSTEM_COMPONENTS"],
    Telemetry.WORKLOADS: ["SYSTEM_COMPONENTS", "WORKLOADS"],
}
_METRICS = {
    Telemetry.OFF: [],
    Telemetry.SYSTEM: ["SYSTEM_COMPONENTS"],
    Telemetry.WORKLOADS: [
        "SYSTEM_COMPONENTS",
        "DAEMONSET",
        "DEPLOYMENT",
        "HPA",
        "POD",
        "STATEFULSET",
        "STORAGE",
    ],
}


def logging_config(config: ObservabilityConfig) -> ContainerClusterLoggingConfig:
    """Which logs are sent; an empty list means none."""
    return ContainerClusterLoggingConfig(enable_components=_LOGS[config.logs])


def monitoring_config(config: ObservabilityConfig) -> ContainerClusterMonitoringConfig:
    """Which metrics are sent; managed Prometheus is said, because GKE has it on by itself."""
    return ContainerClusterMonitoringConfig(
        enable_components=_METRICS[config.metrics],
        managed_prometheus=ContainerClusterMonitoringConfigManagedPrometheus(
            enabled=config.managed_prometheus
        ),
    )


def maintenance_policy(config: MaintenanceConfig) -> ContainerClusterMaintenancePolicy:
    """The window that comes back, and the days without it."""
    opens = datetime.combine(_FIRST_DAY, time.fromisoformat(config.start))
    days = ",".join(day.name[:2] for day in Weekday if day in config.days)
    return ContainerClusterMaintenancePolicy(
        recurring_window=ContainerClusterMaintenancePolicyRecurringWindow(
            start_time=_utc(opens),
            end_time=_utc(opens + timedelta(hours=config.hours)),
            recurrence=f"FREQ=WEEKLY;BYDAY={days}",
        ),
        maintenance_exclusion=[
            ContainerClusterMaintenancePolicyMaintenanceExclusion(
                exclusion_name=key,
                start_time=_utc(datetime.combine(date.fromisoformat(exclusion.first), time())),
                end_time=_utc(
                    datetime.combine(date.fromisoformat(exclusion.last) + timedelta(days=1), time())
                ),
                exclusion_options=ContainerClusterMaintenancePolicyMaintenanceExclusionExclusionOptions(
                    scope=exclusion.scope.name
                ),
            )
            for key, exclusion in sorted(config.exclusions.items())
        ]
        or None,
    )


def _utc(moment: datetime) -> str:
    return f"{moment.isoformat()}Z"
