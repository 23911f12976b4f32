"""Every attribute that this project can synthesize: what the example's stacks have, and what constructs can say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from operations.artifacts.stack_json import StackJson

_BINDINGS = "cdktf_cdktf_provider_"
_META = frozenset({"lifecycle", "depends_on", "provider", "provisioner", "connection", "count", "for_each"})
_NO_RESOURCE = ("data_", "provider")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")

Attribute = tuple[str, str]
"""A resource type, and a path in which an underscore also stands for the step into a block."""


def in_stack(stack: StackJson) -> Iterator[Attribute]:
    """Every attribute of a synthesized stack."""
    for type_, resources in stack["resource"].items():
        for body in resources.values():
            for name, value in body.items():
                if name not in _META and name != "//":
                    yield from ((type_, path) for path in _leaves(value, name))


def _leaves(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(part, f"{path}_{name}")
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from _leaves(item, path)
    else:
        yield path


def in_constructs(*folders: Path) -> set[Attribute]:
    """Every attribute that code gives to a resource or to a block of one, whatever the configuration.

    What a dictionary gives is not seen: a block that takes one stands for all that is in it, and of a resource
    that does its blocks are seen where they are made, and the rest in the example's stacks.
    """
    found = set()
    for folder in folders:
        for path in folder.rglob("*.py"):
            found |= set(_of_module(ast.parse(path.read_text("utf-8"))))
    # Of a block that is looked into, only what is in it counts.
    return {
        (type_, path)
        for type_, path in found
        if not any(other == type_ and below.startswith(f"{path}_") for other, below in found)
    }


def _of_module(module: ast.Module) -> Iterator[Attribute]:
    bound: dict[str, tuple[str, str, str]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_BINDINGS):
            provider, _, resource = str(node.module).removeprefix(_BINDINGS).partition(".")
            if not resource.startswith(_NO_RESOURCE):
                bound |= {name.asname or name.name: (provider, resource, name.name) for name in node.names}
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in bound:
            provider, resource, class_ = bound[node.func.id]
            block = _block(class_, resource)
            for keyword in node.keywords:
                path = "_".join(filter(None, (block, keyword.arg)))
                if path and keyword.arg not in _META:
                    yield f"{provider}_{resource}", path


def _block(class_: str, resource: str) -> str:
    """The block that a class of a binding is, "" for the resource; a binding ends a name that is taken with an A."""
    words = "".join(word.capitalize() for word in resource.split("_"))
    rest = class_.removeprefix(words)
    return _CAPITAL.sub("_", rest.removesuffix("A")).lower()
