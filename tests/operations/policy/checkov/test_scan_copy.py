"""The copy that checkov reads; that checkov takes it as meant is tested beside the scan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from operations.policy.checkov.scan_copy import FILE, ScanCopy, write_scan_copies
from operations.policy.stacks import make_stack


def copied(folder: Path, body: dict[str, Any]) -> tuple[ScanCopy, dict[str, Any]]:
    """What is said of the copy of a stack, and what is in it."""
    [copy] = write_scan_copies([make_stack("dev", "dev", body)], folder / "scan")
    return copy, json.loads((folder / "scan" / "dev" / FILE).read_text("utf-8"))


def test_what_makes_checkov_blind_is_left_out(tmp_path: Path) -> None:
    """Nulls at any depth, cdktf's metadata, and what it cannot parse."""
    body = {
        "//": {"metadata": {}},
        "moved": [{"from": "a.b", "to": "a.c"}],
        "import": [{"id": "x", "to": "a.c"}],
        "removed": [{"from": "a.d"}],
        "terraform": {"required_version": ">= 1.5", "backend": {"gcs": {"bucket": "b"}}},
        "resource": {"a": {"c": {"//": {}, "ingress": [{"port": 22, "prefixes": None}], "x": [None, 1]}}},
    }

    _, found = copied(tmp_path, body)

    assert found == {
        "terraform": {"backend": {"gcs": {"bucket": "b"}}},
        "resource": {"a": {"c": {"ingress": [{"port": 22}], "x": [1]}}},
    }


def test_a_rule_for_a_security_group_names_it_as_checkov_knows_it(tmp_path: Path) -> None:
    """In addition; one for a range of addresses stays as it is."""
    rules = {"group": {"referenced_security_group_id": "sg-1"}, "range": {"cidr_ipv4": "10.0.0.0/8"}}

    _, found = copied(tmp_path, {"resource": {"aws_vpc_security_group_ingress_rule": rules}})

    assert found["resource"]["aws_vpc_security_group_ingress_rule"] == {
        "group": {"referenced_security_group_id": "sg-1", "source_security_group_id": "sg-1"},
        "range": {"cidr_ipv4": "10.0.0.0/8"},
    }


def test_a_document_with_an_expression_in_it_can_be_read(tmp_path: Path) -> None:
    """Other texts are left alone."""
    body = {"policy": '{"Sid": "${replace(a.b, "-", "")}"}', "name": '${replace(a.b, "-", "")}'}

    _, found = copied(tmp_path, {"resource": {"a": {"b": body}}})

    assert json.loads(found["resource"]["a"]["b"]["policy"]) == {"Sid": "${replace(a.b, '-', '')}"}
    assert found["resource"]["a"]["b"]["name"] == body["name"]


def test_every_line_belongs_to_a_block(tmp_path: Path) -> None:
    """By the line that checkov names, whatever stands in the block; none before the first."""
    tricky = {"text": 'a\n    "x": {\u2028é', "tags": {"a": "b"}, "list": [{"deep": {"c": 1}}]}
    body = {
        "provider": {"aws": [{"region": "eu-west-1"}]},
        "resource": {"aws_a": {"One": tricky, "Two": {}}, "aws_b": {"Three": {}}},
        "data": {"aws_c": {"Four": {}}},
        "output": {"o": {"value": 1}},
    }

    copy, _ = copied(tmp_path, body)
    lines = (tmp_path / "scan" / "dev" / FILE).read_text("utf-8").splitlines()

    starts = {
        address: lines[line - 1].strip().rstrip(",")
        for line, address in zip(copy.lines, copy.addresses, strict=True)
    }
    assert starts == {
        "provider.aws": '"aws": [',
        "aws_a.One": '"One": {',
        "aws_a.Two": '"Two": {}',
        "aws_b.Three": '"Three": {}',
        "data.aws_c.Four": '"Four": {}',
        "output.o": '"o": {',
    }
    assert copy.address(copy.lines[1] + 1) == "aws_a.One"
    assert copy.address(1) is None
