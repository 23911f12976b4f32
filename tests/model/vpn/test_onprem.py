"""The VPN to the on-prem network: its three shapes, and what does not fit any."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.vpn.onprem import OnpremVpnConfig
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ONE_ADDRESS, ONE_DEVICE, ONPREM


@pytest.mark.parametrize(
    ("document", "shape", "redundancy_type", "interfaces"),
    [
        (ONPREM, "two devices", "TWO_IPS_REDUNDANCY", {"a": (0, 0), "b": (1, 1)}),
        (ONE_DEVICE, "one device with two addresses", "TWO_IPS_REDUNDANCY", {"a": (0, 0), "b": (1, 1)}),
        (
            ONE_ADDRESS,
            "one device with one address",
            "SINGLE_IP_INTERNALLY_REDUNDANT",
            {"a": (0, 0), "b": (1, 0)},
        ),
    ],
    ids=["two devices", "one device, two addresses", "one device, one address"],
)
def test_knows_the_three_shapes(
    document: dict[str, Any], shape: str, redundancy_type: str, interfaces: dict[str, tuple[int, int]]
) -> None:
    """Each with its redundancy type and the interfaces that tunnels lead from and to."""
    vpn = OnpremVpnConfig.model_validate(document)

    assert (vpn.shape, vpn.redundancy_type) == (shape, redundancy_type)
    assert {key: (one.interface, one.peer_interface) for key, one in vpn.all_tunnels().items()} == interfaces


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"tunnels__b": None}, "tunnels", "interface 1 too"),
        ({"peers__fw-b__interface": 0}, "peers.fw-b.interface", "say interface: 1"),
        ({"peers__fw-b__address": "203.0.113.10"}, "peers.fw-b.address", "must differ from that of fw-a"),
        ({"tunnels__b__peer": "fw-c"}, "tunnels.b.peer", "must be one of peers: fw-a, fw-b"),
        ({"tunnels__b__peer": "fw-a"}, "tunnels.b.interface", "must be that of peer fw-a, 0"),
        (
            {"tunnels__c": {"interface": 0, "peer": "fw-a", "link_local": "169.254.21.8/30"}},
            "tunnels.c",
            "must differ from a",
        ),
        ({"peers": {}}, "peers", "at least 1 item"),
        (
            {"peers__fw-c": {"interface": 1, "address": "203.0.113.30"}},
            "peers",
            "at most 2 items",
        ),
        ({"tunnels__a__priority": 65536}, "tunnels.a.priority", "less than or equal to 65535"),
        ({"tunnels__a__interface": 2}, "tunnels.a.interface", "less than or equal to 1"),
    ],
)
def test_refuses_what_would_not_survive_a_failure(changes: dict[str, Any], path: str, reason: str) -> None:
    """Each mistake at the key to change."""
    found = refusals(OnpremVpnConfig, changed(ONPREM, **changes))

    assert reason in found[path]


def test_refuses_a_single_peer_on_interface_1() -> None:
    """The external gateway of one address has interface 0 only."""
    document = changed(ONE_ADDRESS, peers__fw__interface=1)

    assert refusals(OnpremVpnConfig, document) == {
        "peers.fw.interface": "must be 0 where there is one peer, got 1; say interface: 0"
    }


def test_one_tunnel_is_enough_for_who_says_so() -> None:
    """redundancy: none is a choice, with a warning."""
    document = changed(ONPREM, tunnels__b=None, redundancy="none")

    assert refusals(OnpremVpnConfig, document) == {}


@pytest.mark.parametrize("key", ["bfd", "preshared_key"])
@pytest.mark.parametrize("model", ["section", "tunnel"])
def test_says_why_bfd_and_keys_cannot_be_here(key: str, model: str) -> None:
    """HA VPN has no BFD, and no key stands in a file."""
    section: Any = OnpremVpnConfig
    owner = section if model == "section" else section.model_fields["tunnels"].annotation.__args__[1]

    assert ("BFD" if key == "bfd" else "never stand in a file") in owner.refused[key]


def test_says_where_prefixes_stand() -> None:
    """With the network, which lets them in with or without a VPN made here."""
    assert "google.network.onprem_prefixes" in OnpremVpnConfig.refused["prefixes"]
