"""What collects metrics, logs and traces in a cluster, and what Google gets of one on VMware.

Grafana Alloy by the chart k8s-monitoring, whose settings these are: values.yaml of 4.4.0
(https://github.com/grafana/k8s-monitoring-helm/tree/k8s-monitoring-4.4.0/charts/k8s-monitoring, 2026-12-01). Its check for other
versions in the cluster and its hook at removal are off, which no GitOps can run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from estate.derived.clusters.software import Software
from estate.facts.software import packages
from estate.model.environment import Environment
from estate.model.monitoring.destination import Authentication, Destination
from estate.model.monitoring.google_telemetry import SystemAndWorkloads, SystemMetrics
from estate.model.monitoring.monitoring import MonitoringSettings

PACKAGE: Final = "k8s-monitoring"
RELEASE: Final = "monitoring"
OPERATOR: Final = "monitoring-alloy-operator"
"""The Deployment that makes collectors of what the chart orders."""

_METRICS, _LOGS, _EVENTS, _RECEIVER = "alloy-metrics", "alloy-logs", "alloy-singleton", "alloy-receiver"
_PRESETS: Final = {
    _METRICS: ["clustered", "statefulset"],
    _LOGS: ["filesystem-log-reader", "daemonset"],
    _EVENTS: ["singleton"],
    _RECEIVER: ["deployment"],
}


def monitoring_of(environment: Environment, cluster: str) -> MonitoringSettings | None:
    """What the file says of a cluster; None where it says nothing."""
    return environment.monitoring.of(cluster) if environment.monitoring else None


def monitoring_software(environment: Environment, cluster: str, name: str) -> Software | None:
    """The collectors of a cluster; None where nothing goes anywhere.

    Args:
        environment: its environment, whose name all of it bears.
        cluster: its key.
        name: its name, which all of it bears.
    """
    settings = monitoring_of(environment, cluster)
    if settings is None or not settings.destinations:
        return None
    values = _values(settings, environment.environment, name)
    return Software(PACKAGE, RELEASE, packages()[PACKAGE].namespace, values, OPERATOR)


def stackdriver(environment: Environment, cluster: str) -> Mapping[str, bool] | None:
    """What the object Stackdriver of a cluster on VMware has to say, which the cluster makes itself; None where nobody says it."""
    settings = monitoring_of(environment, cluster)
    on_prem = environment.vmware.user_clusters if environment.vmware else {}
    google = settings.google if settings and cluster in on_prem else None
    if google is None:
        return None
    return {
        "enableCloudLoggingForApplications": google.logs is SystemAndWorkloads.WORKLOADS,
        "enableGMPForApplications": google.managed_prometheus,
        "optimizedMetrics": google.metrics is SystemMetrics.REDUCED,
    }


def _values(settings: MonitoringSettings, environment: str, name: str) -> Mapping[str, object]:
    kinds = settings.destinations
    namespace = packages()[PACKAGE].namespace
    secret = {"create": False, "name": settings.secret, "namespace": namespace}
    collected: dict[str, tuple[str, Mapping[str, object]]] = {}
    if "metrics" in kinds:
        collected |= {
            "clusterMetrics": (_METRICS, {}),
            "hostMetrics": (_METRICS, {"linuxHosts": {"enabled": True}}),
            "annotationAutodiscovery": (_METRICS, {}),
        }
    if "logs" in kinds:
        collected |= {"clusterEvents": (_EVENTS, {}), "podLogsViaLoki": (_LOGS, {})}
    if "traces" in kinds:
        both = {"grpc": {"enabled": True}, "http": {"enabled": True}}
        # Whatever else pods send by OTLP goes on where there is a place for it; without one the chart refuses to take it in.
        taken = {kind: {"enabled": kind in kinds} for kind in ("metrics", "logs", "traces")}
        collected |= {"applicationObservability": (_RECEIVER, {"receivers": {"otlp": both}, **taken})}
    used = {collector for collector, _ in collected.values()}
    return {
        "cluster": {"name": name},
        "destinations": {
            kind: {**_TYPES[kind](environment), **_opened(kind, one, secret)} for kind, one in kinds.items()
        },
        **{
            feature: {"enabled": True, "collector": collector, **more}
            for feature, (collector, more) in collected.items()
        },
        "collectors": {
            collector: {"presets": presets} for collector, presets in _PRESETS.items() if collector in used
        },
        "telemetryServices": {
            service: {"deploy": "metrics" in kinds} for service in ("kube-state-metrics", "node-exporter")
        },
        "alloy-operator": {"conflictCheck": False, "waitForAlloyRemoval": {"enabled": False}},
    }


def _opened(kind: str, one: Destination, secret: Mapping[str, object]) -> dict[str, Any]:
    ways: dict[Authentication, dict[str, str]] = {
        Authentication.NONE: {"type": "none"},
        Authentication.BEARER: {"type": "bearerToken", "bearerTokenKey": f"{kind}-token"},
        Authentication.BASIC: {
            "type": "basic",
            "usernameKey": f"{kind}-username",
            "passwordKey": f"{kind}-password",
        },
    }
    return {
        "url": one.url,
        # The chart would take the tenant from the Secret, too, where one is read.
        **({"tenantIdFrom": f'"{one.tenant}"'} if one.tenant else {}),
        "auth": ways[one.authentication],
        **({"secret": dict(secret)} if one.authentication is not Authentication.NONE else {}),
    }


def _traces(environment: str) -> dict[str, Any]:
    return {
        "type": "otlp",
        "protocol": "http",
        "metrics": {"enabled": False},
        "logs": {"enabled": False},
        "traces": {"enabled": True},
        "extraResourceAttributes": {"deployment.environment.name": environment},
    }


_TYPES: Final = {
    "metrics": lambda environment: {"type": "prometheus", "extraLabels": {"environment": environment}},
    "logs": lambda environment: {"type": "loki", "extraLabels": {"environment": environment}},
    "traces": _traces,
}
