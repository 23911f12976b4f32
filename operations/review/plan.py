"""A Terraform plan as a review needs it.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What Terraform would do to an object."""

    NO_OP = "no-op"
    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    FORGET = "forget"
    UNKNOWN = "unknown"


_ACTIONS: Mapping[tuple[str, ...], Action] = {
    ("no-op",): Action.NO_OP,
    ("read",): Action.READ,
    ("create",): Action.CREATE,
    ("update",): Action.UPDATE,
    ("delete",): Action.DELETE,
    ("forget",): Action.FORGET,
    ("delete", "create"): Action.REPLACE,
    ("create", "delete"): Action.REPLACE,
    # A replacement whose old object is left running: lifecycle.destroy = false.
    ("create", "forget"): Action.REPLACE,
    ("forget", "create"): Action.REPLACE,
}


@dataclass(frozen=True)
class Values:
    """An object's attributes before and after, and what of them may not be shown or is not known yet."""

    before: Any = None
    after: Any = None
    unknown: Any = None
    sensitive_before: Any = None
    sensitive_after: Any = None


@dataclass(frozen=True)
class Change:
    """What happens to one object.

    Attributes:
        address: its address.
        previous_address: its address until now, where it moves.
        mode: managed or data.
        type: resource type.
        name: resource name, without an index.
        module: address of the module it stands in, "" for the root.
        index: its ``count`` or ``for_each`` key, "" without one.
        action: what happens.
        values: its attributes.
        replace_paths: attributes that force the replacement.
        reason: why Terraform acts, in its own word (``delete_because_no_resource_config``).
        imported: whether it exists already and is taken into the state.
        deposed: key of a deposed object, "" for the current one.
        oddities: what this program does not know about the change, each in a few words.
    """

    address: str
    previous_address: str = ""
    mode: str = "managed"
    type: str = ""
    name: str = ""
    module: str = ""
    index: str = ""
    action: Action = Action.UNKNOWN
    values: Values = field(default_factory=Values)
    replace_paths: tuple[str, ...] = ()
    reason: str = ""
    imported: bool = False
    deposed: str = ""
    oddities: tuple[str, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happens at all, not even to the address."""
        return self.action is Action.NO_OP and not (self.previous_address or self.imported or self.oddities)


def action_of(actions: Any) -> Action:
    """The action that a plan writes as a list of words."""
    if not isinstance(actions, list) or not all(isinstance(word, str) for word in actions):
        return Action.UNKNOWN
    return _ACTIONS.get(tuple(actions), Action.UNKNOWN)


@dataclass(frozen=True)
class Output:
    """What happens to one output of the stack."""

    name: str
    action: Action
    values: Values


@dataclass(frozen=True)
class Condition:
    """A check, or another condition, that did not pass.

    Attributes:
        address: where it stands.
        status: fail, error or unknown.
        messages: what it says.
    """

    address: str
    status: str
    messages: tuple[str, ...]
