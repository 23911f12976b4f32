"""What of a plan is shown to whoever reviews it: its JSON with every sensitive value taken out.

In place of a sensitive value stands a marker, the same for the same value within one plan and for no other one's, so
that a review still sees whether a value changes, and nothing of what it is: the marker is a keyed digest, and its key
is as random as it is secret (it goes with the stored plan, to whoever applies). Values of variables are all taken
out. Left out altogether: what no review reads, above all the state that a plan carries along.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from operations.texts.redaction import Redaction

_SCALARS: Final = frozenset(
    ("format_version", "terraform_version", "timestamp", "applyable", "complete", "errored")
)
_KEPT: Final = frozenset(
    (
        "resource_changes",
        "resource_drift",
        "deferred_changes",
        "deferred_action_invocations",
        "action_invocations",
        "output_changes",
        "checks",
        "configuration",
    )
)
_DROPPED: Final = frozenset(("planned_values", "prior_state", "relevant_attributes"))

_MASKED: Final = (
    (("before", "after"), ("before_sensitive", "after_sensitive")),
    (("config_values",), ("config_sensitive",)),
    (("values",), ("sensitive_values",)),
)
"""Keys of values in a plan, and of the masks that say what of them is sensitive, for each of them."""

_VALUES: Final = frozenset(("constant_value", "importing", "before_identity", "after_identity"))
_WORDS: Final = frozenset(
    ("actions", "mode", "type", "action_reason", "provider_name", "provider_config_key", "kind", "status")
)
"""What says how to read the rest, and is never a value."""


def shown(plan: Mapping[str, Any], salt: bytes) -> dict[str, Any]:
    """A plan's JSON as it is shown.

    Args:
        plan: what ``terraform show -json`` says of it.
        salt: the key of its markers.
    """
    marker = _Marker(salt)
    redaction = Redaction(marker.of_text)
    for value, mask in _sensitive(plan):
        redaction.learn_marked(value, mask)
    taking = _Taking(marker, redaction)
    return {key: taking.part(key, value) for key, value in plan.items() if key not in _DROPPED}


_MARKED: Final = re.compile(r"\(sensitive [0-9a-f]{16}\)")


def is_taken_out(text: str) -> bool:
    """Whether a marker stands in a text, or for all of it."""
    return bool(_MARKED.search(text))


class _Marker:
    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def of_text(self, secret: str) -> str:
        said = hmac.new(self._salt, secret.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return f"(sensitive {said[:16]})"

    def of_value(self, value: Any) -> Any:
        """A marker; nothing and emptiness stay, because a review means something by them."""
        if value is None or value in ("", [], {}):
            return value
        return self.of_text(value if isinstance(value, str) else json.dumps(value, sort_keys=True))


def _sensitive(plan: Any) -> Iterator[tuple[Any, Any]]:
    """Every value with what is sensitive of it."""
    yield from _of_variables(plan)
    waiting = [plan]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            for names, masks in _MASKED:
                for name in names:
                    yield from ((found.get(name), found[mask]) for mask in masks if mask in found)
            waiting += reversed(list(found.values()))
        elif isinstance(found, list):
            waiting += reversed(found)


def _of_variables(plan: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """The values of variables that are declared sensitive."""
    configuration = plan.get("configuration") or {}
    for name, declared in (configuration.get("root_module", {}).get("variables") or {}).items():
        if declared.get("sensitive"):
            yield (plan.get("variables") or {}).get(name, {}).get("value"), True
            yield declared.get("default"), True


class _Taking:
    """Takes secrets out."""

    def __init__(self, marker: _Marker, redaction: Redaction) -> None:
        self._marker = marker
        self._redaction = redaction

    def part(self, key: str, value: Any) -> Any:
        """A part of the plan; of one that nobody knows, that it is there."""
        if key in _SCALARS:
            return value if isinstance(value, (str, bool)) else None
        if key == "variables":
            return {name: {"value": self._marker.of_value(one.get("value"))} for name, one in value.items()}
        return self._structure(value) if key in _KEPT else None

    def _structure(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._structure(item) for item in value]
        if not isinstance(value, dict):
            return self._redaction.value(value)
        masked = {
            name: [value.get(mask) for mask in masks]
            for names, masks in _MASKED
            for name in names
            if any(mask in value for mask in masks)
        }
        return {key: self._item(key, item, masked.get(key)) for key, item in value.items()}

    def _item(self, key: str, item: Any, masks: list[Any] | None) -> Any:
        if masks is not None:
            return self._redaction.value(self._without(item, masks))
        if key in _VALUES:
            return self._redaction.value(item)
        if key in _WORDS and not isinstance(item, dict):
            return item
        return self._structure(item)

    def _without(self, value: Any, masks: list[Any]) -> Any:
        """A value without what any of the masks marks: what is secret on one side is secret on both."""
        if any(mask is True for mask in masks):
            return self._marker.of_value(value)
        if isinstance(value, dict):
            return {key: self._without(item, _below(masks, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self._without(item, _below(masks, at)) for at, item in enumerate(value)]
        return value


def _below(masks: list[Any], step: str | int) -> list[Any]:
    below: list[Any] = []
    for mask in masks:
        if isinstance(mask, dict):
            below.append(mask.get(str(step)))
        elif isinstance(mask, list) and isinstance(step, int) and step < len(mask):
            below.append(mask[step])
    return below
