"""Where tables lead: prefixes, references, sessions and their policies, routes of each network."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.ways.way import End, Kind
from operations.policy.stacks import Place
from operations.policy.ways.asking import there
from operations.policy.ways.ends import place
from operations.policy.ways.google_routes import GoogleHop, GoogleRoutes
from operations.policy.ways.prefixes import looked_up, networks, uncovered, without
from operations.policy.ways.references import made
from operations.policy.ways.routes import Routes
from operations.policy.ways.sessions import Side, sessions
from tests.operations.policy.ways.small import end, ranges, stack, way


def test_the_longest_prefix_leads() -> None:
    """Part by part; what is in none has no way."""
    [whole] = ranges("10.0.0.0/23")
    table = [(one, name) for one, name in zip(ranges("10.0.0.0/24", "10.0.0.0/25"), "ab", strict=True)]

    assert sorted(looked_up(table, whole)) == [
        (ranges("10.0.0.0/25")[0], "b"),
        (ranges("10.0.0.128/25")[0], "a"),
        (ranges("10.0.1.0/24")[0], None),
    ]


def test_ranges_are_told_from_what_is_none() -> None:
    """References and IPv6 are left out."""
    assert networks(["${x}", None, "::/0", "10.0.0.0/8"]) == list(ranges("10.0.0.0/8"))
    assert without(ranges("10.0.0.0/31"), ranges("10.0.0.0/32")[0]) == list(ranges("10.0.0.1/32"))
    assert uncovered(ranges("10.0.0.0/24"), ranges("10.0.0.0/8")) == []


def test_references_are_followed_to_what_they_pass_on() -> None:
    """Not out of the stack, and not for ever."""
    one = stack(("a_b.One", {"x": "${a_b.Two.y}", "self": "${a_b.One.self}"}), ("a_b.Two", {"y": "z"}))

    assert made(one, "plain") is None
    assert made(one, None) is None
    assert made(one, "${a_b.Gone.x}") is None
    for reference, name in (("${a_b.One.x}", "a_b.Two"), ("${a_b.One.self}", "a_b.One")):
        found = made(one, reference)
        assert found is not None
        assert found.place.address == name


def peer(**arguments: Any) -> list[tuple[str, dict[str, Any]]]:
    """A session to a data center in a network with one subnet."""
    return [
        ("google_compute_subnetwork.S", {"ip_cidr_range": "10.64.0.0/20", "secondary_ip_range": [{"ip_cidr_range": "10.68.0.0/16"}]}),
        ("google_compute_external_vpn_gateway.E", {"interface": [{"id": 0, "ip_address": "203.0.113.1"}, {"id": 1, "ip_address": "${google_compute_address.A.address}"}]}),
        ("google_compute_address.A", {}),
        ("google_compute_vpn_tunnel.T", {"peer_external_gateway": "${google_compute_external_vpn_gateway.E.id}", "peer_external_gateway_interface": arguments.pop("interface_number", 0)}),
        ("google_compute_router_interface.I", {"vpn_tunnel": "${google_compute_vpn_tunnel.T.name}"}),
        ("google_compute_router_peer.P", {"interface": "${google_compute_router_interface.I.name}", **arguments}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({}, ("10.64.0.0/20", "10.68.0.0/16")),
        ({"advertise_mode": "CUSTOM", "advertised_ip_ranges": [{"range": "10.1.0.0/16"}]}, ("10.1.0.0/16",)),
        (
            {"advertise_mode": "CUSTOM", "advertised_groups": ["ALL_SUBNETS"]},
            ("10.64.0.0/20", "10.68.0.0/16"),
        ),
    ],
    ids=["as by default", "a list", "all subnets"],
)
def test_a_session_tells_what_it_says(arguments: dict[str, Any], told: tuple[str, ...]) -> None:
    """Its own list, or the subnets with their pods."""
    [session] = sessions(stack(*peer(**arguments)))

    assert (session.side, session.told) == (Side.DATA_CENTER, ranges(*told))


@pytest.mark.parametrize("arguments", [{"enable": False}, {"interface_number": 1}, {"interface_number": 2}])
def test_a_session_that_leads_nowhere_carries_nothing(arguments: dict[str, Any]) -> None:
    """Switched off, to something that is no connection, to no interface of the gateway."""
    assert list(sessions(stack(*peer(**arguments)))) == []


def _policy(*terms: tuple[int, str, str]) -> tuple[str, dict[str, Any]]:
    blocks = [
        {"priority": priority, "match": {"expression": match}, "actions": [{"expression": action}]}
        for priority, match, action in terms
    ]
    return "google_compute_router_route_policy.R", {"terms": blocks}


def _to(cidr: str) -> str:
    return f"destination.inAnyRange(prefix('{cidr}').orLonger())"


@pytest.mark.parametrize(
    ("terms", "taken"),
    [
        ([(2, _to("0.0.0.0/0"), "drop()"), (1, _to("10.20.0.0/16"), "accept()")], True),
        ([(1, _to("10.30.0.0/16"), "accept()"), (2, _to("0.0.0.0/0"), "drop()")], False),
        ([(1, _to("10.30.0.0/16"), "drop()")], True),
        ([(1, "asPath.matches('65010')", "drop()")], False),
        ([(1, _to("10.20.0.0/16"), "med.set(100)")], False),
    ],
    ids=["listed", "not listed", "others dropped", "cannot be read", "another action"],
)
def test_a_session_takes_what_its_policies_do(terms: list[tuple[int, str, str]], *, taken: bool) -> None:
    """What a term drops is not learned; nor is what nobody can tell."""
    imports = {"import_policies": ["${google_compute_router_route_policy.R.name}"]}
    routes = GoogleRoutes(stack(*peer(**imports), _policy(*terms)), ranges("10.20.0.0/24"), {})

    [(_, hop)] = routes.hops(ranges("10.20.0.0/24"))

    assert (hop is GoogleHop.DATA_CENTER) is taken


def test_a_policy_that_is_made_elsewhere_takes_nothing() -> None:
    """Nobody knows what it drops."""
    routes = GoogleRoutes(stack(*peer(import_policies=["theirs"])), ranges("10.20.0.0/24"), {})

    assert routes.strays(ranges("10.20.0.0/24"), GoogleHop.DATA_CENTER)


def test_a_network_without_default_routes_has_no_way_out() -> None:
    """So that Google's addresses need a route of their own."""
    network = ("google_compute_network.N", {"delete_default_routes_on_create": True})
    route = (
        "google_compute_route.R",
        {"dest_range": "199.36.153.8/30", "next_hop_gateway": "default-internet-gateway"},
    )
    apis = end(Kind.GOOGLE_APIS, "199.36.153.8/30")
    nodes = end(Kind.GKE_NODES, "10.64.0.0/20", name="c")

    assert Routes(stack(network), ()).lost(nodes, apis) == [
        "the network in Google Cloud has no way to 199.36.153.8/30"
    ]
    assert Routes(stack(network, route), ()).lost(nodes, apis) == []


