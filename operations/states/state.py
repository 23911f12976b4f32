"""Which resources a Terraform state holds.

Only types and names are read; what else stands in a state may be secret and is dropped at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput, Problem
from operations.terraform.runner import Terraform, TerraformFailed

_STATE_VERSION = 4


def local_state_path(environment: str) -> Path:
    """Where an environment with local state keeps it, below the folder that the command runs in."""
    return Path(".state") / environment / "terraform.tfstate"


def local_state_text(environment: str) -> str:
    """Text of an environment's local state, empty when nothing has been applied yet."""
    path = local_state_path(environment)
    # Terraform locks an empty file before it writes the first state, and leaves it so when it is killed.
    return path.read_text("utf-8") if path.is_file() else ""


def pull_state(stack: Path, binary: str) -> str:
    """Ask a stack's backend for its state.

    Args:
        stack: the stack's folder, where ``terraform init`` has been run.
        binary: the Terraform or OpenTofu command.

    Raises:
        InvalidInput: it cannot be had, with the reason and no secret.
    """
    if not stack.is_dir():
        message = f"cannot be pulled: {stack} is not there; run hybrid synth first, or give --state FILE"
        raise InvalidInput([Problem.of_file("state", message)])
    try:
        return Terraform(binary, stack).text("state", "pull")
    except TerraformFailed as failure:
        detail = "; ".join(failure.titles) or (failure.text.strip().splitlines() or ["no reason given"])[0]
        message = f"cannot be pulled: {detail}; run {binary} -chdir={stack} init, or give --state FILE"
        raise InvalidInput([Problem.of_file("state", message)]) from None


def given_state(path: Path) -> str:
    """Text of a state that somebody pulled; `-` is standard input."""
    return sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")


def local_state(environment: str) -> frozenset[str] | None:
    """Addresses in an environment's local state; None when nothing has been applied yet."""
    text = local_state_text(environment)
    return addresses_in_state(text, str(local_state_path(environment))) if text else None


def addresses_in_state(text: str, name: str) -> frozenset[str]:
    """Addresses of the managed resources in the text of a state (``terraform state pull``).

    Args:
        text: a state in version 4, what Terraform 1.x writes.
        name: what to call it in an error.

    Raises:
        InvalidInput: the text is not such a state.
    """
    try:
        state = json.loads(text)
        if state["version"] != _STATE_VERSION:
            raise InvalidInput([Problem.of_file(name, f"must be 4, got {state['version']!r:.20}", "version")])
        return frozenset(
            f"{resource['type']}.{resource['name']}"
            for resource in state["resources"]
            if resource["mode"] == "managed" and "module" not in resource and resource["instances"]
        )
    except (json.JSONDecodeError, KeyError, TypeError):
        message = "is not a Terraform state; make one with terraform state pull"
        raise InvalidInput([Problem.of_file(name, message)]) from None


def attributes(state: Mapping[str, Any], type_: str) -> Iterator[Mapping[str, Any]]:
    """Attributes of every managed resource of a type."""
    for resource in state["resources"]:
        if resource["mode"] == "managed" and resource["type"] == type_ and "module" not in resource:
            for instance in resource["instances"]:
                yield instance.get("attributes") or {}
