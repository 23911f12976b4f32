"""The address of Google's APIs serves what the environment calls."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from estate.facts.google.served import Served
from estate.facts.vmware.hosts import hosts
from tests.model.google.documents import ENVIRONMENT, environment, with_, without

RESTRICTED = with_(ENVIRONMENT, "google.network.private_google_access", "restricted")


def test_the_restricted_address_is_refused_beside_clusters_on_vmware() -> None:
    """Their creation calls anthos.googleapis.com, which it does not serve: a cluster that never comes up."""
    with pytest.raises(
        ValidationError, match="must be private with clusters on VMware, got restricted"
    ) as found:
        environment(RESTRICTED)

    assert "does not serve anthos.googleapis.com, anthosgke.googleapis.com by Google's list of 2026" in str(
        found.value
    )


def test_the_restricted_address_serves_clusters_of_gke_alone() -> None:
    """Nodes of GKE call what is listed; neither does the foundation of an environment, which has no cluster."""
    environment(without(RESTRICTED, "vmware"))
    environment(with_(RESTRICTED, "vmware", {"location": "europe-north1"}))


def test_what_google_adds_to_its_list_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here names what is lost; the list does."""
    names = frozenset(name.removesuffix(".googleapis.com") for name in (*hosts("x"), "gkeconnect"))
    monkeypatch.setattr(Served, "by_restricted", lambda: Served("https://example.com", "2027-01-01", names))

    environment(RESTRICTED)
