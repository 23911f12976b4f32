"""The VPNs of one section against each other."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.vpn.tunnel import Ends
from estate.model.vpn.vpn import VpnConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import VPN


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"asn": 65010}, "onprem.asn", "must differ from vpn.asn, got 65010 for both"),
        ({"asn": 64531}, "aws.transit_gateway_asn", "must differ from vpn.asn"),
        (
            {"onprem__tunnels__b__link_local": "169.254.21.0/30"},
            "onprem.tunnels.b.link_local",
            "must differ from vpn.onprem.tunnels.a.link_local",
        ),
        (
            {"aws__connections__a__tunnel1__link_local": "169.254.21.0/30"},
            "aws.connections.a.tunnel1.link_local",
            "must differ from vpn.onprem.tunnels.a.link_local",
        ),
        ({"transit": None}, "transit", "has to be said"),
        ({"aws": None}, "transit", "needs both onprem and aws"),
        ({"transit": False, "transit_by": "hub"}, "transit_by", "is hub of no transit"),
        ({"transit": False, "transit_by": "both"}, "transit_by", "is both of no transit"),
        (
            {"transit_by": "hub", "onprem__redundancy": "none"},
            "transit_by",
            "must be advertisements with onprem.redundancy: none, got hub",
        ),
        ({"transit_location_checked": "2026-11-30"}, "transit_location_checked", "is for a hub"),
        (
            {"transit_by": "hub", "transit_location_checked": "2026-11-31"},
            "transit_location_checked",
            "must be a day of the calendar",
        ),
        ({"onprem": None, "aws": None, "transit": None}, "", "leads nowhere"),
        ({"advertise": ["199.36.153.8/30", "199.36.153.8/29"]}, "advertise.1", "overlaps 199.36.153.8/30"),
    ],
)
def test_refuses_what_does_not_fit_together(changes: dict[str, Any], path: str, reason: str) -> None:
    """Each mistake at the key to change."""
    assert reason in refusals(VpnConfig, changed(VPN, **changes))[path]


def test_either_vpn_stands_alone() -> None:
    """Transit is a question where there are two."""
    assert refusals(VpnConfig, changed(VPN, aws=None, transit=None)) == {}
    assert refusals(VpnConfig, changed(VPN, onprem=None, transit=None)) == {}


@pytest.mark.parametrize("by", ["advertisements", "both", "hub"])
def test_the_sides_reach_each_other_by_what_is_said(by: str) -> None:
    """Also where a day says that the region was asked about."""
    checked = {} if by == "advertisements" else {"transit_location_checked": "2026-11-30"}

    assert refusals(VpnConfig, changed(VPN, transit_by=by, **checked)) == {}


def test_google_has_the_first_address_on_prem_and_the_second_in_aws() -> None:
    """AWS takes the first one for itself."""
    vpn = VpnConfig.model_validate(VPN)

    ends = {
        f"{key} {tunnel}": one.ends(google_first=peering.google_is_first)
        for key, peering in vpn.peerings.items()
        for tunnel, one in peering.all_tunnels().items()
        if tunnel in {"a", "a-tunnel1"}
    }

    assert {key: (str(one.google), str(one.peer)) for key, one in ends.items()} == {
        "onprem a": ("169.254.21.1", "169.254.21.2"),
        "aws a-tunnel1": ("169.254.121.2", "169.254.121.1"),
    }
    assert all(isinstance(one, Ends) for one in ends.values())


def test_a_tunnel_without_a_link_has_no_ends() -> None:
    """The estate refuses it before anything asks."""
    vpn = VpnConfig.model_validate(changed(VPN, onprem__tunnels__a__link_local=None))

    with pytest.raises(ValueError, match="hybrid check proposes one"):
        next(one for _, one in vpn.all_tunnels()).ends(google_first=True)
