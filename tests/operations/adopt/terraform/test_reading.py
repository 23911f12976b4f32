"""Reading states: what is none is refused, what is secret is dropped, and nothing of it is shown."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.adopt.terraform.reading import HOW, read_states
from tests.operations.adopt.terraform.states import (
    SECRET,
    found_in,
    resource,
    state,
    state_of,
    synthesized,
    written,
)

SUBNET = {"id": "subnet-1", "cidr_block": "10.0.1.0/24"}
TUNNEL = {"id": "t", "name": "t", "shared_secret": SECRET, "ike_version": 2}


def shown(*resources: dict[str, Any], children: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """What ``terraform show -json`` says of a state."""
    root = {"resources": list(resources), "child_modules": list(children)}
    return {"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": root}}


def told(address: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A resource in it."""
    type_ = address.split(".")[-2]
    return {"address": address, "mode": "managed", "type": type_, "values": values, **more}


def refusals(*files: Path) -> list[str]:
    """What is said of files that are no states."""
    with pytest.raises(InvalidInput) as refused:
        read_states(files)
    return list(map(str, refused.value.problems))


def test_objects_are_read_with_modules_and_indexes(tmp_path: Path) -> None:
    """Their addresses are as `terraform state list` prints them."""
    found = found_in(
        tmp_path,
        state(
            resource("aws_subnet.private", SUBNET, {**SUBNET, "id": "subnet-2"}, keys=(0, 1)),
            resource("aws_eip.nat", {"id": "e"}, module='module.net.module.nat["b"]', keys=("a",)),
        ),
    )

    assert [(str(one), one.type) for one in found.objects] == [
        (f"{tmp_path}/0.tfstate: aws_subnet.private[0]", "aws_subnet"),
        (f"{tmp_path}/0.tfstate: aws_subnet.private[1]", "aws_subnet"),
        (f'{tmp_path}/0.tfstate: module.net.module.nat["b"].aws_eip.nat["a"]', "aws_eip"),
    ]
    assert found.objects[0].attributes == SUBNET
    assert found.aside == ()


def test_what_terraform_shows_is_read_the_same(tmp_path: Path) -> None:
    """Modules in modules, data left out, and what it marks as sensitive dropped."""
    deep = {"resources": [told("module.a.module.b.aws_vpc.main[0]", {"id": "vpc-1"})]}
    found = found_in(
        tmp_path,
        shown(
            told("google_compute_vpn_tunnel.t", TUNNEL),
            {**told("data.aws_ami.a", {"id": "ami-1"}), "mode": "data"},
            told(
                "google_thing.s",
                {"id": "s", "a": {"b": ["x", "y"]}, "c": 1},
                sensitive_values={"a": {"b": [False, True]}, "c": True, "id": False},
            ),
            children=({"child_modules": [deep]},),
        ),
        shown(),
        {"format_version": "1.0"},
    )

    assert [one.address for one in found.objects] == [
        "google_compute_vpn_tunnel.t",
        "google_thing.s",
        "module.a.module.b.aws_vpc.main[0]",
    ]
    assert found.objects[0].attributes == {"id": "t", "name": "t", "ike_version": 2}
    assert found.objects[1].attributes == {"id": "s", "a": {"b": ["x"]}}
    assert found.objects[1].hidden == {"a.b", "c"}


def test_what_is_marked_in_a_state_is_dropped(tmp_path: Path) -> None:
    """By paths of names, positions and keys, as Terraform writes them."""
    one = resource("google_thing.s", {"id": "s", "a": [{"b": {"k": "v", "l": "w"}}], "c": "d"})
    one["instances"][0]["sensitive_attributes"] = [
        [
            {"type": "get_attr", "value": "a"},
            {"type": "index", "value": {"value": 0, "type": "number"}},
            {"type": "get_attr", "value": "b"},
            {"type": "index", "value": {"value": "k", "type": "string"}},
        ],
        [{"type": "get_attr", "value": "c"}],
    ]

    (found,) = found_in(tmp_path, state(one)).objects

    assert found.attributes == {"id": "s", "a": [{"b": {"l": "w"}}]}
    assert found.hidden == {"a.b.k", "c"}


@pytest.mark.parametrize("name", ["dev", "prod", "sandbox", "test"])
def test_no_key_of_the_example_is_kept(name: str, tmp_path: Path) -> None:
    """Whatever attribute a variable goes to."""
    made = state_of(synthesized(name))

    found = found_in(tmp_path, made)

    assert SECRET in json.dumps(made)
    assert SECRET not in json.dumps([dict(one.attributes) for one in found.objects])
    assert any("shared_secret" in one.hidden for one in found.objects)
    assert SECRET not in repr(found.objects)


