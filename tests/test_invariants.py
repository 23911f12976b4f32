"""What holds in every environment, whatever its file says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from operations.artifacts.stack_json import read_stack
from tests.example import NAMES

EVERYWHERE = "0.0.0.0/0"


@pytest.fixture(params=NAMES)
def stack(request: pytest.FixtureRequest, real_output: Path) -> dict[str, Any]:
    """The synthesized stack of each environment."""
    return read_stack(real_output, request.param)


def resources(stack: dict[str, Any], type_: str) -> dict[str, Any]:
    """Resources of a type by name."""
    found: dict[str, Any] = stack.get("resource", {}).get(type_, {})
    return found


def all_resources(stack: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every resource with its address."""
    for type_, found in stack.get("resource", {}).items():
        for name, body in found.items():
            yield f"{type_}.{name}", body


def test_nobody_comes_in_from_everywhere(stack: dict[str, Any]) -> None:
    """No ingress from the whole internet, inline or as a rule of its own."""
    inline = [
        (name, rule["cidr_blocks"])
        for name, group in resources(stack, "aws_security_group").items()
        for rule in group.get("ingress") or []
        if EVERYWHERE in (rule.get("cidr_blocks") or [])
    ]
    separate = [
        name
        for name, rule in resources(stack, "aws_vpc_security_group_ingress_rule").items()
        if rule.get("cidr_ipv4") == EVERYWHERE
    ]

    assert (inline, separate) == ([], [])


def test_every_key_is_rotated(stack: dict[str, Any]) -> None:
    """A key that never changes is a key that was copied once."""
    keys = resources(stack, "aws_kms_key")

    assert keys
    assert {name: key["enable_key_rotation"] for name, key in keys.items()} == dict.fromkeys(keys, True)


def test_every_key_in_google_cloud_is_rotated(stack: dict[str, Any]) -> None:
    """Within a year at the latest, and the names of key and ring say which generation they are."""
    keys, rings = resources(stack, "google_kms_crypto_key"), resources(stack, "google_kms_key_ring")

    assert keys
    assert all(0 < int(key["rotation_period"].removesuffix("s")) <= 365 * 86400 for key in keys.values())
    assert all(body["name"].rpartition("-")[2].isdigit() for body in [*keys.values(), *rings.values()])


def test_the_shared_vpc_refuses_what_nobody_opened(stack: dict[str, Any]) -> None:
    """One rule refuses everything, after all others, and none lets in the whole internet."""
    rules = sorted(
        resources(stack, "google_compute_network_firewall_policy_rule").values(), key=lambda r: r["priority"]
    )

    *openings, last = rules
    assert openings
    assert {rule["action"] for rule in openings} == {"allow"}
    assert (last["action"], last["match"]["src_ip_ranges"]) == ("deny", [EVERYWHERE])
    assert last["match"]["layer4_configs"] == [{"ip_protocol": "all"}]
    assert all(EVERYWHERE not in rule["match"]["src_ip_ranges"] for rule in openings)
    assert all(rule["description"] for rule in rules)
    assert {rule["disabled"] for rule in rules} == {False}
    assert not resources(stack, "google_compute_firewall")


def test_every_gke_cluster_is_private_encrypted_and_reached(stack: dict[str, Any]) -> None:
    """What no file can switch off, and at least one way in."""
    clusters = resources(stack, "google_container_cluster")

    assert clusters
    for cluster in clusters.values():
        assert cluster["private_cluster_config"]["enable_private_nodes"] is True
        assert cluster["private_cluster_config"]["enable_private_endpoint"] is True
        assert cluster["database_encryption"]["state"] == "ENCRYPTED"
        assert cluster["workload_identity_config"]["workload_pool"].endswith(".svc.id.goog")
        assert cluster["fleet"]["project"].endswith("-host")
        endpoints = cluster["control_plane_endpoints_config"]
        assert (
            endpoints["dns_endpoint_config"]["allow_external_traffic"]
            or endpoints["ip_endpoints_config"]["enabled"]
        )


def test_no_range_of_the_shared_vpc_is_somebody_elses(stack: dict[str, Any]) -> None:
    """Checked in the model, and once more in what Terraform reads of all clouds."""
    ranges = [
        *(one["cidr_block"] for one in resources(stack, "aws_vpc").values()),
        *(one["ip_cidr_range"] for one in resources(stack, "google_compute_subnetwork").values()),
        *(
            one["ip_cidr_range"]
            for subnet in resources(stack, "google_compute_subnetwork").values()
            for one in subnet.get("secondary_ip_range", ())
        ),
        *(
            cluster["private_cluster_config"]["master_ipv4_cidr_block"]
            for cluster in resources(stack, "google_container_cluster").values()
        ),
    ]

    networks = [IPv4Network(one) for one in ranges]
    assert len(networks) >= 5
    assert [pair for pair in combinations(networks, 2) if pair[0].overlaps(pair[1])] == []


