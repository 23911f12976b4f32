"""VPNs of several environments, which meet on the same on-prem devices."""

from __future__ import annotations

from typing import Any

import pytest

from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ENVIRONMENT, estate_violations

OTHER: dict[str, Any] = changed(
    ENVIRONMENT,
    environment="test",
    google__host_project={"id": "kl-test-host", "number": 2},
    google__network={
        "subnets": {"gke": {"cidr": "10.64.16.0/20"}},
        "onprem_prefixes": ["10.20.0.0/16", "10.21.0.0/24"],
    },
    aws=None,
    vpn__aws=None,
    vpn__transit=None,
    vpn__asn=64522,
    vpn__onprem__tunnels__a__link_local="169.254.22.0/30",
    vpn__onprem__tunnels__b__link_local="169.254.22.4/30",
)
"""Another environment, with the same on-prem network."""


def test_environments_share_the_on_prem_network() -> None:
    """Its ASN, its devices and its ranges are the same for all."""
    assert estate_violations(ENVIRONMENT, OTHER) == {}


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"vpn__asn": 64521}, "vpn.asn", "must differ from vpn.asn of dev, got 64521 for both"),
        ({"vpn__asn": 64531}, "vpn.asn", "must differ from vpn.aws.transit_gateway_asn of dev"),
        ({"vpn__onprem__asn": 64521}, "vpn.onprem.asn", "must differ from vpn.asn of dev"),
        (
            {"vpn__onprem__tunnels__a__link_local": "169.254.21.0/30"},
            "vpn.onprem.tunnels.a.link_local",
            "must differ from vpn.onprem.tunnels.a.link_local of dev",
        ),
        (
            {"google__network__onprem_prefixes": ["10.0.8.0/24"]},
            "google.network.onprem_prefixes.0",
            "aws.management_vpc.cidr 10.0.0.0/16 of dev",
        ),
    ],
)
def test_refuses_what_two_environments_both_claim(changes: dict[str, Any], path: str, reason: str) -> None:
    """The later one in promotion order is told."""
    found = estate_violations(ENVIRONMENT, changed(OTHER, **changes))

    assert reason in found[f"test: {path}"]


@pytest.mark.parametrize(
    ("mine", "theirs", "path", "reason"),
    [
        (
            [],
            ["10.64.0.0/24"],
            "test: vpn.advertise.0",
            "google.network.subnets.gke.cidr 10.64.0.0/20 of dev",
        ),
        (
            ["100.64.0.0/16"],
            ["100.64.7.0/24"],
            "test: vpn.advertise.0",
            "vpn.advertise.0 100.64.0.0/16 of dev",
        ),
        (
            ["10.64.16.0/24"],
            [],
            "dev: vpn.advertise.0",
            "google.network.subnets.gke.cidr 10.64.16.0/20 of test",
        ),
    ],
)
def test_refuses_a_range_that_two_environments_advertise(
    mine: list[str], theirs: list[str], path: str, reason: str
) -> None:
    """The on-prem devices are the same, and take the one way or the other."""
    found = estate_violations(
        changed(ENVIRONMENT, vpn__advertise=mine), changed(OTHER, vpn__advertise=theirs)
    )

    assert reason in found[path]


def test_every_environment_may_lead_to_google_s_apis() -> None:
    """Their private addresses are the same from everywhere."""
    google = ["199.36.153.4/30"]

    assert (
        estate_violations(changed(ENVIRONMENT, vpn__advertise=google), changed(OTHER, vpn__advertise=google))
        == {}
    )


def test_proposes_free_links_for_tunnels_without_one() -> None:
    """Each gets another one, and none that any environment has."""
    first = changed(
        ENVIRONMENT,
        vpn__onprem__tunnels__a__link_local="169.254.6.0/30",
        vpn__onprem__tunnels__b__link_local=None,
    )
    second = changed(OTHER, vpn__onprem__tunnels__a__link_local=None)

    assert estate_violations(first, second) == {
        "dev: vpn.onprem.tunnels.b.link_local": "is missing; add link_local: 169.254.6.4/30, which is free",
        "test: vpn.onprem.tunnels.a.link_local": "is missing; add link_local: 169.254.6.8/30, which is free",
    }


def test_environments_without_vpns_take_no_part() -> None:
    """They have neither links nor ASNs."""
    assert estate_violations(changed(ENVIRONMENT, vpn=None), OTHER) == {}
