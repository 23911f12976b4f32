"""What a golden plan is made from, and what a review has to say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One golden plan.

    Attributes:
        providers: what the configuration requires, by local name.
        before: the configuration that stands; {} for nothing.
        after: the configuration that is wanted.
        expected: level of each rule that finds something, and of no other.
        applied: whether what stands is applied for real.
    """

    providers: Json
    before: Json
    after: Json
    expected: Mapping[str, str]
    applied: bool = False


def resource(type_: str, instances: object) -> Json:
    """A configuration with resources of one type."""
    return {"resource": {type_: instances}} if instances else {}
