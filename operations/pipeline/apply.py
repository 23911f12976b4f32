"""Applying exactly the plan that was reviewed, or saying why not."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.stack_json import stack_folder
from operations.plans.repository import committed_tree
from operations.plans.sealed_plan import About, StoredPlan, digest, unseal
from operations.project import STACK_FILE
from operations.terraform.locks import LOCK
from operations.terraform.planning import initialize, private_folder
from operations.terraform.runner import Terraform, TerraformFailed

_SNAPSHOT = f"tfconfig/m-/{STACK_FILE}"
"""Where a stored plan keeps the code that it was made from; Terraform applies that, not what lies around."""

_STALE = "Saved plan is stale"
_AGAIN = "nothing was applied; plan it again, and have it reviewed again"


@dataclass(frozen=True)
class Applying:
    """How to apply.

    Attributes:
        outdir: the folder that synthesis wrote to.
        binary: the Terraform or OpenTofu command.
        now: the time in UTC.
        key: what the plan was sealed with.
        uncommitted: whether a plan from files that nobody has committed will do.
    """

    outdir: Path
    binary: str
    now: datetime
    key: bytes
    uncommitted: bool


class ApplyFailed(Exception):  # noqa: N818 - reads as the sentence it is
    """Terraform began to apply and did not end well; the state holds what was done."""


def apply(name: str, path: Path, applying: Applying, tell: Callable[[str], None]) -> bool:
    """Apply a sealed plan; says whether there was anything to do.

    Args:
        name: the stack.
        path: the sealed plan.
        applying: how.
        tell: takes a line for each thing that happens.

    Raises:
        InvalidInput: the plan is not for this, here and now; nothing was applied.
        ApplyFailed: not everything was applied.
    """
    about, stored = unseal(path, applying.key, applying.now)
    stack = stack_folder(applying.outdir, name)
    terraform = Terraform(applying.binary, stack, secrets=tuple(_variables(stored)))
    refusals = list(_refusals(name, about, stored, stack, applying))
    if not refusals and about.terraform != (here := terraform.version()):
        refusals = [f"was made by Terraform {about.terraform}, and {here} is here; {_AGAIN}"]
    if refusals:
        raise InvalidInput([Problem.of_file(path, message) for message in refusals])
    if about.changes:
        _apply(terraform, path, stored, tell)
    return about.changes


def _refusals(name: str, about: About, stored: StoredPlan, stack: Path, applying: Applying) -> Iterator[str]:
    if about.stack != name:
        yield f"is a plan of {about.stack}, not of {name}"
        return
    code = (stack / STACK_FILE).read_bytes()
    if digest(code) != about.stack_sha256 or _snapshot(stored) != code:
        yield f"was made from other code than what is synthesized now in {stack}; {_AGAIN}"
    lock = stack / LOCK
    if lock.is_file() and digest(lock.read_bytes()) != about.lock_sha256:
        yield f"was made with other providers than {lock} names; {_AGAIN}"
    if not about.tree and not applying.uncommitted:
        yield "was made from files that were not committed, which nobody can have reviewed; say --uncommitted to try"
    elif about.tree and about.tree != (here := committed_tree()):
        what = f"tree {here[:12]}" if here else "files that are not committed"
        yield f"was made from tree {about.tree[:12]}, and here are {what}; {_AGAIN}"


def _variables(stored: StoredPlan) -> Iterator[str]:
    """The values that the plan was given; an error of an API may quote one."""
    for variable in json.loads(stored.json).get("variables", {}).values():
        if isinstance(value := variable.get("value"), str):
            yield value


def _snapshot(stored: StoredPlan) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(stored.plan)) as archive:
            return archive.read(_SNAPSHOT)
    except (zipfile.BadZipFile, KeyError):
        return None


def _apply(terraform: Terraform, path: Path, stored: StoredPlan, tell: Callable[[str], None]) -> None:
    lock = terraform.stack / LOCK
    if stored.lock and not lock.is_file():
        # The repository keeps none: the providers are those that planned.
        lock.write_bytes(stored.lock)
    with private_folder() as folder:
        plan = folder / "plan"
        plan.write_bytes(stored.plan)
        try:
            initialize(terraform)
        except TerraformFailed as failure:
            message = f"cannot be applied: {failure}; nothing was applied; {' '.join(failure.text.split())}"
            raise InvalidInput([Problem.of_file(path, message)]) from None
        try:
            terraform.apply(plan, tell)
        except TerraformFailed as failure:
            if _STALE in failure.titles:
                message = f"is stale: the state was changed after it was made; {_AGAIN}"
                raise InvalidInput([Problem.of_file(path, message)]) from None
            raise ApplyFailed(f"{failure}\n{failure.text}") from None
