"""What differs from what was applied, without Terraform having done it, and what the next apply would undo.

Names of addresses and attributes only: a value may be a secret. What a provider, a service or the last apply
moved is left out, as in a review.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from operations.strangers.beside import Beside
from operations.strangers.strangers import Drifted, Strangers

_IDLE = (["no-op"], ["read"])


@dataclass(frozen=True)
class Difference:
    """One object that is not as the code says.

    Attributes:
        address: the object.
        happened: what was found, such as ``deleted``, "" when nobody touched it.
        planned: what the next apply would do, such as ``update``; "" when it would leave it.
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
        kept: changed by others, such as a route beside the code's, and no apply would undo it.
    """

    stack: str
    undone: tuple[Difference, ...]
    pending: tuple[Difference, ...]
    kept: tuple[Difference, ...]

    @property
    def is_found(self) -> bool:
        """Whether anything is left to do, or to be looked at."""
        return bool(self.undone or self.pending or self.kept)


def drift(stack: str, plan_json: bytes) -> StackDrift:
    """Read what drifted from a plan of what was applied.

    Args:
        stack: the stack.
        plan_json: what ``terraform show -json`` says of the plan.
    """
    plan: Mapping[str, Any] = json.loads(plan_json)
    planned = {
        entry["address"]: entry["change"]
        for entry in plan.get("resource_changes") or ()
        if entry["change"]["actions"] not in _IDLE or entry["change"].get("importing")
    }
    happened = dict(_happened(plan, planned))
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


def _happened(
    plan: Mapping[str, Any], planned: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What others did: the plan's drift, without what nobody did."""
    strangers = Strangers(_configured(plan), _beside(plan))
    for entry in plan.get("resource_drift") or ():
        address, change = entry["address"], entry["change"]
        if change["actions"] != ["update"] or entry.get("module_address"):
            yield address, change
            continue
        before, after = change.get("before"), change.get("after")
        paths = tuple(_differing(planned.get(address, {})))
        left = strangers.left(Drifted(address, entry.get("type", ""), before, after, paths))
        if left != before:
            yield address, {**change, "after": left}


def _configured(plan: Mapping[str, Any]) -> dict[str, Any]:
    root = (plan.get("configuration") or {}).get("root_module") or {}
    return {entry["address"]: entry.get("expressions", {}) for entry in root.get("resources") or ()}


def _beside(plan: Mapping[str, Any]) -> Beside:
    beside = Beside()
    for entry in plan.get("resource_changes") or ():
        beside.see(entry.get("type", ""), entry["change"].get("before"))
    return beside


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
