"""What providers do with attributes: which replace an object, which they compute or have a default for.

It stands in attributes.json beside this module, asked of the sources of the provider versions that the stacks name, on
the day that the file says; ``python -m tests.providers.attributes`` writes it. What is not in it, such as AWS, is unknown,
and said so, never taken for harmless.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final


class Effect(StrEnum):
    """What a change of an attribute does."""

    IN_PLACE = "in place"
    KEPT = "stays, its changes are ignored"
    REPLACES = "replaces"
    UNKNOWN = "not known before a plan"


NOT_GIVEN_BACK: Final[Mapping[str, Mapping[str, str]]] = {
    "aws_key_pair": {
        "public_key": "https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/resources/key_pair"
    },
    "google_compute_vpn_tunnel": {
        "shared_secret": "https://github.com/hashicorp/terraform-provider-google/issues/9524"
    },
}
"""What an API never gives back and a change of which replaces, by type, with who says so (2026-11-30).

After an import nothing stands there, and the next apply would make the object anew.
"""


@functools.cache
def _types() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    types: Mapping[str, Mapping[str, Mapping[str, Any]]]
    types = json.loads(Path(__file__).with_name("attributes.json").read_text("utf-8"))["types"]
    return types


def is_whole(type_: str) -> bool:
    """Whether every attribute of a type was asked for, so that what is not listed is a matter of course."""
    return type_ in _types()


def is_computed(type_: str, path: str) -> bool:
    """Whether the provider fills an attribute that nobody says, or one of the blocks that it stands in."""
    return any(_of(type_, above).get("computed") for above in _above(path))


def default(type_: str, path: str) -> Any:
    """What holds where nobody says an attribute; None where that is nothing."""
    return _of(type_, path).get("default")


def is_judged(type_: str, path: str) -> bool:
    """Whether the provider has its own mind about when two values differ."""
    return any(_of(type_, above).get("judged") for above in _above(path))


def effect(type_: str, path: str) -> Effect:
    """What a change of an attribute does, of a block as a whole too.

    Args:
        type_: the type of the resource.
        path: the attribute, with dots and without positions.
    """
    changes = {_of(type_, above).get("change") for above in _above(path)}
    changes |= {
        one.get("change") for name, one in _types().get(type_, {}).items() if name.startswith(f"{path}.")
    }
    if "replaces" in changes:
        return Effect.REPLACES
    if "by value" in changes:
        return Effect.UNKNOWN
    return Effect.IN_PLACE if is_whole(type_) else Effect.UNKNOWN


def _of(type_: str, path: str) -> Mapping[str, Any]:
    return _types().get(type_, {}).get(path, {})


def _above(path: str) -> list[str]:
    """An attribute and the blocks that it stands in."""
    parts = path.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
