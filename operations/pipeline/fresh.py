"""Whether a fresh plan does as well what a stored plan does: every change of it, value for value, and what is not shown.

What only the fresh plan does is no reason to refuse: it is told, and not done. Names of addresses, attributes and
variables only are told: a value may be a secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from operations.pipeline.archive import Archive, NotAPlan

Json = Mapping[str, Any]
Key = tuple[str, str]

_IDLE: Final = ["no-op"]
_ALSO: Final = ("deferred_changes", "action_invocations", "deferred_action_invocations")
_FIRST = 5
_ATTRIBUTE: Final = "attribute "
_UNORDERED: Final = "sensitive_attributes"


def refusals(stored: Json, fresh: Json) -> Iterator[str]:
    """Say what a plan does and a fresh one does not, by what ``terraform show -json`` says of both."""
    yield from _variables(stored, fresh)
    now = _changes(fresh)
    for key, entry in _changes(stored).items():
        yield from _change(entry, now.get(key))
    outputs = _outputs(fresh)
    for name, change in _outputs(stored).items():
        if name not in outputs:
            yield f"changes output {name}, and a fresh plan does not"
        elif outputs[name] != change:
            yield f"changes output {name}, and a fresh plan changes it to something else"
    for part in _ALSO:
        others = fresh.get(part) or []
        for entry in stored.get(part) or []:
            if entry not in others:
                yield f"has an entry in {part} ({_named(entry)}), and a fresh plan has none like it"


def acts(plan: Json) -> bool:
    """Whether a plan says that it does anything to an object or an output."""
    return bool(_outputs(plan)) or any(
        entry["change"]["actions"] != _IDLE for entry in plan.get("resource_changes") or ()
    )


def only_fresh(stored: Json, fresh: Json) -> Iterator[str]:
    """Name what only the fresh plan would do."""
    before = _changes(stored)
    for key, entry in _changes(fresh).items():
        if key not in before:
            yield f"{'/'.join(entry['change']['actions'])} {_named(entry)}"
    outputs = _outputs(stored)
    yield from (f"change output {name}" for name in _outputs(fresh) if name not in outputs)


def untold_refusals(stored: Archive, fresh: Archive) -> Iterator[str]:
    """Say where two archives differ in what is shown of neither.

    Raises:
        NotAPlan: one of them is none.
    """
    if stored.untold() != fresh.untold():
        yield "has its state elsewhere than a fresh plan, or is limited to some objects, or made to destroy"
    now = fresh.changes()
    for key, fields in stored.changes().items():
        if now.get(key) != fields:
            address = " ".join(part.decode("utf-8", "replace") for part in key)
            yield f"changes {address} by another provider, or with other private data, than a fresh plan"
    yield from _states(stored, fresh)


def is_stale(stored: Archive, fresh: Archive) -> bool:
    """Whether the state was changed between the two.

    Raises:
        NotAPlan: one of them is none.
    """
    return any(
        stored.state(previous=previous).get(name) != fresh.state(previous=previous).get(name)
        for previous in (False, True)
        for name in ("lineage", "serial")
    )


def _variables(stored: Json, fresh: Json) -> Iterator[str]:
    given, here = stored.get("variables") or {}, fresh.get("variables") or {}
    for name in sorted(given.keys() | here.keys()):
        if given.get(name) != here.get(name):
            yield f"was made with another value of variable {name} than this environment's; see HYBRID_VARIABLES"


def _changes(plan: Json) -> dict[Key, Json]:
    """What a plan changes, moves and takes in, by address and deposed key."""
    return {
        (entry["address"], entry.get("deposed", "")): entry
        for entry in plan.get("resource_changes") or ()
        if entry["change"]["actions"] != _IDLE
        or entry.get("previous_address")
        or entry["change"].get("importing")
    }


def _change(entry: Json, now: Json | None) -> Iterator[str]:
    what = f"would {'/'.join(entry['change']['actions'])} {_named(entry)}"
    if now is None:
        yield f"{what}, and a fresh plan leaves it"
    elif now["change"]["actions"] != entry["change"]["actions"]:
        yield f"{what}, and a fresh plan would {'/'.join(now['change']['actions'])} it"
    elif _whole(now) != _whole(entry):
        names = sorted(_differing(entry["change"], now["change"]))
        attributes = (
            f" ({', '.join([*names[:_FIRST], *(['...'] if names[_FIRST:] else [])])})" if names else ""
        )
        yield f"{what}, and a fresh plan would do so with other values{attributes}"


def _whole(entry: Json) -> Json:
    """An entry without the order of what has none."""
    paths = entry["change"].get("replace_paths")
    return {**entry, "change": {**entry["change"], "replace_paths": sorted(map(str, paths or ()))}}


def _differing(one: Json, other: Json) -> set[str]:
    """Names of attributes in which two changes differ."""
    found = set()
    for side in ("before", "after", "after_unknown", "before_sensitive", "after_sensitive"):
        mine, theirs = one.get(side), other.get(side)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            found |= {name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)}
    return found


def _outputs(plan: Json) -> dict[str, Json]:
    found = plan.get("output_changes") or {}
    return {name: change for name, change in found.items() if change["actions"] != _IDLE}


def _named(entry: Json) -> str:
    address = str(entry.get("address", "something"))
    return f"{address} (deposed {entry['deposed']})" if entry.get("deposed") else address


def _states(stored: Archive, fresh: Archive) -> Iterator[str]:
    """An apply goes on from the state in the plan: it has to hold what is there, apart from what others changed."""
    mine, theirs = _objects(stored.state()), _objects(fresh.state())
    before = _objects(fresh.state(previous=True))
    for key in sorted(mine.keys() ^ theirs.keys()):
        yield f"has a state that {'holds' if key in mine else 'lacks'} {key}, unlike a fresh plan"
    for key in sorted(mine.keys() & theirs.keys()):
        names = _moved(mine[key], theirs[key], before.get(key))
        if names:
            yield f"has a state that is not that of a fresh plan for {key} ({', '.join(names[:_FIRST])})"


def _objects(state: Json) -> dict[str, Json]:
    """The managed objects of a state; what a data source read, the fresh plan has read anew."""
    found: dict[str, Json] = {}
    try:
        for resource in state.get("resources") or ():
            if resource["mode"] != "managed":
                continue
            kept = {name: resource[name] for name in resource if name != "instances"}
            for instance in resource["instances"]:
                key = _key(resource, instance)
                if key in found:
                    raise NotAPlan("holds an object twice")
                found[key] = {**instance, "provider": kept}
    except (KeyError, TypeError, AttributeError):
        raise NotAPlan("holds no state") from None
    return found


def _key(resource: Json, instance: Json) -> str:
    parts: Sequence[Any] = (
        *([resource["module"]] if "module" in resource else []),
        f"{resource['type']}.{resource['name']}",
    )
    index = f"[{instance['index_key']!r}]" if "index_key" in instance else ""
    deposed = f" (deposed {instance['deposed']})" if instance.get("deposed") else ""
    return f"{'.'.join(map(str, parts))}{index}{deposed}"


def _moved(mine: Json, theirs: Json, before: Json | None) -> list[str]:
    """What of an object differs and was not changed by others since it was applied."""
    one, other = _parts(mine), _parts(theirs)
    old = other if before is None else _parts(before)
    return sorted(
        name
        for name in one.keys() | other.keys()
        if one.get(name) != other.get(name)
        and (not name.startswith(_ATTRIBUTE) or old.get(name) == other.get(name))
    )


def _parts(instance: Json) -> dict[str, Any]:
    attributes = instance.get("attributes") or {}
    rest = {name: value for name, value in instance.items() if name not in {"attributes", _UNORDERED}}
    return {
        **rest,
        _UNORDERED: sorted(map(json.dumps, instance.get(_UNORDERED) or ())),
        **{f"{_ATTRIBUTE}{name}": value for name, value in attributes.items()},
    }