def test_a_bastion_that_is_not_made_is_reached_by_nobody() -> None:
    """Nor does it reach anybody."""
    people, bastion = end(Kind.INTERNET, "198.51.100.0/24"), End(Kind.BASTION)
    inside = end(Kind.EKS_API, "10.0.0.0/24")

    assert Routes(stack(), ()).lost(people, bastion) == ["no bastion is made here"]
    assert Routes(stack(), ()).lost(bastion, inside) == ["no subnet of bastion is made here"]


def test_a_subnet_without_a_route_reaches_nothing_else() -> None:
    """Neither its VPC's other subnets by a table that is not its own, nor a transit gateway."""
    vpc = ("aws_vpc.V", {"cidr_block": "10.0.0.0/16"})
    subnet = (
        "aws_subnet.S",
        {"cidr_block": "10.0.1.0/24", "vpc_id": "${aws_vpc.V.id}", "availability_zone": "eu-west-1a"},
    )
    nodes, far = end(Kind.EKS_NODES, "10.0.1.0/24", name="c"), end(Kind.AWS_SUBNETS, "10.1.0.0/24")
    table = [
        ("aws_route_table.T", {"vpc_id": "${aws_vpc.V.id}"}),
        (
            "aws_route_table_association.A",
            {"subnet_id": "${aws_subnet.S.id}", "route_table_id": "${aws_route_table.T.id}"},
        ),
        (
            "aws_route.R",
            {
                "destination_cidr_block": "10.64.0.0/20",
                "route_table_id": "${aws_route_table.T.id}",
                "transit_gateway_id": "tgw-1",
            },
        ),
    ]
    routes = Routes(stack(vpc, subnet, *table), ())

    assert routes.lost(nodes, far) == ["aws_subnet.S has no way to 10.1.0.0/24"]
    assert "no transit gateway is attached in the zone of aws_subnet.S" in routes.lost(
        nodes, end(Kind.GOOGLE_SUBNETS, "10.64.0.0/20")
    )


