"""HA VPNs with their tunnels and sessions, to data centers and to AWS."""

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

EXTERNAL = f"projects/{HOST}/global/externalVpnGateways/"


def router(name: str = "bgp", region: str = REGION) -> FoundObject:
    """A router that speaks BGP."""
    return thing(
        "compute_router",
        name,
        **regional("routers", name, region),
        network=NETWORK_PATH,
        bgp=[{"asn": 64600}],
    )


def gateway(name: str = "ha") -> FoundObject:
    """An HA VPN gateway."""
    return thing("compute_ha_vpn_gateway", name, **regional("vpnGateways", name), network=NETWORK_PATH)


def external(name: str, *addresses: str, kind: str = "TWO_IPS_REDUNDANCY") -> FoundObject:
    """The other end of a VPN."""
    interfaces = [{"id": number, "ip_address": address} for number, address in enumerate(addresses)]
    return thing(
        "compute_external_vpn_gateway",
        name,
        name=name,
        id=EXTERNAL + name,
        redundancy_type=kind,
        interface=interfaces,
    )


def line(
    name: str,
    number: int,
    link: str,
    *,
    ends: tuple[str, str] = ("ha", "dc"),
    theirs: int | None = None,
    tunnel: dict[str, Any] | None = None,
    session: dict[str, Any] | None = None,
) -> list[FoundObject]:
    """A tunnel with its interface and session."""
    place = {"project": HOST, "region": REGION, "router": "bgp"}
    return [
        thing(
            "compute_vpn_tunnel",
            name,
            **regional("vpnTunnels", name),
            router=f"{LINK}projects/{HOST}/regions/{REGION}/routers/bgp",
            vpn_gateway=f"projects/{HOST}/regions/{REGION}/vpnGateways/{ends[0]}",
            vpn_gateway_interface=number,
            peer_external_gateway=EXTERNAL + ends[1],
            peer_external_gateway_interface=number if theirs is None else theirs,
            **(tunnel or {}),
        ),
        thing("compute_router_interface", name, **place, name=f"if-{name}", vpn_tunnel=name, ip_range=link),
        thing(
            "compute_router_peer",
            name,
            **place,
            name=f"bgp-{name}",
            interface=f"if-{name}",
            **{"peer_asn": 65010, **(session or {})},
        ),
    ]


DATA_CENTER = [router(), gateway(), external("dc", "203.0.113.10", "203.0.113.20")]
TWO = [*line("t0", 0, "169.254.50.1/30"), *line("t1", 1, "169.254.50.5/30")]


def test_a_vpn_to_a_data_center_keeps_every_name() -> None:
    """Sessions without a policy take everything, as they do."""
    extra = {
        "advertised_route_priority": 200,
        "md5_authentication_key": [{"name": "k"}],
        "advertised_ip_ranges": [{"range": "10.1.0.0/20"}, {"range": "10.77.0.0/16"}, {"range": "fd00::/64"}],
    }
    long = line("to-the-data-center-b", 1, "169.254.50.5/30", session=extra)

    draft = drafted(NETWORK, NODES, *DATA_CENTER, *line("t0", 0, "169.254.50.1/30"), *long)

    assert draft.at("vpn") == {
        "asn": 64600,
        "onprem": {
            "asn": 65010,
            "peers": {
                "peer-0": {"interface": 0, "address": "203.0.113.10"},
                "peer-1": {"interface": 1, "address": "203.0.113.20"},
            },
            "accepts": "everything",
            "tunnels": {
                "t0": {"interface": 0, "peer": "peer-0", "link_local": "169.254.50.0/30"},
                "tunnel-2": {
                    "interface": 1,
                    "peer": "peer-1",
                    "link_local": "169.254.50.4/30",
                    "priority": 200,
                    "md5": True,
                },
            },
        },
        "advertise": ["10.77.0.0/16"],
    }
    assert draft.at("google", "names") == {
        "network": "backbone",
        "vpn": "bgp",
        "vpn-onprem": "ha",
        "vpn-onprem/external": "dc",
        "vpn-onprem-t0": "t0",
        "vpn-onprem-t0/interface": "if-t0",
        "vpn-onprem-t0/session": "bgp-t0",
        "vpn-onprem-tunnel-2": "to-the-data-center-b",
        "vpn-onprem-tunnel-2/interface": "if-to-the-data-center-b",
        "vpn-onprem-tunnel-2/session": "bgp-to-the-data-center-b",
    }
    assert left(draft) == {}
    assert draft.notes[-1].startswith("no state tells which ranges the data centers have")


