"""VPCs that others made, by their ids."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.other_vpc import OtherVpcConfig
from tests.model.aws.eks_documents import OTHER_VPC
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed

ZONE = "zones__eu-west-1b"


def test_ranges_are_known_as_far_as_they_are_said() -> None:
    """Of the second zone nobody said one."""
    vpc = OtherVpcConfig.model_validate(changed(OTHER_VPC, **{f"{ZONE}__private_cidr": None}))

    assert {zone: str(one) for zone, one in vpc.private_ranges.items()} == {"eu-west-1a": "10.7.0.0/24"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({f"{ZONE}__private_cidr": "100.64.0.0/20"}, {}),
        ({"cidr": "10.0.0.0/8"}, {"cidr": "must be between /16 and /28, got 10.0.0.0/8"}),
        (
            {f"{ZONE}__private_cidr": "10.7.1.0/29"},
            {"zones.eu-west-1b.private_cidr": "must be between /16 and /28, got 10.7.1.0/29"},
        ),
        (
            {f"{ZONE}__private_cidr": "10.7.0.128/25"},
            {
                "zones.eu-west-1b.private_cidr": "must not overlap another subnet, got 10.7.0.128/25, which overlaps "
                "zones.eu-west-1a.private_cidr 10.7.0.0/24"
            },
        ),
        (
            {f"{ZONE}__private": "subnet-0a000001"},
            {"zones.eu-west-1b.private": "subnet-0a000001 stands here a second time"},
        ),
        (
            {f"{ZONE}__public": "subnet-0a000001"},
            {"zones.eu-west-1b.public": "subnet-0a000001 stands here a second time"},
        ),
    ],
    ids=[
        "as it is",
        "a further range",
        "too large",
        "too small",
        "overlapping",
        "twice",
        "private and public",
    ],
)
def test_what_aws_takes(changes: dict[str, Any], expected: dict[str, str]) -> None:
    """Subnets may lie in a further range of the VPC, such as that of pods."""
    assert refusals(OtherVpcConfig, changed(OTHER_VPC, **changes)) == expected
