"""GKE on VMware's versions: their form and order, which are supported, and what each of them takes.

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


@dataclass(frozen=True)
class MinorVersion:
    """What one supported minor version takes.

    Attributes:
        image_types: operating system images of its nodes.
        admin_manages: minor versions of user clusters that an admin cluster of this version manages.
    """

    image_types: tuple[str, ...]
    admin_manages: tuple[str, ...]


@functools.cache
def supported() -> Mapping[str, MinorVersion]:
    """The supported minor versions by name, oldest first."""
    data = json.loads(Path(__file__).with_name("versions.json").read_text("utf-8"))
    return {
        name: MinorVersion(tuple(rules["image_types"]), tuple(rules["admin_manages"]))
        for name, rules in data["supported"].items()
    }


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
