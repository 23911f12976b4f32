"""Network interfaces and addresses of EC2's instance types, and how many pods EKS lets onto one.

What is known of them stands in instance_interfaces.json beside this module: of each type the interfaces of its first
network card, which are the ones that the network add-on uses, and the IPv4 addresses of each, its own included.
A type that is not there is not guessed.

Sources, read on 2026-11-30: the file that the data names, of which all is taken; for pods the section "How maxPods is
determined" of https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_MANY_CPUS: Final = 30
_FEW_PODS, _MANY_PODS = 110, 250
_CPUS_OF_AN_XLARGE: Final = 4
_HOST_NETWORK_PODS: Final = 2


@dataclass(frozen=True)
class Interfaces:
    """What an instance type has.

    Attributes:
        count: interfaces that it takes.
        addresses: addresses that each takes, the interface's own included.
        prefixes: whether an interface takes blocks of 16 addresses in place of single ones, as Nitro's do.
    """

    count: int
    addresses: int
    prefixes: bool

    @property
    def slots(self) -> int:
        """Addresses or blocks for pods that one interface takes."""
        return self.addresses - 1


@functools.cache
def _data() -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads(Path(__file__).with_name("instance_interfaces.json").read_text("utf-8"))
    return data


def interfaces_of(instance_type: str) -> Interfaces | None:
    """The interfaces of an instance type; None where it is not known."""
    family, _, size = instance_type.partition(".")
    known = _data()["families"].get(family, {}).get(size)
    if known is None:
        return None
    count, addresses = known
    return Interfaces(count, addresses, prefixes=family not in _data()["without_prefixes"])


def processors(instance_type: str) -> int:
    """Virtual processors of an instance type, by the name of its size.

    An `xlarge` has 4, a `large` 2; smaller ones, and bare metal that says no number, count as 1, though they have more.
    Few types, made for HPC, have fewer than their name says.
    """
    size = instance_type.partition(".")[2]
    many = re.search(r"([0-9]*)xl", size)
    if many:
        return _CPUS_OF_AN_XLARGE * int(many[1] or 1)
    return 2 if size == "large" else 1


def pods_with_an_address(instance_type: str, addresses: int) -> int:
    """The most pods of a node that have an address of their own.

    EKS lets at most 110 pods onto a node of less than 30 virtual processors in a managed node group, and 250 onto a
    larger one. Two of them, the network's own, have the node's address.

    Args:
        instance_type: the node's.
        addresses: how many its interfaces have for pods.
    """
    large = instance_type.endswith(".metal") or processors(instance_type) >= _MANY_CPUS
    return min(addresses, (_MANY_PODS if large else _FEW_PODS) - _HOST_NETWORK_PODS)