def test_what_nothing_can_be_made_of_is_put_aside(tmp_path: Path) -> None:
    """Each with why, and with the other objects read all the same."""
    many = resource("aws_eip.a", {"id": "1"}, {"id": "2"}, {"id": "3"}, {"id": "4"}, keys=(0, 1, 2, 3))
    many["instances"][0]["deposed"] = "0a1b2c3d"
    many["instances"][1]["status"] = "tainted"
    many["instances"][2] = {"attributes_flat": {"id": "3"}, "index_key": 2}
    deposed = told("aws_vpc.d", {"id": "v"}, deposed_key="0a1b2c3d")
    tainted = told("aws_vpc.t", {"id": "w"}, tainted=True)
    data = {**resource("aws_ami.a", {"id": "ami"}), "mode": "data"}

    found = found_in(tmp_path, state(many, data), shown(deposed, tainted))

    assert [one.address for one in found.objects] == ["aws_eip.a[3]"]
    assert [(one.address, one.why.partition(":")[0]) for one in found.aside] == [
        ("aws_eip.a[0]", "is deposed, waiting to be destroyed"),
        ("aws_eip.a[1]", "is tainted"),
        ("aws_eip.a[2]", "has no attributes in the form of Terraform 0.12 or later"),
        ("aws_vpc.d", "is deposed, waiting to be destroyed"),
        ("aws_vpc.t", "is tainted"),
    ]


def test_an_object_in_two_states_is_taken_from_the_first(tmp_path: Path) -> None:
    """The other one says so; what has no id may be there any number of times."""
    found = found_in(
        tmp_path,
        state(resource("aws_vpc.a", {"id": "vpc-1"}), resource("aws_x.a", {}), resource("aws_x.b", {})),
        state(resource("aws_vpc.b", {"id": "vpc-1"})),
    )

    assert [one.address for one in found.objects] == ["aws_vpc.a", "aws_x.a", "aws_x.b"]
    assert list(map(str, found.aside)) == [f"{tmp_path}/1.tfstate: aws_vpc.b"]
    assert found.aside[0].why == (
        f"is the same object as {tmp_path}/0.tfstate: aws_vpc.a; one of the two has to let it go"
    )


def test_standard_input_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `terraform state pull` is piped."""
    (file,) = written(tmp_path, state(resource("aws_vpc.a", {"id": "vpc-1"})))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))

    assert str(read_states([Path("-")]).objects[0]) == "standard input: aws_vpc.a"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", f"1:2: is not JSON; {HOW}"),
        ("\xff", f": is not JSON; {HOW}"),
        ("[]", f": is not a Terraform state; {HOW}"),
        ('{"encrypted_data": "x"}', ": is an encrypted state; give the output of `tofu state pull`"),
        ('{"format_version": "1.2", "planned_values": {}}', f": is a plan, which says what would be; {HOW}"),
        (
            '{"format_version": "1.2", "resource_changes": []}',
            f": is a plan, which says what would be; {HOW}",
        ),
        ('{"version": 3, "modules": []}', "from before Terraform 0.12; run `terraform apply -refresh-only`"),
        ('{"version": 5, "resources": []}', f": is not a Terraform state of version 4; {HOW}"),
        ('{"version": 4}', f": is not a Terraform state of version 4; {HOW}"),
        ('{"version": 4, "resources": [{"mode": "managed"}]}', f": is not a whole Terraform state; {HOW}"),
        (
            '{"format_version": "1.0", "values": {"root_module": {"resources": [{}]}}}',
            f": is not a whole Terraform state; {HOW}",
        ),
        ('{"format_version": "1.0", "values": []}', ""),
    ],
)
def test_what_is_no_state_is_refused(content: str, message: str, tmp_path: Path) -> None:
    """With how to get one."""
    file = tmp_path / "s"
    file.write_bytes(content.encode("latin-1"))
    if not message:
        assert read_states([file]).objects == ()
        return

    (refusal,) = refusals(file)

    assert refusal.startswith(str(file))
    assert message in refusal


def test_all_files_are_refused_at_once(tmp_path: Path) -> None:
    """One run says everything."""
    (tmp_path / "b").write_text("[]")

    assert refusals(tmp_path / "a", tmp_path / "b", tmp_path / "a") == [
        f"{tmp_path}/a: cannot be read: no such file or directory",
        f"{tmp_path}/b: is not a Terraform state; {HOW}",
    ]
