"""GKE on VMware's versions: their form and order, which are supported, what each takes, and what gkectl took before.

The rules of each minor version stand in versions.json beside this module, with their source and the month
in which it was read; a new version is added there and nowhere else.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast


@dataclass(frozen=True)
class MinorVersion:
    """What one supported minor version takes.

    Attributes:
        image_types: operating system images of its nodes.
        default_image_types: the image of nodes that say none; several where Google's pages disagree.
        host_groups: whether nodes can be bound to host groups of vSphere.
        admin_manages: minor versions of user clusters that an admin cluster of this version manages.
    """

    image_types: tuple[str, ...]
    default_image_types: tuple[str, ...]
    host_groups: bool
    admin_manages: tuple[str, ...]


@functools.cache
def supported() -> Mapping[str, MinorVersion]:
    """The supported minor versions by name, oldest first."""
    return {
        name: MinorVersion(
            tuple(rules["image_types"]),
            tuple(rules["default_image_types"]),
            rules["host_groups"],
            tuple(rules["admin_manages"]),
        )
        for name, rules in _data()["supported"].items()
    }


def gkectl_default(field: str, version: str) -> bool | int | str:
    """What gkectl of a version takes where a file does not say ``field``, which is written without positions."""
    return cast("bool | int | str", _since(_data()["gkectl_defaults"]["since"][field], version))


def upgraded_first(version: str) -> Literal["admin", "user"]:
    """Whether the admin cluster or its user clusters go to a version first."""
    return cast('Literal["admin", "user"]', _since(_data()["upgrades"]["first"], version))


def minors_between(version: str, target: str) -> list[str]:
    """The minor versions above one up to another, oldest first: a cluster goes through all of them."""
    first, last = order(minor(version)), order(minor(target))
    return [name for name in _data()["upgrades"]["minors"] if first < order(name) <= last]


@functools.cache
def _data() -> Any:
    return json.loads(Path(__file__).with_name("versions.json").read_text("utf-8"))


def _since(values: Mapping[str, Any], version: str) -> Any:
    """What holds for a version of what changed with versions; before the first of them what holds from it on."""
    reached = [since for since in values if order(since) <= order(minor(version))]
    return values[reached[-1] if reached else next(iter(values))]


def order(version: str) -> tuple[int, ...]:
    """What to compare versions by, the patch and the build included."""
    return tuple(map(int, re.findall(r"[0-9]+", version)))


def minor(version: str) -> str:
    """The minor version's name, such as 1.35."""
    return ".".join(version.split(".")[:2])


def why_unsupported(version: str) -> str | None:
    """Say why a version cannot be used and what to do; None when it can."""
    known = list(supported())
    name = minor(version)
    if name in supported():
        return None
    if order(name) < order(known[0]):
        return (
            f"must be of a supported minor version, {', '.join(known)}; got {version}, which is out of support; "
            "upgrade the cluster with gkectl, one minor version at a time, before it is written here"
        )
    return (
        f"must be of a known minor version, {', '.join(known)}; got {version}; if it is out by now, "
        "add its rules to estate/facts/vmware/versions.json"
    )