def test_one_interface_is_no_redundancy() -> None:
    """As it is, with the warning that the model has for it."""
    single = external("dc", "203.0.113.10", kind="SINGLE_IP_INTERNALLY_REDUNDANT")

    found = drafted(NETWORK, NODES, router(), gateway(), single, *line("t0", 0, "169.254.50.1/30")).at(
        "vpn", "onprem"
    )

    assert (found["redundancy"], list(found["peers"])) == ("none", ["peer-0"])


def test_links_that_are_no_links_here_are_listed() -> None:
    """None, no /30, IPv6, or the ends the other way round."""
    ranges = ("", "169.254.50.1/29", "fd20:1::1/126", "169.254.50.6/30")
    lines = [one for number, link in enumerate(ranges) for one in line(f"t{number}", number % 2, link)]

    draft = drafted(NETWORK, NODES, *DATA_CENTER, *lines)

    tunnels = draft.at("vpn", "onprem", "tunnels")
    assert [one.get("link_local") for one in tunnels.values()] == [None, None, None, "169.254.50.4/30"]
    assert [name.rpartition(".")[2] for name in left(draft)] == [
        "t1: ip_range",
        "t2: ip_range",
        "t3: ip_range",
    ]
    assert "has Google Cloud at 169.254.50.6" in left(draft)["compute_router_interface.t3: ip_range"]


def to_aws(**options: Any) -> list[FoundObject]:
    """The four tunnels to AWS, two a connection."""
    addresses = [f"198.51.100.{number}" for number in range(4)]
    lines = [
        one
        for number in range(4)
        for one in line(
            f"aws{number}",
            number // 2,
            f"169.254.60.{4 * number + 2}/30",
            ends=("ha-aws", "aws"),
            theirs=number,
            **options,
        )
    ]
    return [gateway("ha-aws"), external("aws", *addresses, kind="FOUR_IPS_REDUNDANCY"), *lines]


def test_a_vpn_to_aws_is_two_connections() -> None:
    """Whose tunnels stand in AWS's order."""
    told = {"peer_asn": 64700, "import_policies": ["bounded"]}
    vpc = FoundObject("aws.tfstate", "aws_vpc.this", "aws_vpc", {"cidr_block": "10.48.0.0/16"})

    draft = drafted(NETWORK, NODES, vpc, *DATA_CENTER, *TWO, *to_aws(session=told))

    assert draft.at("vpn", "aws") == {
        "transit_gateway_asn": 64700,
        "connections": {
            "connection-0": {
                "interface": 0,
                "tunnel1": {"link_local": "169.254.60.0/30"},
                "tunnel2": {"link_local": "169.254.60.4/30"},
            },
            "connection-1": {
                "interface": 1,
                "tunnel1": {"link_local": "169.254.60.8/30"},
                "tunnel2": {"link_local": "169.254.60.12/30"},
            },
        },
    }
    assert draft.at("vpn", "transit") is False
    assert draft.at("google", "names", "vpn-aws-connection-1-tunnel1/session") == "bgp-aws2"


def test_what_aws_is_told_of_data_centers_makes_a_transit() -> None:
    """By a range of AWS that the data centers are told of."""
    vpc = FoundObject("aws.tfstate", "aws_vpc.this", "aws_vpc", {"cidr_block": "10.48.0.0/16"})
    ranges = {"advertised_ip_ranges": [{"range": "10.48.0.0/16"}]}

    draft = drafted(
        NETWORK, NODES, vpc, *DATA_CENTER, *line("t0", 0, "169.254.50.1/30", session=ranges), *to_aws()
    )

    assert draft.at("vpn", "transit") is True


def test_half_a_vpn_to_aws_is_one_connection() -> None:
    """AWS is known by its own end, too."""
    connection = FoundObject(
        "aws.tfstate", "aws_vpn_connection.a", "aws_vpn_connection", {"tunnel1_address": "198.51.100.7"}
    )
    other = external("aws", "198.51.100.7", "198.51.100.8")

    draft = drafted(
        NETWORK,
        NODES,
        connection,
        router(),
        gateway(),
        other,
        *line("a", 0, "169.254.60.2/30", ends=("ha", "aws")),
    )

    assert draft.at("vpn", "aws", "connections") == {
        "connection-0": {"interface": 0, "tunnel1": {"link_local": "169.254.60.0/30"}}
    }
    assert "onprem" not in draft.data["vpn"]


