"""What the first plan would do, compared attribute by attribute."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from operations.adopt.terraform.foreseeing import Fate, Foreseen, foresee
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.pairing import Pairs
from operations.adopt.terraform.provider_facts import NOT_GIVEN_BACK
from tests.operations.adopt.terraform.states import SECRET, found_in, state_of, synthesized

Body = dict[str, Any]
GOOGLE = {"default_labels": {"environment": "dev"}, "project": "p", "region": "r"}
AWS = {"default_tags": [{"tags": {"environment": "dev"}}], "region": "eu-west-1"}
NETWORK = {"name": "n", "project": "p", "auto_create_subnetworks": False}
SUBNET = {"name": "s", "project": "p", "region": "r", "ip_cidr_range": "10.0.0.0/24", "network": "n"}
CLUSTER = {"name": "c", "project": "p", "location": "l", "network": "default", "enable_shielded_nodes": True}
CLUSTER |= {"deletion_protection": True}
ONLY_A_PLAN_TELLS = {
    "aws_autoscaling_group",
    "aws_eks_node_group",
    "aws_iam_role",
    "aws_instance",
    "aws_launch_template",
    "aws_vpn_connection",
    "google_compute_router_peer",
    "google_container_attached_cluster",
    "helm_release",
    "vsphere_distributed_port_group",
    "vsphere_folder",
    "vsphere_resource_pool",
}
"""Of the example: what says an expression, data or a secret."""


def foreseen(
    type_: str, mine: Body, theirs: Body, *, hidden: frozenset[str] = frozenset(), **stack: Any
) -> Foreseen:
    """What becomes of one resource."""
    made = {"resource": {type_: {"R": mine}, **stack}, "provider": {"google": [GOOGLE], "aws": [AWS]}}
    one = FoundObject("s", f"{type_}.x", type_, theirs, hidden)
    return next(iter(foresee(Pairs(made, Found([one])))))


def changes(type_: str, mine: Body, theirs: Body, **more: Any) -> dict[str, tuple[str, str, str]]:
    """What changes of it: before, after and the effect."""
    found = foreseen(type_, mine, theirs, **more).changes
    return {one.path: (one.before, one.after, str(one.effect)) for one in found}


@pytest.mark.parametrize("name", ["dev", "prod", "sandbox", "test", "prod-attach", "sandbox-vsphere"])
def test_nothing_changes_in_what_the_files_made(name: str, tmp_path: Path) -> None:
    """The example, applied: no difference but what only a plan tells, and no replacement at all."""
    found = list(foresee(Pairs(synthesized(name), found_in(tmp_path, state_of(synthesized(name))))))

    def types(*fates: Fate) -> set[str]:
        return {one.address.partition(".")[0] for one in found if one.fate in fates}

    assert types(Fate.REPLACED, Fate.IN_PLACE) == set()
    assert types(Fate.MOVED) <= NOT_GIVEN_BACK.keys()
    assert types(Fate.UNKNOWN) <= ONLY_A_PLAN_TELLS
    assert types(Fate.NEW) <= {"vsphere_entity_permissions", "vsphere_virtual_machine"}
    assert any(one.fate is Fate.UNCHANGED for one in found)
    assert SECRET not in repr(found)


def test_each_attribute_says_what_its_change_does() -> None:
    """In place, or by another object; and an attribute that nobody says any more."""
    mine = {**SUBNET, "ip_cidr_range": "10.0.1.0/24", "private_ip_google_access": True, "network": "m"}
    theirs = {**SUBNET, "network": "https://g/projects/p/global/networks/n", "description": "old"}

    found = foreseen("google_compute_subnetwork", mine, theirs)

    assert found.fate is Fate.REPLACED
    assert {one.path: (one.before, one.after, str(one.effect)) for one in found.changes} == {
        "ip_cidr_range": ("10.0.0.0/24", "10.0.1.0/24", "not known before a plan"),
        "private_ip_google_access": ("nothing", "true", "in place"),
        "network": ("https://g/projects/p/global/networks/n", "m", "replaces"),
        "description": ("old", "nothing", "stays, its changes are ignored"),
    }


def test_what_is_computed_or_holds_anyway_is_no_change() -> None:
    """Unsaid: computed attributes, defaults, blocks of both; another value than the default is one."""
    theirs = {**CLUSTER, "id": "x", "endpoint": "1.2.3.4", "node_pool": [{"name": "a"}], "timeouts": None}
    theirs |= {
        "self_link": "y",
        "resource_usage_export_config": [],
        "ip_allocation_policy": [{"stack_type": "IPV4"}],
    }
    mine = {"name": "c", "project": "p", "location": "l"}

    assert changes("google_container_cluster", mine, theirs) == {}
    assert changes("google_container_cluster", mine, {**theirs, "enable_shielded_nodes": False}) == {
        "enable_shielded_nodes": ("false", "true", "in place")
    }
    assert changes("google_container_cluster", {**mine, "dns_config": {}}, {**theirs, "dns_config": []}) == {}
    assert changes("google_container_cluster", {**mine, "deletion_protection": None}, theirs) == {}
    empty = {**mine, "resource_usage_export_config": {"enable_resource_consumption_metering": False}}
    assert "resource_usage_export_config" in changes("google_container_cluster", empty, theirs)


def test_blocks_are_compared_in_whatever_order() -> None:
    """One by one; a single one that differs attribute by attribute, others as a whole."""
    a, b, c = ({"range_name": name, "ip_cidr_range": f"10.{n}.0.0/16"} for n, name in enumerate("abc"))
    other = {**b, "ip_cidr_range": "10.9.0.0/16"}

    def said(mine: list[Body], theirs: list[Body]) -> dict[str, tuple[str, str, str]]:
        return changes(
            "google_compute_subnetwork",
            {**SUBNET, "secondary_ip_range": mine},
            {**SUBNET, "secondary_ip_range": theirs},
        )

    assert said([a, b], [b, a]) == {}
    assert said([a, b], [a, other]) == {
        "secondary_ip_range.ip_cidr_range": ("10.9.0.0/16", "10.1.0.0/16", "in place")
    }
    assert said([a, b, c], [a])["secondary_ip_range"][1].startswith('[{"ip_cidr_range": "10.1.0.0/16"')
    assert said([a], [a, b])["secondary_ip_range"][1] == "nothing"


def test_a_block_that_comes_or_goes_says_what_it_does() -> None:
    """With what stands in it."""
    logs = {"log_config": {"flow_sampling": 0.5}}
    there = {
        "log_config": [{"flow_sampling": 0.5, "metadata": "INCLUDE_ALL_METADATA", "filter_expr": "true"}]
    }

    assert changes("google_compute_subnetwork", {**SUBNET, **logs}, {**SUBNET, **there}) == {}
    assert changes("google_compute_subnetwork", {**SUBNET, **logs}, SUBNET) == {
        "log_config": ("nothing", '{"flow_sampling": 0.5}', "in place")
    }
    assert changes(
        "google_compute_subnetwork", SUBNET, {**SUBNET, "log_config": [{"flow_sampling": 0.9}]}
    ) == {"log_config": ('[{"flow_sampling": 0.9}]', "nothing", "in place")}
    assert changes("google_compute_subnetwork", {**SUBNET, **logs}, {**SUBNET, "log_config": "odd"}) == {
        "log_config": ("odd", '{"flow_sampling": 0.5}', "in place")
    }


def test_labels_count_with_those_of_everything() -> None:
    """The provider adds them by itself; what a cloud sets is left alone; where there are none, none are added."""
    key = {"name": "k", "key_ring": "projects/p/locations/l/keyRings/r", "purpose": "ENCRYPT_DECRYPT"}
    labels = {"labels": {"team": "a"}}

    def said(mine: Body, theirs: Body) -> dict[str, tuple[str, str, str]]:
        return changes("google_kms_crypto_key", {**key, **mine}, {**key, **theirs})

    assert (
        said(labels, {"effective_labels": {"team": "a", "environment": "dev", "goog-x": "y"}, **labels}) == {}
    )
    assert said(
        labels,
        {"effective_labels": {"team": "b"}, "labels": {"team": "b"}, "terraform_labels": {"team": "b"}},
    ) == {"labels": ('{"team": "b"}', '{"environment": "dev", "team": "a"}', "in place")}
    assert said(labels, labels) == {}
    vpc = {"cidr_block": "10.0.0.0/16"}
    assert changes(
        "aws_vpc", {**vpc, "tags": {"Name": "v"}}, {**vpc, "tags": {"Name": "v"}, "tags_all": {"Name": "v"}}
    ) == {"tags": ("nothing", '{"environment": "dev"}', "in place")}
    tags = {"tags_all": {"environment": "dev"}, "tags": None}
    assert changes("aws_vpc", vpc, {**vpc, **tags}) == {}


def test_what_is_ignored_changes_nothing() -> None:
    """As the lifecycle says, blocks and single attributes."""
    mine = {
        **CLUSTER,
        "database_encryption": {"state": "ENCRYPTED", "key_name": "k"},
        "initial_node_count": 1,
    }
    theirs = {
        **CLUSTER,
        "database_encryption": [{"state": "ALL", "key_name": "k"}],
        "node_config": [{"tags": ["x"]}],
    }
    ignored = {
        "lifecycle": {"ignore_changes": ["database_encryption[0].state", "initial_node_count", "node_config"]}
    }

    assert changes("google_container_cluster", {**mine, **ignored}, theirs) == {}
    assert (
        changes("google_container_cluster", {**mine, "lifecycle": {"ignore_changes": ["all"]}}, theirs) == {}
    )


def test_what_a_plan_takes_for_a_change_is_one() -> None:
    """A part of something new replaces what an attribute of another value would; data are found out by a plan."""
    new = {"google_compute_network": {"N": {"name": "${var.name}"}}}
    mine = {**SUBNET, "network": "${google_compute_network.N.id}", "role": "${data.google_x.y.role}"}
    theirs = {**SUBNET, "role": "ACTIVE", "network": "projects/p/global/networks/n"}

    found = changes("google_compute_route", {**mine, "dest_range": "a"}, {**theirs, "dest_range": "a"}, **new)

    assert found["network"] == (
        "projects/p/global/networks/n",
        "(known after apply)",
        "replaces",
    )
    assert found["role"] == ("ACTIVE", "(known to a plan)", "not known before a plan")
    gateway = {
        "name": "g",
        "project": "p",
        "region": "r",
        "stack_type": "IPV4_ONLY",
        "gateway_ip_version": "IPV4",
    }
    interface = [{"interconnect_attachment": ["${google_compute_network.N.id}"]}]
    assert changes(
        "google_compute_ha_vpn_gateway", {**gateway, "vpn_interfaces": interface}, gateway, **new
    ) == {
        "vpn_interfaces": (
            "nothing",
            '[{"interconnect_attachment": ["(known after apply)"]}]',
            "replaces",
        )
    }


def test_secrets_are_neither_compared_nor_shown() -> None:
    """What was dropped, and texts whose name may be a secret's."""
    peer = {
        "name": "p",
        "project": "p",
        "region": "r",
        "router": "x",
        "enable": True,
        "advertise_mode": "DEFAULT",
    }
    mine = {**peer, "md5_authentication_key": {"name": "k", "key": "${var.key}"}}
    theirs = {**peer, "md5_authentication_key": [{"name": "k"}]}

    assert changes(
        "google_compute_router_peer", mine, theirs, hidden=frozenset({"md5_authentication_key.key"})
    ) == {"md5_authentication_key.key": ("(not shown)", "(not shown)", "not known before a plan")}
    cluster = {**CLUSTER, "database_encryption": {"state": "E", "key_name": "a"}, "ip_endpoint_token": "abc"}
    there = {**CLUSTER, "database_encryption": [{"state": "E", "key_name": "b"}]}
    assert changes("google_container_cluster", cluster, there)["ip_endpoint_token"] == (
        "nothing",
        "(not shown)",
        "in place",
    )


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("google_compute_vpn_tunnel", {"name": "t", "project": "p", "region": "r"}),
        ("aws_key_pair", {"key_name": "k"}),
    ],
)
def test_what_no_api_gives_back_is_moved_and_never_imported(type_: str, body: Body) -> None:
    """Unless its changes are ignored, or nothing is said of it."""
    assert type_ in NOT_GIVEN_BACK
    (attribute,) = NOT_GIVEN_BACK[type_]
    mine = {**body, attribute: "${var.key}"}
    ignored = {**mine, "lifecycle": {"ignore_changes": [attribute]}}

    assert foreseen(type_, mine, {**body, "ike_version": 2}, hidden=frozenset({attribute})).fate is Fate.MOVED
    assert foreseen(type_, ignored, body).fate is Fate.UNCHANGED
    assert foreseen(type_, body, body).fate is Fate.UNCHANGED
    assert NOT_GIVEN_BACK.keys() == {"google_compute_vpn_tunnel", "aws_key_pair"}


