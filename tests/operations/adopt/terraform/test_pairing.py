"""Which object is which resource: by import id, by what makes a thing what it is, by references."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.object_ids import import_id
from operations.adopt.terraform.pairing import AFTER_APPLY, IDENTITY, IN_PLAN, Pairs
from operations.imports.import_ids import known_types
from tests.operations.adopt.terraform.states import found_in, state_of, synthesized

NOT_IMPORTED = {"vsphere_entity_permissions"}
"""Of these nothing comes over."""
BY_HAND = {"vsphere_virtual_machine"}
"""A state does not say the names that the id is made of."""
NETWORK = "projects/p/global/networks/n"


def object_of(type_: str, **attributes: Any) -> FoundObject:
    """An object of a state."""
    return FoundObject("s", f"{type_}.x", type_, attributes)


def pairs(stack: Mapping[str, Any], *objects: FoundObject, **more: Any) -> Pairs:
    """Pairs of a stack's resources and objects."""
    provider = {"google": [{"project": "p", "region": "r"}], "aws": [{"region": "eu-west-1"}]}
    return Pairs({"resource": stack, "provider": provider, **more}, Found(objects))


@pytest.mark.parametrize(
    "name", ["dev", "prod", "sandbox", "test", "prod-attach", "test-attach", "sandbox-vsphere"]
)
def test_every_object_finds_its_resource_again(name: str, tmp_path: Path) -> None:
    """The example, applied: every resource is paired with what it became, and has an id to be imported by."""
    stack = synthesized(name)

    found = Pairs(stack, found_in(tmp_path, state_of(stack, module="module.other")))

    left = [f"{type_}.{key}" for type_, some in stack["resource"].items() for key in some]
    left = [address for address in left if address not in found.by_address]
    assert {address.partition(".")[0] for address in left} <= NOT_IMPORTED | BY_HAND
    assert {one.address.removeprefix("module.other.") for one in found.by_address.values()} == set(
        found.by_address
    )
    assert all(one.address == f"module.other.{address}" for address, one in found.by_address.items())
    assert [address for address in found.by_address if not found.id_of(address)] == []


def test_each_type_whose_id_a_cloud_makes_up_has_an_identity() -> None:
    """Else it would be made a second time."""
    made_up = {type_ for type_, row in known_types().items() if "{found}" in row.get("id", "")}

    assert sorted(made_up - IDENTITY.keys()) == []
    assert sorted(IDENTITY.keys() - known_types().keys()) == []


@pytest.mark.parametrize(
    ("found", "id_"),
    [
        (object_of("google_compute_network", name="n", project="p"), NETWORK),
        (object_of("google_compute_network", name="n", self_link=f"https://c/compute/v1/{NETWORK}"), NETWORK),
        (object_of("google_compute_network", name="n", id="n"), ""),
        (
            object_of("google_compute_router", name="x", project="p", region="https://g/projects/p/regions/r"),
            "projects/p/regions/r/routers/x",
        ),
        (
            object_of("google_container_node_pool", name="x", project="p", id="projects/p/locations/l/y", cluster="c"),
            "p/l/c/x",
        ),
        (object_of("google_kms_crypto_key", name="k", key_ring="projects/p/locations/l/keyRings/r"), "projects/p/locations/l/keyRings/r/cryptoKeys/k"),
        (object_of("google_project_iam_member", project="p", role="projects/p/roles/x", member="user:a"), "p projects/p/roles/x user:a"),
        (
            object_of("google_project_iam_member", project="p", role="r", member="m", condition=[{"title": "until 2027"}]),
            "p r m until 2027",
        ),
        (object_of("google_service_account", account_id="a", project="p"), "projects/p/serviceAccounts/a@p.iam.gserviceaccount.com"),
        (object_of("google_service_account", project="p"), ""),
        (object_of("google_cloud_identity_group_membership", id="groups/g/memberships/m"), "groups/g/memberships/m"),
        (object_of("vsphere_entity_permissions", id="folder:1"), ""),
        (object_of("vsphere_tag_category", name="c"), "c"),
        (object_of("aws_kms_key", id="arn:aws:kms:r:1:key/1-2"), "1-2"),
        (object_of("aws_subnet", id="subnet-1"), "subnet-1"),
        (object_of("aws_route", route_table_id="rtb-1", destination_cidr_block="0.0.0.0/0"), "rtb-1_0.0.0.0/0"),
        (object_of("aws_route", route_table_id="rtb-1", destination_ipv6_cidr_block="::/0"), ""),
        (object_of("random_id", id="x"), ""),
    ],
    ids=lambda one: one if isinstance(one, str) else one.type,
)  # fmt: skip
def test_ids_follow_from_what_a_state_says(found: FoundObject, id_: str) -> None:
    """With links for names, places out of paths, and nothing where an attribute is missing."""
    assert import_id(found) == id_


