"""Which attributes a provider alone can set, as the text of its Python binding tells.

A plan does not hold the provider's schema. The binding was generated from one: what a configuration can say
has a property ``<name>_input`` beside ``<name>``. The text is read and nothing is imported, because importing
a binding starts Node. A type or attribute that is not found there is one that people may set.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_CLASS = re.compile(r"^class (\w+)\(", re.MULTILINE)
_PROPERTY = re.compile(r"@builtins\.property\n(?:    @[^\n]*\n)*    def (\w+)\(")


def only_computed(type_: str, path: tuple[str, ...]) -> bool:
    """Whether an attribute is one that no configuration can set.

    Args:
        type_: resource type.
        path: the attribute, without list positions.
    """
    *blocks, name = path
    provider, _, resource = type_.partition("_")
    owner = "".join(map(_pascal, (resource, *blocks)))
    names = _properties(provider, resource).get(f"{owner}OutputReference" if blocks else owner, frozenset())
    return name in names and f"{name}_input" not in names


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


@cache
def _properties(provider: str, resource: str) -> dict[str, frozenset[str]]:
    """By class of a resource's module, its properties; none where there is no such module."""
    spec = find_spec(f"cdktf_cdktf_provider_{provider}") if provider.isidentifier() else None
    if spec is None or spec.origin is None or not resource.isidentifier():
        return {}
    try:
        text = (Path(spec.origin).parent / resource / "__init__.py").read_text("utf-8")
    except OSError:
        return {}
    _, *parts = _CLASS.split(text)
    return {
        name: frozenset(_PROPERTY.findall(body)) for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
