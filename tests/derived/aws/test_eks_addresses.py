"""How many addresses EKS nodes take of each zone."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.derived.aws.eks_addresses import Need, NodeNeed, node_need, unknown_types, zone_needs
from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_node_group import EksNodeGroupConfig
from tests.model.aws.eks_documents import AWS, GROUP
from tests.model.vmware.documents import changed

LARGE = {
    f"eu-west-1{letter}": {"private": f"10.0.{64 * i}.0/18", "public": f"10.0.{192 + i}.0/24"}
    for i, letter in enumerate("abc")
}


def group(**changes: Any) -> EksNodeGroupConfig:
    """A node group with something else."""
    return EksNodeGroupConfig.model_validate({**GROUP, **changes})


@pytest.mark.parametrize(
    ("types", "prefixes", "expected"),
    [
        (["t3.small"], False, NodeNeed(Need(8), Need(12))),
        (["t3.small"], True, NodeNeed(Need(1, 2), Need(3, 8))),
        (["m7i.xlarge"], False, NodeNeed(Need(30), Need(60))),
        (["m7i.xlarge"], True, NodeNeed(Need(1, 2), Need(1, 8))),
        (["m7i.4xlarge"], False, NodeNeed(Need(60), Need(150))),
        (["m4.large"], True, NodeNeed(Need(20), Need(20))),
        (["m7i.large", "m7i.xlarge"], False, NodeNeed(Need(30), Need(60))),
        (["m7i.large", "m99i.large"], False, None),
    ],
    ids=[
        "small",
        "small in blocks",
        "one more than used",
        "blocks",
        "110 pods",
        "no blocks",
        "largest",
        "unknown",
    ],
)
def test_a_node_takes_what_its_type_has(
    types: list[str], *, prefixes: bool, expected: NodeNeed | None
) -> None:
    """An interface more than pods use, or a block more, and no more than the type has.

    The tables of the network add-on have t3.small: all 3 interfaces of 4 addresses with 9 pods, and 3 blocks an
    interface.
    """
    assert node_need(group(instance_types=types), prefixes=prefixes) == expected


def test_a_group_may_say_what_its_nodes_take() -> None:
    """Of a type that is not known, or where few pods run."""
    said = group(instance_types=["m99i.large"], node_addresses=20)

    assert node_need(said, prefixes=False) == NodeNeed(Need(20), Need(20))
    assert node_need(said, prefixes=True) == NodeNeed(Need(0, 2), Need(0, 2))
    assert unknown_types(said) == []
    assert unknown_types(group(instance_types=["m7i.large", "m99i.large"])) == ["m99i.large"]


@pytest.mark.parametrize(
    ("need", "subnet", "fits"),
    [
        (Need(251), "10.0.0.0/24", True),
        (Need(252), "10.0.0.0/24", False),
        (Need(27, 14), "10.0.0.0/24", True),
        (Need(28, 14), "10.0.0.0/24", False),
        (Need(0, 15), "10.0.0.0/24", False),
        (Need(28, 13), "10.0.0.0/24", True),
        (Need(0, 1), "10.0.0.0/28", False),
        (Need(11), "10.0.0.0/28", True),
    ],
)
def test_blocks_are_whole_in_a_subnet(need: Need, subnet: str, *, fits: bool) -> None:
    """The first and the last are not, because AWS keeps addresses of them."""
    assert need.fits(IPv4Network(subnet)) is fits


@given(
    singles=st.integers(0, 2000),
    blocks=st.integers(0, 200),
    more=st.integers(0, 20),
    prefix=st.integers(16, 28),
)
def test_less_fits_where_more_does(singles: int, blocks: int, more: int, prefix: int) -> None:
    """And a larger subnet has what a smaller one has."""
    subnet = IPv4Network(f"10.0.0.0/{prefix}")

    if Need(singles + more, blocks).fits(subnet) or Need(singles, blocks + more).fits(subnet):
        assert Need(singles, blocks).fits(subnet)
    if Need(singles, blocks).fits(subnet):
        assert Need(singles, blocks).addresses + 5 <= subnet.num_addresses
        assert Need(singles, blocks).fits(subnet.supernet())


@given(size=st.integers(1, 450), zones=st.sets(st.sampled_from("abc"), min_size=1), prefixes=st.booleans())
def test_the_zones_of_a_group_hold_its_nodes(size: int, zones: set[str], *, prefixes: bool) -> None:
    """All of them, spread evenly, with what an update adds; a zone that is not the group's has only the cluster."""
    mine = [f"eu-west-1{letter}" for letter in sorted(zones)]
    section = changed(
        AWS,
        eks_clusters__cloud__prefix_delegation=prefixes,
        eks_clusters__cloud__node_groups__default={**GROUP, "max_size": size, "zones": mine},
        management_vpc__zones=LARGE,
    )
    needs = zone_needs(AwsConfig.model_validate(section))

    assert sum(need.nodes for need in needs.values()) >= size
    assert {need.nodes for zone, need in needs.items() if zone not in mine} <= {0}
    assert max(needs[zone].nodes for zone in mine) * len(mine) < size + len(mine)
    for zone, need in needs.items():
        assert need.control_planes == Need(6)
        assert 6 + need.nodes <= need.least.addresses <= need.most.addresses
        assert (need.most == Need(6)) is (zone not in mine)


def test_clusters_of_one_vpc_share_its_subnets() -> None:
    """What both take is counted together; groups of a type that nobody knows are counted as nodes."""
    first = AWS["eks_clusters"]["cloud"]
    unknown = {**GROUP, "instance_types": ["m99i.large"], "max_size": 6, "max_unavailable": 6}
    second = {
        **first,
        "name": "second",
        "short_name": "second",
        "node_groups": {"default": GROUP, "new": unknown},
    }
    needs = zone_needs(AwsConfig.model_validate(changed(AWS, eks_clusters__second=second)))

    # One node of each known group and two of the other in each zone, with two of an update.
    assert needs["eu-west-1a"].nodes == 4
    assert needs["eu-west-1a"].control_planes == Need(12)
    assert needs["eu-west-1a"].least == Need(12 + 3 * 20 + 3 * 20 + 4)


def test_without_a_vpc_there_are_no_zones() -> None:
    """A section that is being retired."""
    assert zone_needs(AwsConfig.model_validate({"region": "eu-west-1", "account_id": "012345678901"})) == {}
