"""A synthesized stack as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

StackJson = dict[str, Any]


def read_stack(outdir: Path, name: str) -> StackJson:
    """Read ``cdk.tf.json`` of the stack ``name`` below ``outdir``."""
    stack: StackJson = json.loads((outdir / "stacks" / name / "cdk.tf.json").read_text("utf-8"))
    return stack


def addresses(stack: StackJson) -> Iterator[str]:
    """Address of every managed resource."""
    for type_, resources in stack.get("resource", {}).items():
        for name in resources:
            yield f"{type_}.{name}"


def protected_addresses(stack: StackJson) -> Iterator[str]:
    """Address of every resource that says ``prevent_destroy``: what the constructs hold for stateful."""
    for type_, resources in stack.get("resource", {}).items():
        for name, body in resources.items():
            if body.get("lifecycle", {}).get("prevent_destroy"):
                yield f"{type_}.{name}"
