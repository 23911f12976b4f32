"""Values of a stack as JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.literals import camel_case, literal, references

VARIABLES = {"aws_vpc.Vpc_1-a": "r1", "data.aws_ami.Image": "r2", "var.key": "r3"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cidr_block", "cidrBlock"),
        ("s3-bucket", "s3Bucket"),
        ("ipv6_cidr_block", "ipv6CidrBlock"),
        ("id", "id"),
    ],
)
def test_names_are_those_of_the_bindings(name: str, expected: str) -> None:
    """Attributes and modules are camel case in JavaScript."""
    assert camel_case(name) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", '"plain"'),
        ("${aws_vpc.Vpc_1-a.id}", "r1.id"),
        ("${data.aws_ami.Image.root_device_name}", "r2.rootDeviceName"),
        ("${var.key}", "r3.stringValue"),
        ("`a` $5 ${var.key}\\n", "`\\`a\\` $5 ${r3.stringValue}\\\\n`"),
        ('${upper("${aws_vpc.Vpc_1-a.id}")}', '"${upper(\\"${aws_vpc.Vpc_1-a.id}\\")}"'),
        (True, "true"),
        (3, "3"),
        (None, "null"),
        ([], "[\n]"),
    ],
)
def test_values_are_written_as_a_person_would(value: Any, expected: str) -> None:
    """References are attributes of other objects; a Terraform function is left as its text."""
    assert literal(value, VARIABLES) == expected


def test_only_structs_are_in_camel_case() -> None:
    """Keys of tags are somebody's own words, metadata and what was not said are left out."""
    attributes = {
        "//": {"metadata": {}},
        "root_block_device": {"volume_size": 10, "kms_key_id": None},
        "tags": {"Cost_center": "1", "id": "${var.key}"},
        "depends_on": ["aws_vpc.Vpc_1-a"],
    }

    text = literal(attributes, VARIABLES)

    assert text == (
        "{\n"
        "  rootBlockDevice: {\n"
        "    volumeSize: 10,\n"
        "  },\n"
        '  tags: { "Cost_center": "1", "id": r3.stringValue },\n'
        "  dependsOn: [r1],\n"
        "}"
    )


def test_tags_by_a_function_are_told_to_typescript() -> None:
    """TypeScript takes no string for a map without being told."""
    assert (
        literal({"tags": "${merge({}, {})}"}, {})
        == '{\n  tags: cdktf.Token.asStringMap("${merge({}, {})}"),\n}'
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [("INCLUDE_ALL", '"INCLUDE_ALL"'), (["${var.key}"], "[\n    r3.stringValue,\n  ]"), ({}, "{}")],
)
def test_what_is_called_like_a_map_may_be_none(value: Any, expected: str) -> None:
    """A flow log's metadata is a word, the tags of vSphere are ids."""
    assert literal({"metadata": value}, VARIABLES) == f"{{\n  metadata: {expected},\n}}"


def test_a_block_may_be_called_provider() -> None:
    """An EKS cluster's encryption has one, which is no Terraform provider."""
    block = {"provider": {"key_arn": "${var.key}"}}

    assert references(block) == {"var.key"}
    assert literal(block, VARIABLES) == "{\n  provider: {\n    keyArn: r3.stringValue,\n  },\n}"


def test_references_are_those_that_are_written() -> None:
    """What stands in a Terraform function needs no variable; metadata refers to nothing."""
    attributes = {
        "//": {"path": "${aws_vpc.Metadata.id}"},
        "vpc_id": "${aws_vpc.Vpc_1-a.id}",
        "rules": [{"text": "at ${var.key}"}],
        "depends_on": ["aws_vpc.Dependency"],
        "user_data": '${base64encode("${aws_vpc.Inside.id}")}',
    }

    assert references(attributes) == {"aws_vpc.Vpc_1-a", "var.key", "aws_vpc.Dependency"}
