"""A provider's root as it is without fastsynth, in a hundredth of the time: its modules come when they are asked for.

The binding of AWS imports 2,212 of them in two minutes. What they would register is read off their texts.
"""

from __future__ import annotations

import ast
import re
import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import ModuleType

_DECORATED = re.compile(r'jsii_type="([^"]+)\.[^".]+"')


def plain_root(package: str) -> tuple[ModuleType, list[str]]:
    """The root, and the names that it would list.

    Args:
        package: the binding, which nothing has imported yet.
    """
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    imports = [
        node
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module is None
    ]
    tree.body = [node for node in tree.body if node not in imports]
    sys.modules[package] = module = module_from_spec(spec)
    exec(compile(tree, spec.origin, "exec"), module.__dict__)  # noqa: S102 - the binding's own text
    # What the binding makes public in its place.
    public = sys.modules[package]
    names = [alias.name for node in imports for alias in node.names]
    listed = sorted({*dir(public), *names})
    public.__dict__["__getattr__"] = lambda name: import_module(f"{package}.{name}")
    return public, listed


def modules_of_namespaces(package: str) -> dict[str, list[str]]:
    """Modules whose types stand in each JavaScript namespace of a binding, by the texts of all.

    Args:
        package: the binding.
    """
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    found: dict[str, set[str]] = {}
    for path in Path(spec.origin).parent.glob("*/__init__.py"):
        for namespace in _DECORATED.findall(path.read_text("utf-8")):
            found.setdefault(namespace, set()).add(f"{package}.{path.parent.name}")
    return {namespace: sorted(modules) for namespace, modules in found.items()}