def test_what_only_one_object_can_be_is_paired_and_so_is_what_stands_in_it() -> None:
    """A VPC by its range, then its subnets, then what refers to these."""
    stack = {
        "aws_vpc": {"V": {"cidr_block": "10.0.0.0/16"}},
        "aws_subnet": {"S": {"vpc_id": "${aws_vpc.V.id}", "cidr_block": "10.0.1.0/24"}},
        "aws_nat_gateway": {"N": {"subnet_id": "${aws_subnet.S.id}", "allocation_id": "${aws_eip.E.allocation_id}"}},
        "aws_eip": {"E": {"domain": "vpc"}},
        "aws_kms_alias": {"A": {"name": "alias/a", "target_key_id": "${aws_kms_key.K.key_id}"}},
        "aws_kms_key": {"K": {}},
        "aws_eks_cluster": {"C": {"name": "c", "encryption_config": {"provider": {"key_arn": "${aws_kms_key.L.arn}"}}}},
    }  # fmt: skip
    key = object_of("aws_kms_key", id="1-2", arn="arn:aws:kms:r:1:key/1-2")
    found = pairs(
        stack,
        object_of("aws_vpc", id="vpc-1", cidr_block="10.0.0.0/16"),
        object_of("aws_subnet", id="subnet-1", vpc_id="vpc-1", cidr_block="10.0.1.0/24"),
        object_of("aws_subnet", id="subnet-2", vpc_id="vpc-2", cidr_block="10.0.1.0/24"),
        object_of("aws_nat_gateway", id="nat-1", subnet_id="subnet-1", allocation_id="eipalloc-2"),
        object_of("aws_eip", id="eipalloc-1"),
        object_of("aws_eip", id="eipalloc-2"),
        object_of("aws_kms_alias", name="alias/a", target_key_id="1-2"),
        key,
    )

    assert {address: one.text("id") for address, one in found.by_address.items()} == {
        "aws_kms_alias.A": "",
        "aws_vpc.V": "vpc-1",
        "aws_subnet.S": "subnet-1",
        "aws_nat_gateway.N": "nat-1",
        "aws_kms_key.K": "1-2",
        "aws_eip.E": "eipalloc-2",
    }
    assert found.id_of("aws_subnet.S") == "subnet-1"


def test_of_several_none_is_guessed() -> None:
    """Two objects for one resource, two resources for one object, an object that a reference names twice."""
    two = {"cidr_block": "10.0.0.0/16"}
    address = {"allocation_id": "${aws_eip.E.id}", "subnet_id": "s"}

    assert (
        pairs({"aws_vpc": {"V": two}}, object_of("aws_vpc", **two), object_of("aws_vpc", **two)).by_address
        == {}
    )
    assert pairs({"aws_vpc": {"V": two, "W": two}}, object_of("aws_vpc", **two)).by_address == {}
    assert list(
        pairs(
            {"aws_nat_gateway": {"N": address}, "aws_eip": {"E": {}}},
            object_of("aws_nat_gateway", id="n", subnet_id="s", allocation_id="e"),
            object_of("aws_eip", id="e", name="a"),
            object_of("aws_eip", allocation_id="e"),
        ).by_address
    ) == ["aws_nat_gateway.N"]


def test_references_become_what_they_mean() -> None:
    """Of what is paired, of what is new, of data, and what only Terraform evaluates."""
    cluster = object_of(
        "google_container_cluster", name="c", project="p", location="l", fleet=[{"membership_id": "m"}]
    )
    stack = {
        "google_container_cluster": {"C": {"name": "c", "project": "p", "location": "l"}},
        "google_compute_network": {"N": {"name": "n", "project": "p"}},
        "aws_vpc": {"V": {"cidr_block": "10.0.0.0/16"}},
        "aws_eip": {"E": {"tags": {"Name": "x"}}},
    }
    found = pairs(
        stack,
        cluster,
        object_of("aws_eip", id="eipalloc-1", tags={"Name": "x"}),
        data={"aws_ami": {"A": {"owner": "o"}}},
    )

    def means(value: Any) -> Any:
        return found.resolved(value)

    assert means("${google_container_cluster.C.fleet[0].membership_id}") == "m"
    assert means("${google_container_cluster.C.fleet[1].membership_id}") is IN_PLAN
    assert means("${aws_eip.E.allocation_id}") == "eipalloc-1"
    assert means({"a": ["x-${google_compute_network.N.name}", 1]}) == {"a": ["x-n", 1]}
    assert means("${google_compute_network.N.id}") == NETWORK
    assert means("${google_compute_network.N.a[0].b}") is AFTER_APPLY
    assert means("${aws_vpc.V.id}") is AFTER_APPLY
    assert means("x-${aws_vpc.V.id}") is IN_PLAN
    assert means("${data.aws_ami.A.id}") is IN_PLAN
    assert means('${upper("a")}') is IN_PLAN
    assert found.id_of("aws_eip.E") == "eipalloc-1"


def test_an_id_that_does_not_follow_is_the_objects_own() -> None:
    """What a stack says with an expression."""
    role = {"name": '${upper("r")}', "tags": {"Name": "x"}}
    found = pairs({"aws_vpc": {"V": {"cidr_block": "10.0.0.0/16"}}, "aws_iam_role": {"R": role}},
                  object_of("aws_vpc", cidr_block="10.0.0.0/16"), object_of("aws_iam_role", name="R"))  # fmt: skip

    assert found.by_address.keys() == {"aws_vpc.V"}
    assert found.id_of("aws_vpc.V") == ""
