"""The ranges of the data centers hold who speaks to Google Cloud."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tests.model.google.documents import ENVIRONMENT, environment, with_

OUTSIDE = with_(ENVIRONMENT, "vmware.user_clusters.apps.network.dns", ["10.30.0.53", "10.99.0.53"])


def test_a_name_server_outside_of_the_data_centers_is_refused() -> None:
    """It asks, and waits: the network has no route back to it."""
    with pytest.raises(
        ValidationError, match=r"must hold the name servers of user clusters, got none for 10.99.0.53: "
    ):
        environment(OUTSIDE)


def test_a_name_server_that_does_not_ask_may_stand_anywhere() -> None:
    """Where nobody outside may ask for names."""
    environment(with_(OUTSIDE, "google.network.inbound_dns", value=False))
