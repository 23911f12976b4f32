"""Import entries: which object of a running service becomes which resource of the section."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from estate.reading.problems import InvalidInput
from operations.adopt.management_service.addresses import synthesized
from operations.adopt.management_service.imports import Imports, find_imports
from operations.adopt.management_service.tfstate import read_state
from operations.artifacts.stack_json import StackJson
from tests.operations.adopt.management_service.states import (
    bucket,
    keys,
    network,
    resource,
    service,
    write_state,
)
from tests.operations.adopt.management_service.test_section import SECTION

NETWORK_IDS = sorted(
    [
        "vpc-0a1b2c3d",
        "igw-1",
        "rtb-public",
        "rtb-public_0.0.0.0/0",
        *(f"subnet-{role}{zone}" for role in ("private", "public") for zone in "abc"),
        *(f"{kind}-{zone}" for kind in ("eipalloc", "nat", "rtb") for zone in "abc"),
        *(f"rtb-{zone}_0.0.0.0/0" for zone in "abc"),
        *(f"subnet-private{zone}/rtb-{zone}" for zone in "abc"),
        *(f"subnet-public{zone}/rtb-public" for zone in "abc"),
    ]
)


@pytest.fixture(scope="module")
def stack() -> StackJson:
    """The sample's section, synthesized."""
    return synthesized(AwsConfig.model_validate(SECTION))


def found(stack: StackJson, tmp_path: Path, *resources: dict[str, Any]) -> Imports:
    """What is found in a state of these resources."""
    return find_imports(stack, read_state(write_state(tmp_path / "s.tfstate", *resources)), {}, None)


def ids(imports: Imports) -> dict[str, str]:
    """Ids by where in the section they go, without the hash that ends each address."""
    return {
        re.sub(r"_[0-9A-F]{8}$", "", address).replace("ManagementVpc_Zones_eu-west-1", ""): one.import_id
        for address, one in imports.entries.items()
    }


def without(resources: list[dict[str, Any]], *types: str) -> list[dict[str, Any]]:
    """The resources that are not of these types."""
    return [one for one in resources if one["type"] not in types]


def test_the_whole_network_is_taken_over(stack: StackJson, tmp_path: Path) -> None:
    """Every part of it goes where the same part of the section is, by range, zone and role."""
    imports = found(stack, tmp_path, *network())

    entries = ids(imports)
    assert sorted(entries.values()) == NETWORK_IDS
    assert entries["aws_vpc.ManagementVpc"] == "vpc-0a1b2c3d"
    assert entries["aws_route.ManagementVpc_PublicDefaultRoute"] == "rtb-public_0.0.0.0/0"
    for zone in "abc":
        assert entries[f"aws_subnet.{zone}_PrivateSubnet"] == f"subnet-private{zone}"
        assert entries[f"aws_subnet.{zone}_PublicSubnet"] == f"subnet-public{zone}"
        assert entries[f"aws_nat_gateway.{zone}_NatGateway"] == f"nat-{zone}"
        assert entries[f"aws_eip.{zone}_NatAddress"] == f"eipalloc-{zone}"
        assert entries[f"aws_route_table.{zone}_PrivateRouteTable"] == f"rtb-{zone}"
    assert imports.rest == ()


def test_every_entry_names_a_resource_of_the_section(stack: StackJson, tmp_path: Path) -> None:
    """Terraform refuses an import to an address that the configuration does not have."""
    imports = found(stack, tmp_path, *network(), *service())

    assert all(
        address.split(".")[1] in stack["resource"][address.split(".")[0]] for address in imports.entries
    )


def test_bastion_and_its_address_are_taken_over(stack: StackJson, tmp_path: Path) -> None:
    """The instance in the public subnet is the bastion, whatever its Terraform calls it."""
    entries = ids(found(stack, tmp_path, *network(), *service()))

    assert entries["aws_instance.Bastion"] == "i-bastion"
    assert entries["aws_eip.Bastion_Address"] == "eipalloc-bastion"


@pytest.mark.parametrize(
    ("name", "taken"),
    [("gke-404767c1-bastion-2", None), ("proxy", "i-bastion")],
    ids=["bastion", "something else"],
)
def test_of_several_public_instances_the_one_that_says_so_is_the_bastion(
    stack: StackJson, tmp_path: Path, name: str, taken: str | None
) -> None:
    """When two say so, neither is taken: a guess would replace somebody's instance."""
    second = resource(
        "aws_instance", "b", {"id": "i-2", "subnet_id": "subnet-publicb", "tags": {"Name": name}}
    )

    imports = found(stack, tmp_path, *network(), *service(), second)

    assert ids(imports).get("aws_instance.Bastion") == taken
    assert (
        "aws_instance.b",
        "it cannot be told to be the bastion, the one instance in a public subnet",
    ) in imports.rest


def test_an_instance_in_a_private_subnet_is_no_bastion(stack: StackJson, tmp_path: Path) -> None:
    """Nobody reaches it from outside."""
    other = resource("aws_instance", "bastion", {"id": "i-2", "subnet_id": "subnet-privatea"})

    assert "aws_instance.Bastion" not in ids(found(stack, tmp_path, *network(), other))


