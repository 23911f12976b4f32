"""The names by which clusters on VMware call Google."""

from __future__ import annotations

from estate.facts.vmware.hosts import hosts, service_of

REGION = "europe-north1"


def test_the_connect_endpoint_is_the_region_s() -> None:
    """A cluster that is registered in a region calls no global one."""
    found = hosts(REGION)

    assert "europe-north1-gkeconnect.googleapis.com" in found
    assert "gkeconnect.googleapis.com" not in found
    assert list(found) == sorted(set(found))


def test_endpoints_belong_to_services() -> None:
    """What serves a service serves its endpoints; one that several services answer at belongs to none."""
    assert service_of("europe-north1-gkeconnect.googleapis.com", REGION) == "gkeconnect.googleapis.com"
    assert service_of("gkeonprem.mtls.googleapis.com", REGION) == "gkeonprem.googleapis.com"
    assert service_of("www.googleapis.com", REGION) is None
    assert service_of("gcr.io", REGION) == "gcr.io"
