"""The VPNs in an environment's stack: both clouds' ends, and who waits for whom."""

from __future__ import annotations

import copy
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.model.vmware.documents import changed
from tests.model.vpn.documents import (
    AWS,
    ENVIRONMENT,
    GOOGLE,
    ONE_ADDRESS,
    ONE_DEVICE,
    ONPREM,
    VPN,
)
from tests.stacks.test_environment_stack import synthesize
from tests.synth import Synthesized

TUNNELS, PEERS = "google_compute_vpn_tunnel", "google_compute_router_peer"
INTERFACES = "google_compute_router_interface"
ALONE: dict[str, Any] = {"asn": 64521, "onprem": ONPREM}
FIELDS = {key: ENVIRONMENT[key] for key in ("google", "aws", "vpn")}


def by_name(found: Synthesized, type_: str, prefix: str = "kl-dev-vpn-") -> dict[str, dict[str, Any]]:
    """Resources of a type by name, the common part left out."""
    return {body["name"].removeprefix(prefix): body for body in found.resources(type_).values()}


def by_address(found: Synthesized, type_: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Resources of a type with their addresses, by name."""
    return {body["name"]: (f"{type_}.{name}", body) for name, body in found.resources(type_).items()}


@pytest.mark.parametrize(
    ("onprem", "gateway", "interfaces"),
    [
        (ONPREM, ("TWO_IPS_REDUNDANCY", {0: "203.0.113.10", 1: "203.0.113.20"}), {"a": (0, 0), "b": (1, 1)}),
        (
            ONE_DEVICE,
            ("TWO_IPS_REDUNDANCY", {0: "203.0.113.10", 1: "203.0.113.20"}),
            {"a": (0, 0), "b": (1, 1)},
        ),
        (
            ONE_ADDRESS,
            ("SINGLE_IP_INTERNALLY_REDUNDANT", {0: "203.0.113.10"}),
            {"a": (0, 0), "b": (1, 0)},
        ),
    ],
    ids=["two devices", "one device, two addresses", "one device, one address"],
)
def test_each_shape_of_the_on_prem_end(
    tmp_path: Path,
    onprem: dict[str, Any],
    gateway: tuple[str, dict[int, str]],
    interfaces: dict[str, tuple[int, int]],
) -> None:
    """An external gateway with its interfaces, and the tunnels that lead from and to them."""
    found = synthesize(tmp_path, google=GOOGLE, vpn={"asn": 64521, "onprem": onprem})

    external = found.one("google_compute_external_vpn_gateway")
    assert (
        external["redundancy_type"],
        {one["id"]: one["ip_address"] for one in external["interface"]},
    ) == gateway
    assert {
        name.removeprefix("onprem-"): (body["vpn_gateway_interface"], body["peer_external_gateway_interface"])
        for name, body in by_name(found, TUNNELS).items()
    } == interfaces
    assert {body["ike_version"] for body in found.resources(TUNNELS).values()} == {2}


def test_a_bgp_session_says_everything(tmp_path: Path) -> None:
    """Addresses, neighbours, MED and every range, one by one; no BFD, which HA VPN has not."""
    vpn = changed(ALONE, onprem__tunnels__b__priority=200)

    found = synthesize(tmp_path, google=GOOGLE, vpn=vpn)

    peers = by_name(found, PEERS)
    assert {
        key: peers["onprem-b"][key]
        for key in (
            "ip_address",
            "peer_ip_address",
            "peer_asn",
            "advertised_route_priority",
            "advertise_mode",
        )
    } == {
        "ip_address": "169.254.21.5",
        "peer_ip_address": "169.254.21.6",
        "peer_asn": 65010,
        "advertised_route_priority": 200,
        "advertise_mode": "CUSTOM",
    }
    assert [one["range"] for one in peers["onprem-b"]["advertised_ip_ranges"]] == [
        "10.64.0.0/20",
        "10.68.0.0/16",
        "10.72.0.0/20",
        "199.36.153.8/30",
    ]
    assert not {"bfd", "md5_authentication_key"} & {key for peer in peers.values() for key in peer}
    interfaces = by_name(found, INTERFACES)
    assert interfaces["onprem-a"]["ip_range"] == "169.254.21.1/30"
    assert found.one("google_compute_router")["bgp"] == {"asn": 64521, "keepalive_interval": 20}


def test_md5_is_a_key_of_its_own(tmp_path: Path) -> None:
    """A variable like the pre-shared key, and refused like it."""
    found = synthesize(tmp_path, google=GOOGLE, vpn=changed(ALONE, onprem__tunnels__a__md5=True))

    peers = by_name(found, PEERS)
    assert peers["onprem-a"]["md5_authentication_key"] == {
        "name": "kl-dev-vpn-onprem-a",
        "key": "${var.vpn_md5_key_dev_onprem_a}",
    }
    assert "md5_authentication_key" not in peers["onprem-b"]
    tunnels = by_name(found, TUNNELS)
    counts = {name: len(body["lifecycle"]["precondition"]) for name, body in tunnels.items()}
    assert counts == {"onprem-a": 11, "onprem-b": 5}


def test_every_tunnel_has_its_own_sensitive_variable(tmp_path: Path) -> None:
    """None has a value, and none a validation: Terraform prints what a validation refuses."""
    found = synthesize(tmp_path, **FIELDS)

    variables = found.json["variable"]
    secrets = {body["shared_secret"] for body in found.resources(TUNNELS).values()}
    assert secrets == {f"${{var.{name}}}" for name in variables}
    assert len(secrets) == 6
    assert {json.dumps([one["sensitive"], one["default"], one["type"]]) for one in variables.values()} == {
        '[true, "", "string"]'
    }
    assert not any("validation" in one for one in variables.values())
    assert set(found.json["locals"]["vpn_keys"]) == secrets


def test_four_tunnels_to_aws_from_two_interfaces(tmp_path: Path) -> None:
    """Customer gateways at Google's addresses, connections on them, and their four addresses as one gateway."""
    found = synthesize(tmp_path, **FIELDS)

    gateways = {
        body["tags"]["Name"][-1]: body["ip_address"]
        for body in found.resources("aws_customer_gateway").values()
    }
    connections = {
        body["tags"]["Name"][-1]: f"${{aws_vpn_connection.{name}."
        for name, body in found.resources("aws_vpn_connection").items()
    }
    external = by_name(found, "google_compute_external_vpn_gateway")["aws"]
    assert [gateways[key].partition(".vpn_")[2] for key in "ab"] == [
        "interfaces[0].ip_address}",
        "interfaces[1].ip_address}",
    ]
    assert external["redundancy_type"] == "FOUR_IPS_REDUNDANCY"
    assert {one["id"]: one["ip_address"] for one in external["interface"]} == {
        0: connections["a"] + "tunnel1_address}",
        1: connections["a"] + "tunnel2_address}",
        2: connections["b"] + "tunnel1_address}",
        3: connections["b"] + "tunnel2_address}",
    }
    assert {
        name: (body["vpn_gateway_interface"], body["peer_external_gateway_interface"])
        for name, body in by_name(found, TUNNELS, "kl-dev-vpn-aws-").items()
        if "tunnel" in name
    } == {"a-tunnel1": (0, 0), "a-tunnel2": (0, 1), "b-tunnel1": (1, 2), "b-tunnel2": (1, 3)}


def test_both_ends_of_a_tunnel_say_the_same(tmp_path: Path) -> None:
    """Key, link and proposal; AWS has the first address of the link."""
    found = synthesize(tmp_path, **FIELDS)

    [connection] = [
        body
        for body in found.resources("aws_vpn_connection").values()
        if body["tags"]["Name"] == "kl-dev-vpn-google-b"
    ]
    tunnel = by_name(found, TUNNELS)["aws-b-tunnel2"]
    peer = by_name(found, PEERS)["aws-b-tunnel2"]
    assert connection["tunnel2_preshared_key"] == tunnel["shared_secret"]
    assert connection["tunnel2_inside_cidr"] == "169.254.121.12/30"
    assert (peer["peer_ip_address"], peer["ip_address"]) == ("169.254.121.13", "169.254.121.14")
    for name in ("tunnel1", "tunnel2"):
        offered = {
            key.removeprefix(f"{name}_"): value for key, value in connection.items() if key.startswith(name)
        }
        assert {key: offered[key] for key in offered if key.startswith(("ike", "phase"))} == {
            "ike_versions": ["ikev2"],
            "phase1_encryption_algorithms": ["AES256"],
            "phase1_integrity_algorithms": ["SHA2-256"],
            "phase1_dh_group_numbers": [16],
            "phase2_encryption_algorithms": ["AES256"],
            "phase2_integrity_algorithms": ["SHA2-256"],
            "phase2_dh_group_numbers": [16],
        }


def test_the_transit_gateway_shares_traffic_out(tmp_path: Path) -> None:
    """Over all tunnels, from a private subnet of every zone."""
    found = synthesize(tmp_path, **FIELDS)

    gateway = found.one("aws_ec2_transit_gateway")
    assert (gateway["vpn_ecmp_support"], gateway["amazon_side_asn"]) == ("enable", 64531)
    assert len(found.one("aws_ec2_transit_gateway_vpc_attachment")["subnet_ids"]) == 2


@pytest.mark.parametrize(
    ("asn", "field", "other"),
    [(64521, "bgp_asn", "bgp_asn_extended"), (4200000001, "bgp_asn_extended", "bgp_asn")],
    ids=["two bytes", "four bytes"],
)
def test_aws_has_two_fields_for_an_asn(tmp_path: Path, asn: int, field: str, other: str) -> None:
    """The plain one refuses what a signed number of 32 bits does not hold."""
    found = synthesize(tmp_path, **{**FIELDS, "vpn": changed(VPN, asn=asn)})

    gateways = found.resources("aws_customer_gateway").values()
    assert {body[field] for body in gateways} == {str(asn)}
    assert not any(other in body for body in gateways)


def test_aws_alone_needs_no_on_prem_end(tmp_path: Path) -> None:
    """And puts nothing out for it."""
    vpn = changed(VPN, onprem=None, transit=None)

    found = synthesize(tmp_path, google=GOOGLE, aws=AWS, vpn=vpn)

    assert len(found.resources(TUNNELS)) == 4
    assert set(found.outputs) == {"dns_forwarders"}


def test_what_names_a_tunnel_goes_with_it(tmp_path: Path) -> None:
    """In plain addresses, which Terraform wants, and by the id, which new labels leave as it is."""
    found = synthesize(tmp_path, **FIELDS)

    chain = [by_address(found, type_) for type_ in (TUNNELS, INTERFACES, PEERS)]
    for named, naming in pairwise(chain):
        assert len(named) == len(naming) == 6
        for key, (_, body) in naming.items():
            assert body["lifecycle"] == {"replace_triggered_by": [f"{named[key][0]}.id"]}


def test_a_tunnel_less_changes_no_other_tunnel(tmp_path: Path) -> None:
    """Nor the gateways, nor the router: only what is the tunnel's own goes."""
    fewer = copy.deepcopy(FIELDS)
    del fewer["vpn"]["onprem"]["tunnels"]["a"]
    fewer["vpn"]["onprem"]["redundancy"] = "none"

    before, after = synthesize(tmp_path / "before", **FIELDS), synthesize(tmp_path / "after", **fewer)

    gone = {
        f"{type_}.{name}"
        for type_, found in before.json["resource"].items()
        for name in found
        if name not in after.json["resource"][type_]
    }
    assert {address.partition(".")[0] for address in gone} == {
        TUNNELS,
        PEERS,
        INTERFACES,
    }
    assert len(gone) == 3
    for type_, found in after.json["resource"].items():
        assert found == {name: before.json["resource"][type_][name] for name in found}


def test_the_on_prem_team_is_told_everything_but_the_keys(tmp_path: Path) -> None:
    """What stands at the other end of each tunnel."""
    found = synthesize(tmp_path, google=GOOGLE, vpn=ALONE)

    told = json.loads(found.outputs["vpn_onprem"]["value"])
    assert told["tunnels"]["b"] == {
        "google_address": f"${{{found.address('google_compute_ha_vpn_gateway')}.vpn_interfaces[1].ip_address}}",
        "onprem_address": "203.0.113.20",
        "google_bgp_address": "169.254.21.5",
        "onprem_bgp_address": "169.254.21.6",
        "link_local": "169.254.21.4/30",
        "google_med": 100,
    }
    assert "var." not in found.outputs["vpn_onprem"]["value"]


@pytest.mark.parametrize("protected", [True, False])
def test_what_others_know_by_its_address_is_protected(tmp_path: Path, *, protected: bool) -> None:
    """The gateways' addresses stand in the devices at the other end."""
    found = synthesize(tmp_path, **FIELDS, deletion_protection=protected)

    for type_ in ("google_compute_ha_vpn_gateway", "google_compute_network", "aws_ec2_transit_gateway"):
        bodies = found.resources(type_).values()
        assert [body["lifecycle"]["prevent_destroy"] for body in bodies] == [protected] * len(bodies)


def test_the_external_gateway_waits_for_ours(tmp_path: Path) -> None:
    """And so for the API: it names no network, so nothing else would make it wait."""
    found = synthesize(tmp_path, google=GOOGLE, vpn=ALONE)

    assert found.one("google_compute_external_vpn_gateway")["depends_on"] == [
        found.address("google_compute_ha_vpn_gateway")
    ]


def test_a_network_stands_without_a_vpn(tmp_path: Path) -> None:
    """Nothing leads out of it, and nobody is asked for a key."""
    found = synthesize(tmp_path, google=GOOGLE)

    assert not [type_ for type_ in found.counts() if "vpn" in type_ or "router" in type_]
    assert "variable" not in found.json
