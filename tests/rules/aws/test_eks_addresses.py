"""EKS clusters have room in the private subnets."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from tests.model.aws.eks_documents import AWS, ZONES
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed

SMALL = {**ZONES, "eu-west-1c": {"private": "10.0.2.0/28", "public": "10.0.12.0/24"}}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"management_vpc__zones": SMALL}, {}),
        (
            {"management_vpc__zones": SMALL, "eks_clusters__cloud__node_groups__default__max_size": 16},
            {
                "management_vpc.zones.eu-west-1c.private": "must have 12 addresses, 6 for the control plane of each EKS "
                "cluster and one for each of 6 nodes, got 10.0.2.0/28 with 11; lower max_size of node groups, give them "
                "other zones, or make the subnet anew and larger"
            },
        ),
        (
            {
                "management_vpc__zones": SMALL,
                "eks_clusters__cloud__node_groups__default__max_size": 16,
                "eks_clusters__cloud__node_groups__default__zones": ["eu-west-1a", "eu-west-1b"],
            },
            {},
        ),
    ],
    ids=["as it is", "a small one", "too small", "not its zone"],
)
def test_one_small_subnet_is_noticed(changes: dict[str, Any], expected: dict[str, str]) -> None:
    """Nodes are spread evenly: the room of the other two zones helps nobody in the third."""
    assert refusals(AwsConfig, changed(AWS, **changes)) == expected