def test_a_finding_stands_where_something_is_made() -> None:
    """At the cluster or its network, or at the stack itself."""
    asked = way(end(Kind.DATA_CENTER, "10.20.0.0/24"), end(Kind.GKE_API, "172.16.0.0/28", name="c"))
    cluster = ("google_container_cluster.C", {"name": "c"})

    [(at, message)] = there([stack(ways=[asked], learned="10.20.0.0/24")])

    assert at.address == "resource"
    assert "no BGP session leads to the data centers" in message
    assert message.endswith("(google.network.firewall.allows, the environment's file)")
    assert place(stack(cluster), asked.source, asked.target).address == "google_container_cluster.C"
    assert list(there([stack(ways=[asked])])) == []


_FAR = "10.20.0.0/24"
_VPC = "10.0.0.0/16"


def _session(name: str, address: str) -> list[tuple[str, dict[str, Any]]]:
    """A session whose own list is empty, to whoever has the address."""
    return [
        (f"google_compute_external_vpn_gateway.{name}", {"interface": [{"id": 0, "ip_address": address}]}),
        (
            f"google_compute_vpn_tunnel.{name}",
            {"peer_external_gateway": f"${{google_compute_external_vpn_gateway.{name}.id}}"},
        ),
        (
            f"google_compute_router_interface.{name}",
            {"vpn_tunnel": f"${{google_compute_vpn_tunnel.{name}.name}}"},
        ),
        (
            f"google_compute_router_peer.{name}",
            {"interface": f"${{google_compute_router_interface.{name}.name}}", "advertise_mode": "CUSTOM"},
        ),
    ]


def _spoke(name: str, hub: str = "${google_network_connectivity_hub.H.id}", **linked: Any) -> Any:
    uris = [f"${{google_compute_vpn_tunnel.{name}.self_link}}", "theirs"]
    return (
        f"google_network_connectivity_spoke.{name}",
        {
            "hub": hub,
            "linked_vpn_tunnels": [{"uris": uris, "site_to_site_data_transfer": True, **linked}],
        },
    )


@pytest.mark.parametrize(
    ("spokes", "passed"),
    [
        ([_spoke("Onprem"), _spoke("Aws")], True),
        ([_spoke("Onprem")], False),
        ([_spoke("Onprem"), _spoke("Aws", "theirs")], False),
        ([_spoke("Onprem"), _spoke("Aws", "${google_network_connectivity_hub.Other.id}")], False),
        ([_spoke("Onprem"), _spoke("Aws", site_to_site_data_transfer=False)], False),
        ([_spoke("Onprem"), _spoke("Aws", exclude_import_ranges=["10.20.0.0/16"])], False),
    ],
    ids=["joined", "one spoke", "a hub of others", "another hub", "no transfer", "filtered"],
)
def test_a_hub_passes_on_what_others_have_learned(spokes: list[Any], *, passed: bool) -> None:
    """To the sessions of its other spokes, both ways."""
    gateway: tuple[str, dict[str, Any]] = ("aws_ec2_transit_gateway.G", {})
    connection = ("aws_vpn_connection.C", {"transit_gateway_id": "${aws_ec2_transit_gateway.G.id}"})
    hubs: list[tuple[str, dict[str, Any]]] = [
        ("google_network_connectivity_hub.H", {}),
        ("google_network_connectivity_hub.Other", {}),
    ]
    built = stack(
        gateway,
        connection,
        *_session("Onprem", "203.0.113.1"),
        *_session("Aws", "${aws_vpn_connection.C.tunnel1_address}"),
        *hubs,
        *spokes,
    )
    place = Place("dev", "aws_ec2_transit_gateway.G")

    routes = GoogleRoutes(built, ranges(_FAR), {place: list(ranges(_VPC))})

    assert routes.told(place) == (list(ranges(_FAR)) if passed else [])
    assert (routes.untold(Side.DATA_CENTER, ranges(_VPC)) == []) is passed
