"""Which resources a Terraform state holds.

Only types and names are read; what else stands in a state may be secret and is dropped at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from estate.reading.problems import InvalidInput
from operations.terraform.runner import Terraform, TerraformFailed

_STATE_VERSION = 4
_LONGEST = 250


def local_state_path(environment: str) -> Path:
    """Where an environment with local state keeps it, below the folder that the command runs in."""
    return Path(".state") / environment / "terraform.tfstate"


def local_state_text(environment: str) -> str:
    """Text of an environment's local state, empty when nothing has been applied yet."""
    path = local_state_path(environment)
    # Terraform locks an empty file before it writes the first state, and leaves it so when it is killed.
    return given_state(path) if path.is_file() else ""


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
        raise InvalidInput.of_file("state", message)
    try:
        return Terraform(binary, stack).text("state", "pull")
    except TerraformFailed as failure:
        detail = "; ".join(failure.titles) or (failure.text.strip().splitlines() or ["no reason given"])[0]
        message = f"cannot be pulled: {detail}; run {binary} -chdir={stack} init, or give --state FILE"
        raise InvalidInput.of_file("state", message) from None


def given_state(path: Path) -> str:
    """Text of a state that somebody pulled; `-` is standard input.

    Raises:
        InvalidInput: it is no text.
    """
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except UnicodeDecodeError:
        raise no_state(str(path)) from None


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
    return frozenset(
        f"{resource['type']}.{resource['name']}"
        for resource in read_state(text, name)["resources"]
        if resource["mode"] == "managed" and "module" not in resource and resource["instances"]
    )


def read_state(text: str, name: str) -> Mapping[str, Any]:
    """A state as data: what is read of it has the form that Terraform gives it, at every depth.

    Args:
        text: a state in version 4, what Terraform 1.x writes.
        name: what to call it in an error.

    Raises:
        InvalidInput: the text is not such a state.
    """
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        raise no_state(name) from None
    if isinstance(state, dict) and state.get("version", _STATE_VERSION) != _STATE_VERSION:
        raise InvalidInput.of_file(name, f"must be 4, got {state['version']!r:.20}", "version")
    odd = next(_odd(state), None)
    if odd is not None:
        raise no_state(name, odd)
    return dict(state)


def attributes(state: Mapping[str, Any], type_: str) -> Iterator[Mapping[str, Any]]:
    """Attributes of every managed resource of a type."""
    for resource in state["resources"]:
        if resource["mode"] == "managed" and resource["type"] == type_ and "module" not in resource:
            for instance in resource["instances"]:
                yield instance.get("attributes") or {}


def said(value: Any, name: str) -> str:
    """A short text of a state, such as a name or a version; "" where it says none.

    Raises:
        InvalidInput: it is none, so this is no state that Terraform wrote.
    """
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise no_state(name)
    return value


def no_state(name: str, where: str = "") -> InvalidInput:
    """What to raise where a text is no state; says where it is odd."""
    message = "is not a Terraform state; make one with terraform state pull"
    return InvalidInput.of_file(name, message, where)


def _odd(state: Any) -> Iterator[str]:
    """Where what is read has another form than Terraform's, "" where nothing of it is there."""
    if not isinstance(state, dict) or state.get("version") != _STATE_VERSION:
        yield ""
    elif not _are_mappings(state.get("outputs") or {}):
        yield "outputs"
    elif not isinstance(state.get("resources"), list):
        yield "resources"
    else:
        for n, one in enumerate(state["resources"]):
            where = f"resources.{n}"
            if not isinstance(one, dict) or not all(
                isinstance(one.get(key), str) for key in ("mode", "type", "name")
            ):
                yield where
            elif not isinstance(one.get("instances"), list) or not all(map(_is_instance, one["instances"])):
                yield f"{where}.instances"


def _is_instance(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("attributes") or {}, dict)


def _are_mappings(outputs: Any) -> bool:
    return isinstance(outputs, dict) and all(isinstance(one, dict) for one in outputs.values())
