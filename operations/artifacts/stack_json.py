"""A synthesized stack as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput
from operations.project import STACK_FILE, stack_path

StackJson = dict[str, Any]


def read_stack(outdir: Path, name: str) -> StackJson:
    """Read ``cdk.tf.json`` of the stack ``name`` below ``outdir``."""
    stack: StackJson = json.loads((stack_path(outdir, name) / STACK_FILE).read_text("utf-8"))
    return stack


def stack_folder(outdir: Path, name: str) -> Path:
    """The folder of a synthesized stack.

    Raises:
        InvalidInput: there is none of this name.
    """
    stack = stack_path(outdir, name)
    if "/" in name or not (stack / STACK_FILE).is_file():
        message = f"is no stack in {outdir}; run hybrid synth, and hybrid stacks to see their names"
        raise InvalidInput.of_file(name, message)
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


def keeps_state_here(stack: StackJson) -> bool:
    """Whether a stack's state lies on the machine that applies it, where Terraform keeps it when none is said."""
    backend = stack.get("terraform", {}).get("backend")
    return not isinstance(backend, dict) or not backend or "local" in backend