def test_what_an_environment_has_one_of_is_listed_a_second_time() -> None:
    """A second data center; two ends at one gateway."""
    second = [
        gateway("ha2"),
        external("dc2", "203.0.113.99"),
        *line("z", 0, "169.254.51.1/30", ends=("ha2", "dc2")),
    ]
    shared = [
        external("aws", kind="FOUR_IPS_REDUNDANCY"),
        *line("y", 0, "169.254.52.2/30", ends=("ha", "aws")),
    ]

    draft = drafted(NETWORK, NODES, *DATA_CENTER, *TWO, *second, *shared)

    assert left(draft) == {
        **dict.fromkeys(
            ("compute_external_vpn_gateway.dc2", "compute_vpn_tunnel.z"),
            "leads to a second place of its kind beside module.core.compute_external_vpn_gateway.dc, and an environment has "
            "one",
        ),
        **dict.fromkeys(
            ("compute_external_vpn_gateway.aws", "compute_vpn_tunnel.y"),
            "shares gateway module.core.compute_ha_vpn_gateway.ha with another VPN, and each here has a gateway of its own",
        ),
    }


def test_tunnels_that_lead_nowhere_are_listed() -> None:
    """To another network, to a gateway that no state has, without a session, at another router."""
    bare = line("bare", 0, "169.254.51.1/30")[:1]
    no_session = line("half", 0, "169.254.51.5/30")[:2]
    google = line(
        "peered", 0, "169.254.52.1/30", ends=("ha", "none"), tunnel={"peer_gcp_gateway": "projects/x"}
    )
    lost = line("lost", 0, "169.254.53.1/30", ends=("ha", "none"))
    away = thing(
        "compute_vpn_tunnel",
        "away",
        **regional("vpnTunnels", "away"),
        router="other",
        vpn_gateway="ha",
        peer_external_gateway=EXTERNAL + "dc",
    )
    other = router("other", "europe-west1")
    beside = thing("compute_router", "beside", **regional("routers", "other"), network=NETWORK_PATH)

    draft = drafted(
        NETWORK, NODES, *DATA_CENTER, *TWO, *bare, *no_session, *google, *lost, other, beside, away
    )

    assert left(draft) == {
        "compute_router.beside": "is a second router of VPNs, or one in another region, and an environment has one in "
        "google.region",
        "compute_vpn_tunnel.bare": "has no interface and BGP session at the router in any state",
        "compute_vpn_tunnel.half": "has no interface and BGP session at the router in any state",
        "compute_vpn_tunnel.peered": "leads to another network of Google Cloud, and VPNs here lead to data centers and to AWS",
        "compute_vpn_tunnel.lost": "leads to an external gateway that no state has",
        "compute_vpn_tunnel.away": "has no interface and BGP session at the router in any state",
    }


def test_the_ranges_of_data_centers_are_what_their_sessions_take() -> None:
    """By the terms that this project makes, and those alone."""

    def term(expression: str, action: str = "accept()") -> dict[str, Any]:
        return {"match": [{"expression": expression}], "actions": [{"expression": action}]}

    taken = "destination.inAnyRange(prefix('{}').orLonger())"
    policies = [
        thing("compute_router_route_policy", name, project=HOST, name=name, terms=terms)
        for name, terms in (
            (
                "dc",
                [
                    term(taken.format("10.30.0.0/16")),
                    term(taken.format("0.0.0.0/0"), "drop()"),
                    term("true"),
                    {"match": None},
                ],
            ),
            ("other", [term(taken.format("10.99.0.0/16"))]),
        )
    ]
    told = {"import_policies": ["dc"]}
    lines = [*line("t0", 0, "169.254.50.1/30", session=told), *line("t1", 1, "169.254.50.5/30", session=told)]

    draft = drafted(
        NETWORK, NODES, *policies, *DATA_CENTER, *lines, *to_aws(session={"import_policies": ["other"]})
    )

    assert draft.at("google", "network", "onprem_prefixes") == ["10.30.0.0/16"]
    assert "accepts" not in draft.at("vpn", "onprem")
    assert draft.notes[-1].startswith("the number of project")
