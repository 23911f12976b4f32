"""Cloud NAT in every region."""

from __future__ import annotations

from typing import Any

from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import (
    HOST,
    LINK,
    NETWORK,
    NETWORK_PATH,
    NODES,
    REGION,
    drafted,
    left,
    regional,
    thing,
)

WEST = "europe-west1"


def router(name: str, region: str = REGION, **attributes: Any) -> FoundObject:
    """A router of the network."""
    return thing(
        "compute_router", name, **regional("routers", name, region), network=NETWORK_PATH, **attributes
    )


def gateway(name: str, at: str, region: str = REGION, **attributes: Any) -> FoundObject:
    """A gateway at a router, which has no link of its own."""
    place = {"project": HOST, "region": region, "router": at, "name": name}
    return thing("compute_router_nat", name, **place, id=f"{HOST}/{region}/{at}/{name}", **attributes)


def address(name: str, region: str = REGION) -> FoundObject:
    """A reserved address."""
    return thing("compute_address", name, **regional("addresses", name, region))


def link(name: str, region: str = REGION) -> str:
    """What a gateway says of an address."""
    return f"{LINK}projects/{HOST}/regions/{region}/addresses/{name}"


def test_gateways_keep_the_names_that_they_and_their_routers_have() -> None:
    """With addresses that others let in."""
    draft = drafted(
        NETWORK,
        NODES,
        router("edge"),
        gateway(
            "out",
            "edge",
            nat_ips=[link("nat-ip-0"), link("nat-ip-1")],
            enable_dynamic_port_allocation=True,
            min_ports_per_vm=128,
            max_ports_per_vm=2048,
            log_config=[{"enable": True, "filter": "ALL"}],
        ),
        address("nat-ip-0"),
        address("nat-ip-1"),
    )

    assert draft.at("google", "network", "nat") == {
        "min_ports_per_machine": 128,
        "max_ports_per_machine": 2048,
        "logs": "all",
        "addresses": ["nat-ip-0", "nat-ip-1"],
    }
    assert draft.at("google", "names") == {
        "network": "backbone",
        "nat-europe-west4": "out",
        "nat-europe-west4/router": "edge",
        "nat-nat-ip-0/address": "nat-ip-0",
        "nat-nat-ip-1/address": "nat-ip-1",
    }


def test_all_regions_are_set_up_as_the_first() -> None:
    """What differs in another is listed; addresses have one name everywhere."""
    draft = drafted(
        NETWORK,
        NODES,
        router("r4"),
        router("r1", WEST),
        gateway("n4", "r4", log_config=[{"filter": "ALL"}], nat_ips=[link("kl-prod-nat-a"), link("gone")]),
        gateway(
            "n1",
            "r1",
            WEST,
            log_config=[{"filter": "ALL"}],
            min_ports_per_vm=256,
            nat_ips=[link("kl-prod-nat-a", WEST), link("b", WEST)],
        ),
        address("kl-prod-nat-a"),
        address("kl-prod-nat-a", WEST),
        address("b", WEST),
    )

    assert draft.at("google", "network", "nat") == {"logs": "all", "addresses": ["a"]}
    assert left(draft) == {
        "compute_router_nat.n1: min_ports_per_vm": "differs from that of another region, and all gateways here are set up "
        "alike",
        "compute_router_nat.n4: nat_ips.1": f"is an address that no state has, {link('gone')}",
        "compute_address.b: name": "has a name that no address of the first region has, and a name here is one in every region",
    }


def test_gateways_that_have_no_place_are_listed() -> None:
    """A second one in a region, one at a VPN's router, one between private networks."""
    tunnel = thing("compute_vpn_tunnel", **regional("vpnTunnels", "t"), router="vpn")

    draft = drafted(
        NETWORK,
        NODES,
        router("a"),
        router("b"),
        router("vpn"),
        router("none", WEST),
        gateway("first", "a"),
        gateway("second", "b"),
        gateway("shared", "vpn"),
        gateway("private", "none", WEST, type="PRIVATE"),
        tunnel,
    )

    assert draft.at("google", "network", "nat") == {}
    some = {name: why for name, why in left(draft).items() if "router_nat" in name}
    assert some == {
        "compute_router_nat.second": "is a second gateway in its region, beside "
        "module.core.compute_router_nat.first",
        "compute_router_nat.shared": "is a second gateway in its region, beside module.core.compute_router_nat.first",
        "compute_router_nat.private": "is between private networks, which nothing here does",
    }


def test_a_gateway_at_a_vpn_s_router_has_no_place() -> None:
    """Here it has a router of its own."""
    tunnel = thing("compute_vpn_tunnel", **regional("vpnTunnels", "t"), router="vpn")

    draft = drafted(NETWORK, NODES, router("vpn"), gateway("shared", "vpn"), tunnel)

    assert draft.at("google", "network", "nat") is None
    assert left(draft)["compute_router_nat.shared"].startswith("is at the router of a VPN")
