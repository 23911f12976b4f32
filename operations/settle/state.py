"""Which resources a Terraform state holds.

Only types and names are read; what else stands in a state may be secret and is dropped at once.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from estate.reading.problems import InvalidInput, Problem

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
        InvalidInput: it cannot be had, with the first line of the reason.
    """
    try:
        pulled = subprocess.run(  # noqa: S603 - the user's own Terraform, no shell
            [binary, f"-chdir={stack}", "state", "pull"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        detail = (getattr(error, "stderr", "") or str(error)).strip().splitlines() or ["no reason given"]
        message = f"cannot be pulled: {detail[0]}; run {binary} -chdir={stack} init, or give --state FILE"
        raise InvalidInput([Problem("state", 0, 0, "", message)]) from None
    return pulled.stdout


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
            raise InvalidInput([Problem(name, 0, 0, "version", f"must be 4, got {state['version']!r:.20}")])
        return frozenset(
            f"{resource['type']}.{resource['name']}"
            for resource in state["resources"]
            if resource["mode"] == "managed" and "module" not in resource and resource["instances"]
        )
    except (json.JSONDecodeError, KeyError, TypeError):
        message = "is not a Terraform state; make one with terraform state pull"
        raise InvalidInput([Problem(name, 0, 0, "", message)]) from None
