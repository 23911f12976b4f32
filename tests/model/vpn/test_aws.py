"""The VPN to AWS: two connections and four tunnels, neither fewer nor more."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.vpn.aws import AwsVpnConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import AWS_VPN


def test_four_tunnels_lead_from_two_interfaces_to_four() -> None:
    """0 to 0 and 1, 1 to 2 and 3: Google Cloud reads from it which addresses are of one connection."""
    vpn = AwsVpnConfig.model_validate(AWS_VPN)

    assert {key: (one.interface, one.peer_interface) for key, one in vpn.all_tunnels().items()} == {
        "a-tunnel1": (0, 0),
        "a-tunnel2": (0, 1),
        "b-tunnel1": (1, 2),
        "b-tunnel2": (1, 3),
    }
    assert (vpn.redundancy_type, vpn.wanted_tunnels) == ("FOUR_IPS_REDUNDANCY", 4)


def test_the_order_in_the_file_means_nothing() -> None:
    """Tunnels are keyed, never positional."""
    connections = dict(reversed(AWS_VPN["connections"].items()))

    turned = AwsVpnConfig.model_validate({**AWS_VPN, "connections": connections})

    assert turned.all_tunnels() == AwsVpnConfig.model_validate(AWS_VPN).all_tunnels()


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"connections__b__interface": 0}, "connections.b.interface", "say interface: 1"),
        ({"connections__b": None}, "connections", "at least 2 items"),
        ({"connections__b__tunnel2": None}, "connections.b.tunnel2", "Field required"),
        ({"transit_gateway_asn": 16550}, "transit_gateway_asn", "private ASN"),
    ],
)
def test_refuses_a_tunnel_too_few(changes: dict[str, Any], path: str, reason: str) -> None:
    """Three tunnels are no redundancy to either cloud."""
    assert reason in refusals(AwsVpnConfig, changed(AWS_VPN, **changes))[path]
