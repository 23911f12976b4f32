"""Which clusters monitoring may speak of, and of which it may say what Google gets."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from tests.model.google.documents import ENVIRONMENT, without
from tests.model.monitoring.test_monitoring import ALL, LOGS
from tests.model.refusals import refusals


def refused(monitoring: dict[str, Any], document: dict[str, Any] = ENVIRONMENT) -> dict[str, str]:
    """What is wrong with an environment that has it."""
    return refusals(Environment, {**document, "monitoring": monitoring})


def test_settings_of_one_cluster_are_of_one_that_there_is() -> None:
    """Whatever kind it is."""
    assert refused({**ALL, "clusters": {"apps": {"logs": LOGS}, "cloud": {}}}) == {}
    found = refused({**ALL, "clusters": {"app": {}}})
    assert list(found) == ["monitoring.clusters.app"]
    assert found["monitoring.clusters.app"].endswith(": apps, cloud; got app")


def test_clusters_elsewhere_say_themselves_what_google_gets() -> None:
    """Twice said would be two meanings of one thing."""
    found = refused({"clusters": {"cloud": {"google": {}}, "apps": {"google": {}}}})

    assert found == {
        "monitoring.clusters.cloud.google": "is for clusters on VMware; google.gke_clusters.cloud says it itself, in observability"
    }


def test_without_a_cluster_on_vmware_google_is_said_nothing() -> None:
    """Nothing would make of it what it says."""
    document = without(ENVIRONMENT, "vmware")

    assert list(refused({"google": {}}, document)) == ["monitoring.google"]
    assert refused({"metrics": ALL["metrics"]}, document) == {}
    assert refused({"google": {}}) == {}
