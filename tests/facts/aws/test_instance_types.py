"""Interfaces of instance types, as EC2 has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import estate.facts.aws.instance_types as module
from estate.facts.aws.instance_types import Interfaces, interfaces_of, pods_with_an_address, processors


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("t3.small", Interfaces(3, 4, prefixes=True)),
        ("m7i.xlarge", Interfaces(4, 15, prefixes=True)),
        ("m4.large", Interfaces(2, 10, prefixes=False)),
        ("m7i.metal-24xl", Interfaces(15, 50, prefixes=True)),
        ("i3.large", Interfaces(3, 10, prefixes=False)),
        ("m99i.large", None),
        ("m7i.huge", None),
    ],
)
def test_a_type_has_what_ec2_says(name: str, expected: Interfaces | None) -> None:
    """What is not in the file is not guessed."""
    assert interfaces_of(name) == expected


def test_every_type_of_the_file_can_be_counted_with() -> None:
    """At least one interface with an address beside its own, or a division would have no sense."""
    data = json.loads(Path(module.__file__).with_name("instance_interfaces.json").read_text("utf-8"))
    limits = [limit for sizes in data["families"].values() for limit in sizes.values()]

    assert len(limits) > 1000
    assert [limit for limit in limits if limit[0] < 1 or limit[1] < 2] == []
    assert set(data["without_prefixes"]) < set(data["families"])


@pytest.mark.parametrize(
    ("name", "pods"),
    [
        ("m7i.large", 27),
        ("m7i.4xlarge", 108),
        ("m7i.8xlarge", 232),
        ("m7i.16xlarge", 248),
        ("m7i.metal-24xl", 248),
        ("t3.nano", 2),
    ],
)
def test_eks_lets_so_many_pods_onto_a_node(name: str, pods: int) -> None:
    """110 below 30 processors and 250 above, two of them with the node's own address."""
    found = interfaces_of(name)

    assert found is not None
    assert pods_with_an_address(name, found.count * found.slots) == pods


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("t3.micro", 1),
        ("m7i.large", 2),
        ("m7i.xlarge", 4),
        ("m7i.24xlarge", 96),
        ("m7i.metal-48xl", 192),
        ("i3en.metal", 1),
    ],
)
def test_the_size_says_the_processors(name: str, expected: int) -> None:
    """Four an xlarge; what says no number has one at least."""
    assert processors(name) == expected


def test_bare_metal_takes_many_pods() -> None:
    """It has more than 30 processors, whether its name says so or not."""
    assert pods_with_an_address("i3en.metal", 1000) == pods_with_an_address("m7i.metal-24xl", 1000) == 248