def test_what_does_not_map_is_listed_with_its_reason(stack: StackJson, tmp_path: Path) -> None:
    """Type, name and why, for every object that is not taken over."""
    other = {
        "id": "subnet-9",
        "vpc_id": "vpc-0a1b2c3d",
        "cidr_block": "10.0.9.0/24",
        "availability_zone": "eu-west-1a",
    }

    imports = found(
        stack,
        tmp_path,
        *network(),
        *service(),
        *keys(),
        *bucket("other"),
        resource("aws_subnet", "other", other),
    )

    reasons = dict(imports.rest)
    assert reasons["aws_subnet.other"].startswith(
        "no aws_subnet of the section has its vpc_id and cidr_block and "
    )
    assert reasons["module.gke_controlplane_iam_role.aws_iam_role.this"].startswith(
        "its name makes it what it is"
    )
    assert (
        reasons["module.gke_management.aws_s3_bucket_object.ca"] == "the section makes nothing of this type"
    )
    assert reasons["aws_kms_key.secrets"] == "the document does not name it"
    assert reasons["aws_s3_bucket.bootstrap"].startswith("no aws_s3_bucket of the section has its bucket")
    state = read_state(tmp_path / "s.tfstate")
    whole = [one.address for one in state.objects if not one.inline]
    assert sorted([*reasons, *(one.address for one in imports.entries.values() if not one.inline)]) == sorted(
        whole
    )


def test_two_objects_for_one_place_are_both_left(stack: StackJson, tmp_path: Path) -> None:
    """Which of two VPCs with the same range is the running one, nothing tells."""
    twin = resource("aws_vpc", "twin", {"id": "vpc-twin", "cidr_block": "10.0.0.0/16"})

    with pytest.raises(InvalidInput, match="nothing that the section could take over"):
        found(stack, tmp_path, *network(), twin)


def test_one_private_table_for_all_zones_goes_to_one(stack: StackJson, tmp_path: Path) -> None:
    """An object can be imported once; the other zones get tables of their own, and are moved to them."""
    tables = ("aws_route_table", "aws_route", "aws_route_table_association", "aws_nat_gateway", "aws_eip")
    associations = [{"id": z, "subnet_id": f"subnet-private{z}", "route_table_id": "rtb-one"} for z in "abc"]

    imports = found(
        stack,
        tmp_path,
        *without(network(), *tables),
        resource("aws_route_table", "one", {"id": "rtb-one", "route": []}),
        resource("aws_route_table_association", "private", *associations),
    )

    entries = ids(imports)
    assert [key for key, id_ in entries.items() if id_ == "rtb-one"] == [
        "aws_route_table.a_PrivateRouteTable"
    ]
    assert entries["aws_route_table_association.c_PrivateAssociation"] == "subnet-privatec/rtb-one"


def test_a_route_of_its_own_comes_before_the_same_inside_its_table(stack: StackJson, tmp_path: Path) -> None:
    """Terraform shows a route resource inside the table as well; it is one route."""
    route = {"id": "r-1", "route_table_id": "rtb-public", "destination_cidr_block": "0.0.0.0/0"}

    imports = found(stack, tmp_path, *network(), resource("aws_route", "public", route))

    (taken,) = [one for address, one in imports.entries.items() if "PublicDefaultRoute" in address]
    assert taken.address == "aws_route.public"
    assert imports.rest == ()


def test_objects_without_an_id_are_not_taken(stack: StackJson, tmp_path: Path) -> None:
    """An import needs one; half-made objects have none."""
    half = resource("aws_internet_gateway", "half", {"vpc_id": "vpc-0a1b2c3d"})

    imports = found(stack, tmp_path, *without(network(), "aws_internet_gateway"), half)

    assert "aws_internet_gateway.ManagementVpc_InternetGateway" not in ids(imports)
    assert "aws_internet_gateway.half" in dict(imports.rest)


def test_a_state_without_anything_of_the_section_is_refused(stack: StackJson, tmp_path: Path) -> None:
    """It is the state of something else."""
    with pytest.raises(InvalidInput, match="is it the state of this management service"):
        found(stack, tmp_path, resource("aws_vpc", "other", {"id": "vpc-9", "cidr_block": "10.9.0.0/16"}))


def test_a_large_state_is_searched_by_index(stack: StackJson, tmp_path: Path) -> None:
    """Ten thousand objects of others, the same ranges among them, hide nothing."""
    others = [
        {
            "id": f"subnet-{i}",
            "vpc_id": "vpc-9",
            "cidr_block": "10.0.1.0/24",
            "availability_zone": "eu-west-1a",
        }
        for i in range(10_000)
    ]

    imports = found(stack, tmp_path, *network(), resource("aws_subnet", "others", *others))

    assert sorted(ids(imports).values()) == NETWORK_IDS
    assert len(imports.rest) == 10_000
