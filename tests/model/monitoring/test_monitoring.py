"""Where telemetry of clusters goes, and what is refused of it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.monitoring.monitoring import MonitoringConfig
from tests.model.refusals import refusals

METRICS = {"url": "https://mimir.example.com/api/v1/push", "tenant": "kl"}
LOGS = {"url": "https://loki.example.com:8443/loki/api/v1/push", "authentication": "basic"}
TRACES = {"url": "https://tempo.example.com:4318", "authentication": "none"}
ALL: dict[str, Any] = {"metrics": METRICS, "logs": LOGS, "traces": TRACES}


def test_each_kind_goes_somewhere() -> None:
    """With host and port, and the entries of the Secret that opens it."""
    found = MonitoringConfig.model_validate(ALL)

    assert {kind: one.endpoint for kind, one in found.destinations.items()} == {
        "metrics": ("mimir.example.com", 443),
        "logs": ("loki.example.com", 8443),
        "traces": ("tempo.example.com", 4318),
    }
    assert (found.secret, found.entries) == ("telemetry", ("metrics-token", "logs-username", "logs-password"))


def test_settings_of_a_cluster_stand_in_place_of_the_others() -> None:
    """As a whole: what they do not say goes nowhere."""
    found = MonitoringConfig.model_validate({**ALL, "clusters": {"apps": {"logs": LOGS}}})

    assert list(found.of("apps").destinations) == ["logs"]
    assert list(found.of("cloud").destinations) == ["metrics", "logs", "traces"]


@pytest.mark.parametrize(
    "url",
    [
        "http://mimir.example.com/api/v1/push",
        "https://me:secret@mimir.example.com/api/v1/push",
        "https://mimir.example.com/api/v1/push?token=x",
        "https://mimir.example.com/#x",
        "https://mimir.example.com:0/",
        "https://mimir.example.com:65536/",
        "https://Mimir.example.com/",
        "https:///api/v1/push",
        "mimir.example.com",
    ],
)
def test_urls_without_tls_or_with_a_secret_in_them_are_refused(url: str) -> None:
    """What stands in a file is read by everybody."""
    assert list(refusals(MonitoringConfig, {"metrics": {"url": url}})) == ["metrics.url"]


@pytest.mark.parametrize("key", ["token", "password", "username"])
def test_credentials_are_refused(key: str) -> None:
    """They stand in a Secret, of which the file says the name."""
    assert list(refusals(MonitoringConfig, {"logs": {**LOGS, key: "x"}})) == [f"logs.{key}"]


@pytest.mark.parametrize("tenant", ["", "a b", "kl/prod", "x" * 151])
def test_a_tenant_is_what_the_store_takes(tenant: str) -> None:
    """Letters, digits and a few signs."""
    assert list(refusals(MonitoringConfig, {"metrics": {**METRICS, "tenant": tenant}})) == ["metrics.tenant"]


def test_monitoring_says_something() -> None:
    """Else it is left out."""
    assert refusals(MonitoringConfig, {}) == {
        "": "must say metrics, logs, traces, google or clusters; leave it out otherwise"
    }
    assert refusals(MonitoringConfig, {"google": {}}) == {}


def test_metrics_of_googles_software_are_never_off() -> None:
    """The cluster sends its system's logs whatever is said."""
    assert list(refusals(MonitoringConfig, {"google": {"logs": "off"}})) == ["google.logs"]
    assert list(refusals(MonitoringConfig, {"google": {"metrics": "off"}})) == ["google.metrics"]
