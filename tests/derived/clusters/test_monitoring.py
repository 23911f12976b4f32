"""What collects telemetry in each cluster, with which settings and nothing secret."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.clusters.installed import installed
from estate.derived.clusters.monitoring import stackdriver
from estate.derived.clusters.software import Software
from estate.model.environment import Environment
from tests.model.access.estates import organization
from tests.model.google.documents import ENVIRONMENT
from tests.model.monitoring.test_monitoring import ALL, LOGS, METRICS


def environment(**monitoring: Any) -> Environment:
    """With a cluster on VMware and one in Google Cloud."""
    return Environment.model_validate({**ENVIRONMENT, "monitoring": monitoring})


def found(cluster: str, **monitoring: Any) -> list[Software]:
    """The collectors that a cluster gets."""
    one = environment(**monitoring)
    return [
        software for software in installed(organization(), one, cluster) if software.name == "k8s-monitoring"
    ]


@pytest.mark.parametrize("cluster", ["apps", "cloud"])
def test_everything_is_collected_that_goes_somewhere(cluster: str) -> None:
    """Under the cluster's name, opened by the entries of one Secret."""
    [one] = found(cluster, **ALL)

    secret = {"create": False, "name": "telemetry", "namespace": "monitoring"}
    assert (one.release, one.namespace, one.deployment) == (
        "monitoring",
        "monitoring",
        "monitoring-alloy-operator",
    )
    assert one.values["cluster"] == {"name": f"kl-dev-{cluster}"}
    assert one.values["destinations"] == {
        "metrics": {
            "type": "prometheus",
            "extraLabels": {"environment": "dev"},
            "url": "https://mimir.example.com/api/v1/push",
            "tenantIdFrom": '"kl"',
            "auth": {"type": "bearerToken", "bearerTokenKey": "metrics-token"},
            "secret": secret,
        },
        "logs": {
            "type": "loki",
            "extraLabels": {"environment": "dev"},
            "url": "https://loki.example.com:8443/loki/api/v1/push",
            "auth": {"type": "basic", "usernameKey": "logs-username", "passwordKey": "logs-password"},
            "secret": secret,
        },
        "traces": {
            "type": "otlp",
            "protocol": "http",
            "metrics": {"enabled": False},
            "logs": {"enabled": False},
            "traces": {"enabled": True},
            "extraResourceAttributes": {"deployment.environment.name": "dev"},
            "url": "https://tempo.example.com:4318",
            "auth": {"type": "none"},
        },
    }
    assert one.values["alloy-operator"] == {
        "conflictCheck": False,
        "waitForAlloyRemoval": {"enabled": False},
    }


@pytest.mark.parametrize(
    ("kinds", "features", "collectors", "deployed"),
    [
        (
            {"metrics": METRICS},
            ["annotationAutodiscovery", "clusterMetrics", "hostMetrics"],
            ["alloy-metrics"],
            True,
        ),
        ({"logs": LOGS}, ["clusterEvents", "podLogsViaLoki"], ["alloy-logs", "alloy-singleton"], False),
        ({"traces": ALL["traces"]}, ["applicationObservability"], ["alloy-receiver"], False),
    ],
)
def test_nothing_is_collected_that_goes_nowhere(
    kinds: dict[str, Any], features: list[str], collectors: list[str], *, deployed: bool
) -> None:
    """Neither is a collector there for it, nor what only it reads."""
    [one] = found("apps", **kinds)

    enabled = {
        key: value["collector"]
        for key, value in one.values.items()
        if isinstance(value, dict) and value.get("enabled")
    }
    assert sorted(enabled) == features
    assert sorted(one.values["collectors"]) == collectors == sorted(set(enabled.values()))  # type: ignore[call-overload]
    assert one.values["telemetryServices"] == {
        "kube-state-metrics": {"deploy": deployed},
        "node-exporter": {"deploy": deployed},
    }


@pytest.mark.parametrize("kinds", [["traces"], ["traces", "metrics"], ["traces", "metrics", "logs"]])
def test_what_pods_send_is_taken_in_where_it_can_go_on(kinds: list[str]) -> None:
    """The chart refuses metrics or logs from pods that have no destination."""
    [one] = found("apps", **{kind: ALL[kind] for kind in kinds})

    receiver: Any = one.values["applicationObservability"]
    assert {kind for kind in ALL if receiver[kind]["enabled"]} == set(kinds)


def test_a_cluster_of_which_nothing_goes_anywhere_has_no_collectors() -> None:
    """By itself, and by settings of its own."""
    assert found("apps", google={}) == []
    assert found("cloud", metrics=METRICS, clusters={"cloud": {}}) == []
    assert list(installed(organization(), Environment.model_validate(ENVIRONMENT), "apps")) == []


@pytest.mark.parametrize(
    ("google", "said"),
    [
        ({}, (False, False, True)),
        ({"metrics": "full", "logs": "workloads", "managed_prometheus": True}, (True, True, False)),
    ],
)
def test_what_google_gets_of_a_cluster_on_vmware(
    google: dict[str, Any], said: tuple[bool, bool, bool]
) -> None:
    """In the words of the object that the cluster makes; elsewhere the cluster's own section says it."""
    one = environment(google=google)

    names = ("enableCloudLoggingForApplications", "enableGMPForApplications", "optimizedMetrics")
    assert stackdriver(one, "apps") == dict(zip(names, said, strict=True))
    assert stackdriver(one, "cloud") is None
    assert stackdriver(environment(metrics=METRICS), "apps") is None
    assert stackdriver(Environment.model_validate(ENVIRONMENT), "apps") is None