def test_of_aws_a_change_is_unknown_where_nobody_looked() -> None:
    """Never taken for harmless; what the stack leaves unsaid is not compared."""
    vpc = {"cidr_block": "10.0.0.0/16"}

    found = foreseen("aws_vpc", {**vpc, "odd": True}, {**vpc, "odd": False, "other": "x", "id": "vpc-1"})

    assert (found.fate, found.import_id) == (Fate.UNKNOWN, "vpc-1")
    assert [one.path for one in found.changes] == ["odd"]


def test_what_is_in_no_state_is_new() -> None:
    """Without an id."""
    made = {"resource": {"google_compute_network": {"R": NETWORK}}}

    assert list(foresee(Pairs(made, Found([])))) == [Foreseen("google_compute_network.R", None, "", Fate.NEW)]


def test_what_cannot_be_said_and_would_replace_stays() -> None:
    """At the top, and in a block that there is one of; not in one of several, which Terraform cannot be told."""
    pool = {"name": "n", "project": "p", "location": "l", "cluster": "c"}
    mine = {**pool, "node_config": {"machine_type": "e2"}, "network_config": {"create_pod_range": False}}
    theirs = {
        **pool,
        "placement_policy": [{"type": "COMPACT"}],
        "network_config": [{"create_pod_range": False, "pod_range": "x"}],
        "node_config": [
            {"machine_type": "e2", "local_ssd_count": 1, "boot_disk_kms_key": "k", "min_cpu_platform": "x"}
        ],
    }

    found = foreseen("google_container_node_pool", mine, theirs)

    assert all(
        one.startswith(("placement_policy", "node_config[0].", "network_config[0].")) for one in found.kept
    )
    assert {"placement_policy"} <= set(found.kept)
    assert found.fate is Fate.UNCHANGED
    gateway = {"name": "g", "project": "p", "redundancy_type": "TWO_IPS_REDUNDANCY"}
    one, other = {"id": 0, "ip_address": "1.1.1.1"}, {"id": 1, "ip_address": "2.2.2.2"}
    several = foreseen(
        "google_compute_external_vpn_gateway",
        {**gateway, "interface": [one, {"id": 1}]},
        {**gateway, "interface": [one, other], "description": "d"},
    )
    assert (several.fate, several.kept) == (Fate.REPLACED, ("description",))


def test_what_differs_in_place_is_imported() -> None:
    """With the id of its type."""
    theirs = {
        **NETWORK,
        "routing_mode": "REGIONAL",
        "network_firewall_policy_enforcement_order": "AFTER_CLASSIC_FIREWALL",
    }

    found = foreseen("google_compute_network", {**NETWORK, "routing_mode": "GLOBAL"}, theirs)

    assert (found.fate, found.import_id) == (Fate.IN_PLACE, "projects/p/global/networks/n")
    assert [(one.path, one.before, one.after) for one in found.changes] == [
        ("routing_mode", "REGIONAL", "GLOBAL")
    ]