def test_every_disk_is_encrypted(stack: dict[str, Any]) -> None:
    """Root volumes, data volumes and those of launch templates."""
    disks = {
        **{
            name: instance["root_block_device"]["encrypted"]
            for name, instance in resources(stack, "aws_instance").items()
        },
        **{name: volume["encrypted"] for name, volume in resources(stack, "aws_ebs_volume").items()},
        **{
            name: mapping["ebs"]["encrypted"]
            for name, template in resources(stack, "aws_launch_template").items()
            for mapping in template["block_device_mappings"]
        },
    }

    assert disks
    assert {name: str(encrypted).lower() for name, encrypted in disks.items()} == dict.fromkeys(disks, "true")


def test_every_instance_needs_a_session_for_its_metadata(stack: dict[str, Any]) -> None:
    """IMDSv2 only."""
    hosts = {**resources(stack, "aws_instance"), **resources(stack, "aws_launch_template")}

    assert {name: host["metadata_options"]["http_tokens"] for name, host in hosts.items()} == dict.fromkeys(
        hosts, "required"
    )


def test_a_backend_is_declared(stack: dict[str, Any]) -> None:
    """And it is one; without it, cdktf writes an absolute path of this machine."""
    assert len(stack["terraform"]["backend"]) == 1
    assert not stack["terraform"]["backend"].get("local", {}).get("path", "").startswith("/")


def test_each_provider_that_is_used_is_declared_and_pinned(stack: dict[str, Any]) -> None:
    """And no other: one that is declared has to be installed."""
    used = {address.split("_")[0] for address, _ in all_resources(stack)}
    pins = {name: pin["version"] for name, pin in stack["terraform"]["required_providers"].items()}

    assert set(stack["provider"]) == used == set(pins)
    assert all(version.replace(".", "").isdigit() for version in pins.values())


def test_no_two_subnets_overlap(stack: dict[str, Any]) -> None:
    """Checked in the model, and once more in what Terraform reads."""
    subnets = [IPv4Network(subnet["cidr_block"]) for subnet in resources(stack, "aws_subnet").values()]

    assert len(subnets) >= 6
    assert [pair for pair in combinations(subnets, 2) if pair[0].overlaps(pair[1])] == []


def test_the_controllers_tags_are_left_to_them(stack: dict[str, Any]) -> None:
    """A tag of the ignored prefix that we set ourselves would be a difference for ever."""
    tags = [(address, key) for address, body in all_resources(stack) for key in body.get("tags") or {}]

    assert tags
    assert [found for found in tags if found[1].startswith("kubernetes.io/cluster/")] == []


def test_no_physical_name_is_taken_twice(stack: dict[str, Any]) -> None:
    """Two resources of a type under one name are one resource, and a race."""
    # Inside of a role, and inside of clusters.
    named_inside_another = {
        "aws_iam_role_policy",
        "google_container_node_pool",
        "google_gkeonprem_vmware_node_pool",
    }
    for type_, found in stack["resource"].items():
        if type_ in named_inside_another:
            continue
        names = [body["name"] for body in found.values() if isinstance(body.get("name"), str)]

        assert len(names) == len(set(names)), type_


def test_no_stack_holds_a_private_key(stack: dict[str, Any]) -> None:
    """Neither of the project's example keys nor anybody's."""
    text = json.dumps(stack)

    assert "PRIVATE KEY" not in text
    assert 'private_key\\": \\"' not in text


def test_every_vpn_has_a_tunnel_on_each_interface(stack: dict[str, Any]) -> None:
    """And each tunnel its own key, interface and BGP session."""
    tunnels = resources(stack, "google_compute_vpn_tunnel")
    by_gateway: dict[str, set[int]] = {}
    for tunnel in tunnels.values():
        by_gateway.setdefault(tunnel["vpn_gateway"], set()).add(tunnel["vpn_gateway_interface"])

    assert by_gateway
    assert list(by_gateway.values()) == [{0, 1}] * len(by_gateway)
    assert len({tunnel["shared_secret"] for tunnel in tunnels.values()}) == len(tunnels)
    for type_ in ("google_compute_router_interface", "google_compute_router_peer"):
        assert len(resources(stack, type_)) == len(tunnels)


def test_no_secret_is_validated_by_its_variable(stack: dict[str, Any]) -> None:
    """Terraform prints the value that a validation refuses, sensitive or not."""
    variables = stack["variable"]

    assert variables
    assert [
        name for name, body in variables.items() if not body.get("sensitive") or "validation" in body
    ] == []
    assert {body["default"] for body in variables.values()} == {""}
