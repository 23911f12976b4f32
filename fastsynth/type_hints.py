"""The checks of arguments: what a generated function declares is worked out once, not at every call.

A third of the time Python spends on creating a construct goes there. jsii does the same for bindings
generated since 1.138; the prebuilt providers are older and ask ``typing`` directly.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable
from typing import Any

# Module-level functions that exist only for their annotations, which never change.
_STUB = "_typecheckingstub__"


def install() -> None:
    """Remember the hints of jsii's stubs; ``typing.get_type_hints`` is as ever for anything else."""
    resolve = typing.get_type_hints

    @functools.cache
    def of_stub(stub: Callable[..., Any]) -> dict[str, Any]:
        return resolve(stub)

    @functools.wraps(resolve)
    def get_type_hints(obj: Any, *args: Any, **options: Any) -> dict[str, Any]:
        if getattr(obj, "__name__", "").startswith(_STUB) and not args and not options:
            return of_stub(obj)
        return resolve(obj, *args, **options)

    typing.get_type_hints = get_type_hints
