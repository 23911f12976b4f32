"""One entry of a plan's lists as a review needs it, whatever somebody's Terraform wrote there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from operations.review.plan import Action, Change, Values, action_of
from operations.texts.plain import plain

_CHANGE_KEYS = frozenset(
    [
        "address",
        "previous_address",
        "module_address",
        "mode",
        "type",
        "name",
        "index",
        "index_unknown",
        "provider_name",
        "deposed",
        "change",
        "action_reason",
    ]
)
_VALUE_KEYS = frozenset(
    [
        "actions",
        "before",
        "after",
        "after_unknown",
        "before_sensitive",
        "after_sensitive",
        "replace_paths",
        "importing",
        "generated_config",
        "before_identity",
        "after_identity",
    ]
)


_INVOCATION_KEYS = frozenset(
    [
        "address",
        "type",
        "name",
        "config_values",
        "config_sensitive",
        "config_unknown",
        "provider_name",
        "lifecycle_action_trigger",
        "invoke_action_trigger",
    ]
)


def change_of(entry: Any, place: str) -> Change:
    """A change of an object.

    Args:
        entry: as the plan has it.
        place: what to call it when it has no address.
    """
    if not isinstance(entry, dict):
        return Change(place, oddities=("cannot be read",))
    change = mapping_in(entry, "change")
    address = text_of(entry.get("address"))
    action = action_of(change.get("actions"))
    oddities = [*_unknown_keys(entry, _CHANGE_KEYS), *_unknown_keys(change, _VALUE_KEYS)]
    if not address:
        oddities.append("has no address")
    if action is Action.UNKNOWN:
        oddities.append("its actions are none that this review knows")
    if entry.get("mode") not in ("managed", "data"):
        oddities.append("is neither a managed resource nor a data source")
    return Change(
        address=address or place,
        previous_address=text_of(entry.get("previous_address")),
        mode=text_of(entry.get("mode")),
        type=text_of(entry.get("type")),
        name=text_of(entry.get("name")),
        module=text_of(entry.get("module_address")),
        index="" if entry.get("index") is None else plain(entry["index"]),
        action=action,
        values=values_of(change),
        replace_paths=_replace_paths(change.get("replace_paths")),
        reason=text_of(entry.get("action_reason")),
        imported=change.get("importing") is not None,
        deposed=text_of(entry.get("deposed")),
        oddities=tuple(oddities),
    )


def deferred_of(entry: Any, place: str) -> Change:
    """A change that has to wait for a later plan: what it will be, nobody knows yet."""
    if not isinstance(entry, dict):
        return Change(place, oddities=("cannot be read",))
    return _put_off(entry, change_of(entry.get("resource_change"), place))


def deferred_invocation_of(entry: Any, place: str) -> Change:
    """An action that has to wait for a later plan."""
    if not isinstance(entry, dict):
        return Change(place, oddities=("cannot be read",))
    return _put_off(entry, invocation_of(entry.get("action_invocation"), place))


def _put_off(entry: dict[str, Any], known: Change) -> Change:
    why = text_of(entry.get("reason")) or "no reason given"
    oddities = (f"is put off to a later plan ({why})", *known.oddities)
    return replace(known, action=Action.UNKNOWN, oddities=oddities)


def invocation_of(entry: Any, place: str) -> Change:
    """An action of a provider that the apply runs, such as calling a function; since Terraform 1.14."""
    if not isinstance(entry, dict):
        return Change(place, oddities=("cannot be read",))
    trigger = mapping_in(entry, "lifecycle_action_trigger")
    cause = text_of(trigger.get("triggering_resource_address"))
    event = text_of(trigger.get("action_trigger_event"))
    when = f", at {event} of {cause}" if cause else ""
    return Change(
        address=text_of(entry.get("address")) or place,
        mode="action",
        type=text_of(entry.get("type")),
        name=text_of(entry.get("name")),
        values=Values(
            after=entry.get("config_values"),
            unknown=entry.get("config_unknown"),
            sensitive_after=entry.get("config_sensitive"),
        ),
        oddities=(f"the apply runs this action{when}", *_unknown_keys(entry, _INVOCATION_KEYS)),
    )


def _unknown_keys(entry: dict[str, Any], known: frozenset[str]) -> list[str]:
    return [f"has {key}, which this review does not know" for key in sorted(entry.keys() - known)]


def values_of(change: dict[str, Any]) -> Values:
    """What a change says of an object before and after."""
    return Values(
        change.get("before"),
        change.get("after"),
        change.get("after_unknown"),
        change.get("before_sensitive"),
        change.get("after_sensitive"),
    )


def _replace_paths(paths: Any) -> tuple[str, ...]:
    if not isinstance(paths, list):
        return ()
    steps = [[step for step in path if isinstance(step, str)] for path in paths if isinstance(path, list)]
    return tuple(dict.fromkeys(".".join(path) for path in steps))


def messages(instances: Any) -> Iterator[str]:
    """What the instances of a check say."""
    for instance in instances if isinstance(instances, list) else ():
        problems = instance.get("problems") if isinstance(instance, dict) else None
        for problem in problems if isinstance(problems, list) else ():
            if isinstance(problem, dict) and isinstance(problem.get("message"), str):
                yield problem["message"]


def mapping_in(holder: dict[str, Any], key: str) -> dict[str, Any]:
    """An object's member that is an object; {} for anything else."""
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def text_of(value: Any) -> str:
    """A text; "" for anything else."""
    return value if isinstance(value, str) else ""
