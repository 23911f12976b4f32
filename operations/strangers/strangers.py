"""Which part of a drifted object's difference somebody did, and which nobody did.

Terraform lists under ``resource_drift`` all that a refresh found to be other than the state says. Most of it
nobody touched: a service fills in what the code leaves to it, a provider writes an id as a link, an apply adds
routes to the list of a table that the same apply had read before. What is left over here is what somebody
did. When in doubt, a difference is left over, so it is shown.

What decides, for each attribute:

- the plan changes it to a value that is known: the code minds, so it is left over;
- it is the same in another spelling, or in another order: nobody did it;
- the code says nothing of it, and the provider alone can set it, or a plain value has come where none was; in a block
  that nobody says, no, 0 or nothing, as a newer provider writes what an older one did not know;
- the code says nothing of it, and it lists what other objects of the plan made (`beside`): what none of them
  made is left over;
- the code says it, and the object is now as the code says.

The plan holds no schema; who can set an attribute is read from the provider's binding (`bindings`). It holds
no ``ignore_changes`` either: what the code gives away is left over, except where an autoscaler moves it.

https://developer.hashicorp.com/terraform/internals/json-format (2026-11).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from operations.strangers.beside import TOLD, Beside
from operations.strangers.bindings import only_computed
from operations.strangers.same import is_empty, is_said, only_nothing_came, same

_MOVES_ALONE = {
    # An autoscaler's business.
    "google_container_node_pool": ("node_count",),
    "google_gkeonprem_vmware_node_pool": ("config.replicas",),
    "aws_eks_node_group": ("scaling_config.desired_size",),
    # Read off a pool, which says it itself.
    "google_container_cluster": ("node_config", "node_version"),
}

_ALL_LABELS = {"effective_labels": "labels", "effective_annotations": "annotations", "tags_all": "tags"}
"""Every label of an object, whoever set it, and the attribute with those of the code."""

_RESERVED = ("goog-", "aws:")
"""Labels and tags that the clouds set: https://cloud.google.com/compute/docs/labeling-resources and
https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html (2026-11)."""

_ABSENT: Any = None

Path = tuple[str, ...]


@dataclass(frozen=True)
class Drifted:
    """An object that a refresh found changed.

    Attributes:
        address: its address.
        type: its resource type.
        before: its attributes as the state has them.
        after: its attributes as they are.
        planned: dotted paths, without list positions, that the plan changes to a known value.
        hidden: attributes with a secret in them, which is marked by its position; their lists stay whole.
    """

    address: str
    type: str
    before: Any
    after: Any
    planned: Collection[str] = ()
    hidden: Collection[str] = ()


class Strangers:
    """Knows what a plan's configuration says, and which objects stand beside a drifted one."""

    def __init__(self, configuration: Mapping[str, Any], beside: Beside) -> None:
        """Remember what drift is held against.

        Args:
            configuration: by address without index, the expressions of the plan's ``configuration``.
            beside: the plan's objects that others list.
        """
        self._configuration = configuration
        self._beside = beside

    def left(self, drifted: Drifted) -> Any:
        """The object's attributes as if nobody but strangers had changed it since the state was written.

        Without a word of the configuration about the object, everything is left over.
        """
        expressions = self._configuration.get(drifted.address.partition("[")[0])
        if not (
            isinstance(expressions, dict)
            and isinstance(drifted.before, dict)
            and isinstance(drifted.after, dict)
        ):
            return drifted.after
        return _Object(drifted, self._beside).block(expressions, drifted.before, drifted.after)


class _Object:
    def __init__(self, drifted: Drifted, beside: Beside) -> None:
        self._drifted = drifted
        self._beside = beside

    def block(
        self, said: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any], path: Path = ()
    ) -> dict[str, Any]:
        """A block with what somebody changed in it."""
        left = {
            name: self._attribute(said.get(name), before.get(name), after.get(name), (*path, name))
            for name in {**before, **after}
        }
        return {name: value for name, value in left.items() if name in before or value is not _ABSENT}

    def _attribute(self, said: Any, before: Any, after: Any, path: Path) -> Any:
        planned = self._is_planned(path)
        if not planned and same(before, after, self._drifted.after.get("project")):
            return before
        if not planned and ".".join(path) in _MOVES_ALONE.get(self._drifted.type, ()):
            return before
        if _is_block(said):
            return self._blocks(said, before, after, path)
        if planned:
            return after
        if said is None:
            return self._not_said(before, after, path)
        return before if is_said(said, after) else after

    def _blocks(self, said: Any, before: Any, after: Any, path: Path) -> Any:
        """Blocks one by one, where the code, the state and the object have as many."""
        if isinstance(before, dict) and isinstance(after, dict) and isinstance(said, dict):
            return self.block(said, before, after, path)
        if isinstance(said, dict):
            said = [said]
        if not (isinstance(before, list) and isinstance(after, list)):
            return after
        if not len(said) == len(before) == len(after):
            return after
        return [
            self.block(*each, path) if all(isinstance(one, dict) for one in each) else each[2]
            for each in zip(said, before, after, strict=True)
        ]

    def _is_planned(self, path: Path) -> bool:
        dotted = ".".join(path)
        return any(
            f"{one}.".startswith(f"{dotted}.") or dotted.startswith(f"{one}.")
            for one in self._drifted.planned
        )

    def _not_said(self, before: Any, after: Any, path: Path) -> Any:
        """An attribute that the code leaves to the provider."""
        attribute = ".".join(path)
        if attribute in _ALL_LABELS:
            return self._labels(attribute, before, after)
        if (self._drifted.type, attribute) in TOLD and attribute not in self._drifted.hidden:
            return self._beside.left(self._drifted.type, attribute, self._drifted.before, after)
        if (is_empty(before) and _is_plain(after)) or only_nothing_came(before, after):
            return before
        return before if only_computed(self._drifted.type, path) else after

    def _labels(self, attribute: str, before: Any, after: Any) -> Any:
        """Labels, with those that somebody added to the code's."""
        if not isinstance(after, dict):
            return before
        own = self._drifted.after.get(_ALL_LABELS[attribute])
        return {
            key: value
            for key, value in after.items()
            if not key.startswith(_RESERVED) and key not in (own or {})
        } | (before or {})


def _is_block(said: Any) -> bool:
    """Whether the configuration has blocks there, and not an expression.

    An expression says ``constant_value``, ``references`` or, where it has neither, nothing.
    """
    if isinstance(said, list):
        return True
    return isinstance(said, dict) and bool(said) and not ("constant_value" in said or "references" in said)


def _is_plain(value: Any) -> bool:
    """Whether it is one value, and no list, block or document that somebody could have added to."""
    if isinstance(value, str):
        return not value.startswith(("{", "["))
    return value is None or isinstance(value, (bool, int, float))
