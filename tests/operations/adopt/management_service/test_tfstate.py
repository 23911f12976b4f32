"""Reading a Terraform state: what is no state is refused, and nothing of it is shown."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.adopt.management_service.tfstate import read_state
from tests.operations.adopt.management_service.states import resource, write_state

SUBNET = {"id": "subnet-1", "cidr_block": "10.0.1.0/24"}


def message(path: Path) -> str:
    """What is said of a file that is no state."""
    with pytest.raises(InvalidInput) as refused:
        read_state(path)
    (problem,) = refused.value.problems
    assert problem.file == str(path)
    return problem.message


def test_objects_are_read_with_modules_and_indexes(tmp_path: Path) -> None:
    """Their addresses are as `terraform state list` prints them."""
    each = resource("aws_eip", "nat", {"id": "eipalloc-1"}, module="net.module.nat[0]")
    each["instances"][0]["index_key"] = "eu-west-1a"

    state = read_state(write_state(tmp_path / "s", resource("aws_subnet", "private", SUBNET, SUBNET), each))

    assert [(found.address, found.type) for found in state.objects] == [
        ("aws_subnet.private[0]", "aws_subnet"),
        ("aws_subnet.private[1]", "aws_subnet"),
        ('module.net.module.nat[0].aws_eip.nat["eu-west-1a"]', "aws_eip"),
    ]


def test_data_sources_and_empty_resources_are_no_objects(tmp_path: Path) -> None:
    """What Terraform only reads, or holds nothing of, cannot be taken over."""
    empty = resource("aws_vpc", "none")

    state = read_state(
        write_state(tmp_path / "s", resource("aws_ami", "a", {"id": "ami-1"}, mode="data"), empty)
    )

    assert (state.objects, state.unreadable) == ((), ())


def test_objects_that_cannot_be_looked_at_are_kept_with_their_reason(tmp_path: Path) -> None:
    """They are listed like everything else that is not taken over."""
    old = {
        "mode": "managed",
        "type": "aws_vpc",
        "name": "old",
        "instances": [{"attributes_flat": {"id": "vpc-1"}}],
    }
    deposed = resource("aws_eip", "nat", {"id": "eipalloc-1"})
    deposed["instances"][0]["deposed"] = "0a1b2c3d"

    state = read_state(write_state(tmp_path / "s", old, deposed))

    assert [address for address, _ in state.unreadable] == ["aws_vpc.old", "aws_eip.nat"]
    assert state.objects == ()


def test_routes_inside_a_table_are_objects_too(tmp_path: Path) -> None:
    """This project keeps routes apart; made a second time, they would be refused by AWS."""
    routes = [
        {"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"},
        {"cidr_block": "", "ipv6_cidr_block": "::/0"},
    ]

    state = read_state(
        write_state(tmp_path / "s", resource("aws_route_table", "t", {"id": "rtb-1", "route": routes}))
    )

    assert [found.import_id for found in state.objects] == ["rtb-1", "rtb-1_0.0.0.0/0"]


@pytest.mark.parametrize(
    ("type_", "attributes", "import_id"),
    [
        ("aws_vpc", {"id": "vpc-1"}, "vpc-1"),
        ("aws_vpc", {}, ""),
        (
            "aws_route",
            {"id": "r", "route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0"},
            "rtb-1_0.0.0.0/0",
        ),
        ("aws_route", {"id": "r", "route_table_id": "rtb-1"}, ""),
        ("aws_route_table_association", {"id": "a", "subnet_id": "s", "route_table_id": "r"}, "s/r"),
        ("aws_route_table_association", {"id": "a", "gateway_id": "g", "route_table_id": "r"}, ""),
        ("aws_s3_bucket_versioning", {"id": "b,012345678901", "bucket": "b"}, "b"),
    ],
)
def test_objects_are_imported_by_what_their_documentation_says(
    tmp_path: Path, type_: str, attributes: dict[str, Any], import_id: str
) -> None:
    """The id in the state is not always it."""
    (found,) = read_state(write_state(tmp_path / "s", resource(type_, "x", attributes))).objects

    assert found.import_id == import_id


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON"),
        ('{"version": 4, "resources": [hunter2', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("\xff\xfe", "is not JSON"),
        ("[]", "is not a Terraform state"),
        ("{}", "is not a Terraform state"),
        ('{"version": 4}', "is not a Terraform state"),
        ('{"version": 4, "resources": {"a": "hunter2"}}', "is not a Terraform state"),
        ('{"version": 4, "resources": ["hunter2"]}', "is not a whole Terraform state"),
        ('{"version": 4, "resources": [{"mode": "managed", "type": "hunter2"}]}', "is not a whole Terraform state"),
        ('{"version": 3, "modules": []}', "must be a state of version 4, got version 3"),
        ('{"version": 5, "resources": []}', "is not a Terraform state of version 4"),
        ('{"format_version": "1.0", "values": {}}', "is the output of terraform show"),
        ('{"encrypted_data": "hunter2", "encryption_version": "v0"}', "is an encrypted state"),
    ],
    ids=[
        "empty", "cut off", "deep", "binary", "list", "nothing", "no resources", "resources by name", "text for one",
        "half of one", "version 3", "version 5", "terraform show", "encrypted",
    ],
)  # fmt: skip
def test_what_is_no_state_is_refused_and_not_shown(tmp_path: Path, text: str, reason: str) -> None:
    """A state holds secrets; an error text must not."""
    path = tmp_path / "s"
    path.write_bytes(text.encode("latin-1"))

    said = message(path)

    assert said.startswith(reason)
    assert "hunter2" not in said


@pytest.mark.parametrize("name", ["gone", "."], ids=["missing", "folder"])
def test_a_state_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    """The reason is the system's."""
    with pytest.raises(InvalidInput, match="cannot be read: "):
        read_state(tmp_path / name)


def test_a_state_may_come_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """`terraform state pull | hybrid adopt ... --tfstate -` leaves no copy of its secrets behind."""
    state = json.dumps({"version": 4, "resources": [resource("aws_subnet", "private", SUBNET)]})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(state.encode())))

    assert [found.address for found in read_state(Path("-")).objects] == ["aws_subnet.private"]


def test_what_an_object_holds_is_in_no_representation(tmp_path: Path) -> None:
    """A traceback or a failed assertion would print it."""
    (found,) = read_state(write_state(tmp_path / "s", resource("x", "y", {"id": "hunter2"}))).objects

    assert "hunter2" not in repr(found)
