"""What an environment takes of the quotas that an AWS account starts with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import estate.facts.aws.quotas as facts
from estate.derived.aws.quotas import more_than_at_first
from estate.facts.aws.quotas import quotas
from estate.model.aws.aws import AwsConfig
from tests.model.aws.eks_documents import AWS, GROUP
from tests.model.vmware.documents import changed

SIX = {
    f"eu-west-1{letter}": {"private": f"10.0.{i}.0/24", "public": f"10.0.1{i}.0/24"}
    for i, letter in enumerate("abcdef")
}
BASTION = {"access": "session_manager"}
SSH = {
    "access": "ssh",
    "public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY name",
    "allowed_ssh_cidrs": [f"198.51.100.{i}/32" for i in range(61)],
}
MANY = [f"10.30.{i}.0/24" for i in range(60)]
PROCESSORS = "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances"
SPOT = "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests"
ADDRESSES = "EC2-VPC Elastic IPs"
RULES = "Inbound or outbound rules per security group"
NONE: dict[str, Any] = {"management_vpc__zones": SIX, "eks_clusters": None}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Three nodes of two processors, and two more in each of three zones for an update.
        ({}, {PROCESSORS: 18}),
        ({"bastion": BASTION}, {PROCESSORS: 19}),
        (NONE, {ADDRESSES: 6}),
        ({**NONE, "bastion": BASTION}, {ADDRESSES: 7}),
        ({**NONE, "management_vpc__nat_gateways": "single"}, {}),
        ({"eks_clusters": None, "bastion": SSH}, {RULES: 61}),
        (
            {"bastion": BASTION, "eks_clusters__cloud__endpoint__private_from": MANY},
            {PROCESSORS: 19, RULES: 61},
        ),
        (
            {"eks_clusters__cloud__node_groups": {"default": GROUP, "batch": {**GROUP, "capacity": "spot"}}},
            {PROCESSORS: 18, SPOT: 18},
        ),
        ({"eks_clusters__cloud__node_groups__default__instance_types": ["g5.xlarge"]}, {}),
        (
            {"eks_clusters__cloud__node_groups__default__instance_types": ["m7i.large", "m7i.4xlarge"]},
            {PROCESSORS: 144},
        ),
    ],
    ids=[
        "nodes",
        "and a bastion",
        "six gateways",
        "and a bastion's address",
        "one gateway",
        "people",
        "ranges",
        "spot",
        "another family",
        "the largest type",
    ],
)
def test_what_goes_beyond_is_counted(changes: dict[str, Any], expected: dict[str, int]) -> None:
    """By AWS's names; what an account starts with is enough for the rest."""
    found = more_than_at_first(AwsConfig.model_validate(changed(AWS, **changes)))

    assert {quota.name: count for quota, count in found} == expected


def test_a_vpc_that_exists_has_its_addresses() -> None:
    """Its gateways are not ours; without a network there is nothing."""
    subnets = {
        f"eu-west-1{z}": {"private": f"subnet-0123456789abcde{z}0", "public": f"subnet-0123456789abcde{z}1"}
        for z in "abcdef"
    }
    existing = {"existing": {"vpc_id": "vpc-0123456789abcdef0", "cidr": "10.0.0.0/16", "zones": subnets}}
    section = changed(AWS, management_vpc=existing, eks_clusters=None, bastion=BASTION)

    assert more_than_at_first(AwsConfig.model_validate(section)) == []
    assert (
        more_than_at_first(AwsConfig.model_validate({"region": "eu-west-1", "account_id": "012345678901"}))
        == []
    )


def test_each_quota_has_its_source() -> None:
    """And the day on which it was read."""
    data = json.loads(Path(facts.__file__).with_name("quotas.json").read_text("utf-8"))

    assert data["read_on"] == "2026-11-30"
    assert [
        key for key, entry in data["quotas"].items() if "https://docs.aws.amazon.com/" not in entry["source"]
    ] == []
    assert {(one.service, one.code[:2]) for one in quotas().values()} <= {("ec2", "L-"), ("vpc", "L-")}
