"""What is left of a VPN when one part of it fails."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.vpn.failures import failures, whole
from estate.model.vpn.vpn import VpnConfig
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import AWS_VPN, ONE_ADDRESS, ONE_DEVICE, ONPREM


def left(key: str, section: dict[str, Any]) -> dict[str, str]:
    """What is left by what fails, in words."""
    peering = VpnConfig.model_validate({"asn": 64521, key: section}).peerings[key]
    return {"nothing": str(whole(peering))} | {str(one.down): str(one) for one in failures(peering)}


@pytest.mark.parametrize(
    ("section", "parts"),
    [
        (
            ONPREM,
            {
                "gateway interface 0": "1 of 2 tunnels left, 99.9 %",
                "gateway interface 1": "1 of 2 tunnels left, 99.9 %",
                "device fw-a": "1 of 2 tunnels left, 99.9 %",
                "device fw-b": "1 of 2 tunnels left, 99.9 %",
            },
        ),
        (
            ONE_DEVICE,
            {
                "gateway interface 0": "1 of 2 tunnels left, 99.9 %",
                "gateway interface 1": "1 of 2 tunnels left, 99.9 %",
                "device fw": "0 of 2 tunnels left, no connection",
                "address wan1 203.0.113.10": "1 of 2 tunnels left, 99.9 %",
                "address wan2 203.0.113.20": "1 of 2 tunnels left, 99.9 %",
            },
        ),
        (
            ONE_ADDRESS,
            {
                "gateway interface 0": "1 of 2 tunnels left, 99.9 %",
                "gateway interface 1": "1 of 2 tunnels left, 99.9 %",
                "device fw": "0 of 2 tunnels left, no connection",
            },
        ),
    ],
    ids=["two devices", "one device, two addresses", "one device, one address"],
)
def test_each_shape_survives_what_it_should(section: dict[str, Any], parts: dict[str, str]) -> None:
    """Only two devices survive the loss of one."""
    assert left("onprem", section) == {
        "nothing": "2 of 2 tunnels left, 99.99 %",
        **parts,
        "tunnel a": "1 of 2 tunnels left, 99.9 %",
        "tunnel b": "1 of 2 tunnels left, 99.9 %",
    }


def test_aws_loses_half_with_a_connection() -> None:
    """And a quarter with a tunnel."""
    found = left("aws", AWS_VPN)

    assert found["nothing"] == "4 of 4 tunnels left, 99.99 %"
    assert found["connection a"] == found["gateway interface 1"] == "2 of 4 tunnels left, 99.9 %"
    assert found["tunnel b-tunnel2"] == "3 of 4 tunnels left, 99.9 %"


def test_a_single_tunnel_is_never_the_whole_sla() -> None:
    """Whoever says redundancy: none sees what it means."""
    section = changed(ONPREM, redundancy="none", tunnels__b=None)

    assert left("onprem", section)["nothing"] == "1 of 1 tunnels left, 99.9 %"


def test_traffic_goes_over_the_preferred_tunnel_while_it_stands() -> None:
    """Active and passive by MED."""
    section = changed(ONPREM, tunnels__b__priority=200)
    peering = VpnConfig.model_validate({"asn": 64521, "onprem": section}).peerings["onprem"]

    carrying = {one.down: one.carrying for one in (whole(peering), *failures(peering))}

    assert carrying[None] == ("a",)
    assert (carrying["device fw-a"], carrying["device fw-b"]) == (("b",), ("a",))
