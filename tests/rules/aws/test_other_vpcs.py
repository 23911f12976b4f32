"""EKS clusters in VPCs that others made."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from tests.model.aws.eks_documents import AWS, ELSEWHERE, GROUP, OTHER_VPC
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed

CLOUD = "eks_clusters__cloud"
BASTION = {"access": "session_manager"}
EXISTING = {
    "existing": {
        "vpc_id": "vpc-0a000001",
        "cidr": "10.0.0.0/16",
        "zones": {"eu-west-1a": {"private": "subnet-0b000001", "public": "subnet-0b000002"}},
    }
}


def refused(section: dict[str, Any], **changes: Any) -> dict[str, str]:
    """What the rules say of a section with changes."""
    return refusals(AwsConfig, changed(section, **changes))


@pytest.mark.parametrize("bastion", [None, BASTION], ids=["no bastion", "a bastion"])
def test_nobody_comes_by_the_bastion(bastion: Any) -> None:
    """It stands in the management VPC, and that is none of theirs."""
    section = {**ELSEWHERE, "bastion": bastion, "management_vpc": AWS["management_vpc"]}

    assert refused(section, **{f"{CLOUD}__endpoint": {}}) == {
        "eks_clusters.cloud.endpoint": "must let somebody in, or nobody reaches the cluster's API: no bastion stands in "
        "existing_vpcs.shop; list the ranges in private_from that come there by its owner's routes, or public ones in "
        "public_from"
    }
    assert refused(section) == {}


def test_no_management_vpc_is_needed() -> None:
    """A cluster of the management VPC beside it needs one as before."""
    assert refused(ELSEWHERE) == {}
    both = refused(ELSEWHERE, eks_clusters__second=AWS["eks_clusters"]["cloud"])
    assert both == {"eks_clusters.second": "needs management_vpc to stand in; add it"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {f"{CLOUD}__vpc": "shp"},
            {"eks_clusters.cloud.vpc": "must be one of existing_vpcs: shop; got shp"},
        ),
        (
            {"existing_vpcs__shop__zones__eu-west-1b": None},
            {
                "eks_clusters.cloud": "needs 2 zones in existing_vpcs.shop, which EKS puts its control plane into, got "
                "eu-west-1a; add zones"
            },
        ),
        (
            {f"{CLOUD}__node_groups__default__zones": ["eu-west-1c"]},
            {
                "eks_clusters.cloud.node_groups.default.zones.0": "must be one of existing_vpcs.shop.zones: eu-west-1a, "
                "eu-west-1b; got eu-west-1c"
            },
        ),
        (
            {"existing_vpcs__shop__zones__us-west-2a": {"private": "subnet-0c000001"}},
            {
                "existing_vpcs.shop.zones.us-west-2a": "must be a zone of region eu-west-1, got us-west-2a; for example "
                "eu-west-1a"
            },
        ),
        (
            {f"{CLOUD}__services": "10.7.0.0/16"},
            {
                "eks_clusters.cloud.services": "must have no address of the VPC, got 10.7.0.0/16, which overlaps "
                "existing_vpcs.shop.cidr 10.7.0.0/16; choose another range"
            },
        ),
        (
            {
                "existing_vpcs__shop__zones__eu-west-1b__private_cidr": "172.20.8.0/24",
            },
            {
                "eks_clusters.cloud.services": "must have no address of the VPC, got 172.20.0.0/16, which overlaps "
                "existing_vpcs.shop.zones.eu-west-1b 172.20.8.0/24; choose another range"
            },
        ),
        (
            {"existing_vpcs__second": OTHER_VPC},
            {
                "existing_vpcs.second.vpc_id": "must be said once, got vpc-0a000001, which is existing_vpcs.shop; say vpc: shop "
                "of its clusters"
            },
        ),
        (
            {"management_vpc": EXISTING},
            {
                "existing_vpcs.shop.vpc_id": "must be said once, got vpc-0a000001, which is management_vpc.existing; leave vpc "
                "out of its clusters"
            },
        ),
        (
            {
                "existing_vpcs__shop__zones__eu-west-1b__private_cidr": "10.7.1.0/28",
                f"{CLOUD}__node_groups__default": {**GROUP, "max_size": 20},
            },
            {
                "existing_vpcs.shop.zones.eu-west-1b.private_cidr": "must have 16 addresses, 6 for the control plane of each "
                "EKS cluster and one for each of 10 nodes, got 10.7.1.0/28 with 11; lower max_size of node groups, give them "
                "other zones, or make the subnet anew and larger"
            },
        ),
        (
            {
                "existing_vpcs__shop__zones__eu-west-1b__private_cidr": None,
                f"{CLOUD}__node_groups__default": {**GROUP, "max_size": 20},
            },
            {},
        ),
    ],
    ids=[
        "no such VPC",
        "one zone",
        "no such zone",
        "another region",
        "services in the VPC",
        "services in a further range",
        "one VPC twice",
        "the management VPC",
        "no room",
        "room not known",
    ],
)
def test_mistakes(changes: dict[str, Any], expected: dict[str, str]) -> None:
    """What AWS would refuse after a while, or what would be nobody's."""
    assert refused(ELSEWHERE, **changes) == expected


def test_a_vpc_that_nothing_joins_hides_nothing() -> None:
    """The management VPC's range is out of reach from there anyway, and services of a cluster that stands cannot change."""
    section = changed(
        ELSEWHERE, management_vpc=AWS["management_vpc"], **{f"{CLOUD}__services": "10.0.0.0/16"}
    )
    config = AwsConfig.model_validate(section)

    assert [str(cidr) for _, cidr in config.routable_ranges()] == ["10.0.0.0/16"]
    assert list(config.islands()) == []
