"""The address of Google's APIs serves what the environment calls."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

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
