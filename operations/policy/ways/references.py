"""What an argument refers to in its stack, through others that only pass it on."""

from __future__ import annotations

import re
from typing import Any, Final

from operations.policy.stacks import Place, Resource, Stack

_REFERENCE: Final = re.compile(r"\$\{([a-z][a-z0-9_]*)\.([A-Za-z0-9_][-A-Za-z0-9_]*)[.\[]([^${}]*)\}")
_DEEPEST: Final = 8


def made(stack: Stack, value: Any) -> Resource | None:
    """The resource that a reference leads to in the end; None for what is no reference, or leads out of the stack.

    An association of a subnet passes the subnet's id on, so that what names it waits for the association.
    """
    resource = None
    for _ in range(_DEEPEST):
        found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            return resource
        body = stack.body.get("resource", {}).get(found[1], {}).get(found[2])
        if body is None:
            return None
        resource = Resource(Place(stack.name, f"{found[1]}.{found[2]}"), found[1], body)
        value = body.get(found[3])
    return resource


def same(stack: Stack, one: Any, other: Resource) -> bool:
    """Whether an argument refers to a resource."""
    resource = made(stack, one)
    return resource is not None and resource.place == other.place
