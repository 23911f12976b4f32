"""What differs from what was applied, without Terraform having done it, and what the next apply would undo.

Names of addresses and attributes only: a value may be a secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_IDLE = (["no-op"], ["read"])


@dataclass(frozen=True)
class Difference:
    """One object that is not as the code says.

    Attributes:
        address: the object.
        happened: what was found, such as ``deleted``, "" when nobody touched it.
        planned: what the next apply would do, such as ``update``.
        attributes: names of what differs.
    """

    address: str
    happened: str
    planned: str
    attributes: tuple[str, ...]


@dataclass(frozen=True)
class StackDrift:
    """One stack.

    Attributes:
        stack: the stack.
        undone: changed by others, and the next apply would undo it.
        pending: touched by nobody: merged and not applied, or planned for another reason.
        kept: changed by others, and the code does not mind.
    """

    stack: str
    undone: tuple[Difference, ...]
    pending: tuple[Difference, ...]
    kept: tuple[Difference, ...]

    @property
    def is_found(self) -> bool:
        """Whether anything is left to do."""
        return bool(self.undone or self.pending)


def drift(stack: str, plan_json: bytes) -> StackDrift:
    """Read what drifted from a plan of what was applied.

    Args:
        stack: the stack.
        plan_json: what ``terraform show -json`` says of the plan.
    """
    plan: Mapping[str, Any] = json.loads(plan_json)
    happened = {entry["address"]: entry["change"] for entry in plan.get("resource_drift") or ()}
    planned = {
        entry["address"]: entry["change"]
        for entry in plan.get("resource_changes") or ()
        if entry["change"]["actions"] not in _IDLE or entry["change"].get("importing")
    }
    found = [_difference(address, happened.get(address), change) for address, change in planned.items()]
    outputs = tuple(_outputs(plan))
    return StackDrift(
        stack,
        undone=tuple(one for one in found if one.happened),
        pending=(*(one for one in found if not one.happened), *outputs),
        kept=tuple(
            _difference(address, change, None)
            for address, change in happened.items()
            if address not in planned
        ),
    )


def _outputs(plan: Mapping[str, Any]) -> Iterator[Difference]:
    for name, change in (plan.get("output_changes") or {}).items():
        if change["actions"] not in _IDLE:
            yield Difference(f"output.{name}", "", "/".join(change["actions"]), ())


def _difference(
    address: str, happened: Mapping[str, Any] | None, planned: Mapping[str, Any] | None
) -> Difference:
    what = {None: "", "delete": "deleted"}.get(happened["actions"][0] if happened else None, "changed")
    seen = happened if planned is None or what == "deleted" else planned
    attributes = () if what == "deleted" or seen is None else tuple(_differing(seen))
    return Difference(address, what, "/".join(planned["actions"]) if planned else "", attributes)


def _differing(change: Mapping[str, Any]) -> Iterator[str]:
    before, after = change.get("before") or {}, change.get("after") or {}
    unknown = change.get("after_unknown") or {}
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name) and not (before and unknown.get(name) is True):
            yield name
