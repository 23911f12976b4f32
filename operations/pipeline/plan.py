"""Planning a stack: Terraform's stored plan, sealed together with what it was made of.

The plain plan is gone when this ends.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from estate.derived.stack_plan import environment_of
from estate.reading.paths import first_few
from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.stack_json import stack_folder
from operations.plans.about import About, Request, digest
from operations.plans.repository import committed_tree
from operations.plans.sealed_plan import StoredPlan
from operations.project import STACK_FILE
from operations.terraform.locks import LOCK
from operations.terraform.planning import planned
from operations.terraform.runner import Terraform, TerraformFailed
from operations.terraform.ways_out import way_out

VARIABLES: Final = "HYBRID_VARIABLES"
"""Environment variable with values for the stacks' variables, such as pre-shared keys: a JSON object.

One secret an environment, however many tunnels it has.
"""


TITLES: Final = frozenset(
    {
        "Error acquiring the state lock",
        "Failed to query available provider packages",
        "Inconsistent dependency lock file",
        "Invalid value for variable",
        "Missing required argument",
        "No value for required variable",
        "Reference to undeclared resource",
        "Resource postcondition failed",
        "Resource precondition failed",
        "Unsupported argument",
        "Unsupported attribute",
    }
)
"""Titles that Terraform (1.11) writes without a value in them.

"Resource precondition failed" and "Error acquiring the state lock" were seen in documents (excerpts, 2026-11-30), the
others are known from its messages; one that is not told costs a look on a machine of one's own.
"""

_SHOWN: Final = 5


@dataclass(frozen=True)
class Planning:
    """How to plan.

    Attributes:
        outdir: the folder that synthesis wrote to.
        binary: the Terraform or OpenTofu command.
        lock: whether to lock the state, which an identity that only reads cannot.
        lifetime: how long a plan is good for.
        now: the time in UTC.
        tree: the git tree of others that is planned; what is committed here when absent.
        request: the pull request that is planned for.
    """

    outdir: Path
    binary: str
    lock: bool
    lifetime: timedelta
    now: datetime
    tree: str | None = None
    request: Request = field(default_factory=Request)


def plan(name: str, planning: Planning) -> tuple[StoredPlan, bool]:
    """Plan a stack; says too whether there is anything to do.

    Raises:
        InvalidInput: it is not synthesized, a variable has no value, or Terraform cannot plan it.
    """
    stack = stack_folder(planning.outdir, name)
    variables = stack_variables(name, (stack / STACK_FILE).read_bytes())
    try:
        return _stored(Terraform(planning.binary, stack, variables), lock=planning.lock)
    except TerraformFailed as failure:
        if planning.tree is None:
            message = f"cannot be planned: {failure}; {' '.join(failure.text.split())}"
            message += way_out(failure.text, stack, planning.binary)
        else:
            message = _without_what_was_said(failure, stack / STACK_FILE)
        raise InvalidInput.of_file(name, message) from None


def _without_what_was_said(failure: TerraformFailed, code: Path) -> str:
    """Why the stack of others cannot be planned, in words that stand here or in the stack.

    Terraform quotes values in what it says, and others may have written what it quotes them in, as in
    ``${tonumber(join("-", split("", var.key)))}``, which no search for the secret finds. Whoever reads the log would.
    """
    titles = [title for title in failure.titles if title in TITLES]
    stack = json.loads(code.read_bytes())
    addresses = [
        address
        for key, prefix in (("resource", ""), ("data", "data."))
        for type_, bodies in stack.get(key, {}).items()
        for name in bodies
        if f"with {(address := f'{prefix}{type_}.{name}')}," in failure.text
    ]
    said = "; ".join(titles) or "Terraform's own words may hold values, so they are not told here"
    where = f" at {first_few(addresses, _SHOWN)}" if addresses else ""
    return (
        f"cannot be planned: terraform {failure.command} failed{where}: {said}; plan it on a machine of your own, with "
        "an identity that reads, to see the rest"
    )


def about_plan(name: str, stored: StoredPlan, planning: Planning, *, changes: bool) -> About:
    """What a plan that was just made is made of; sealing it says by whom."""
    return About(
        stack=name,
        environment=environment_of(name),
        created=planning.now.isoformat(),
        expires=(planning.now + planning.lifetime).isoformat(),
        tree=committed_tree() if planning.tree is None else planning.tree,
        stack_sha256=digest((stack_folder(planning.outdir, name) / STACK_FILE).read_bytes()),
        lock_sha256=digest(stored.lock),
        terraform=str(json.loads(stored.json).get("terraform_version", "")),
        changes=changes,
        pull_request=planning.request.number,
        head=planning.request.head,
        base=planning.request.base,
    )


def _stored(terraform: Terraform, *, lock: bool) -> tuple[StoredPlan, bool]:
    with planned(terraform, lock=lock) as made:
        # A stack without a provider has no lock file.
        beside = terraform.stack / LOCK
        locked = beside.read_bytes() if beside.is_file() else b""
        return StoredPlan(made.stored.read_bytes(), made.json.read_bytes(), locked), made.changes


def stack_variables(name: str, code: bytes) -> Mapping[str, str]:
    """The values of a stack's variables that stand in :data:`VARIABLES`.

    Raises:
        InvalidInput: it is no JSON object of texts, or a variable has no value at all.
    """
    declared: Mapping[str, Any] = json.loads(code).get("variable", {})
    given = _given()
    missing = [
        variable
        for variable, body in declared.items()
        if "default" not in body and variable not in given and f"TF_VAR_{variable}" not in os.environ
    ]
    if missing:
        message = f"variable has no value; put it into {VARIABLES}, or into TF_VAR_"
        raise InvalidInput([Problem.of_file(name, f"{message}{one}", one) for one in missing])
    return {variable: value for variable, value in given.items() if variable in declared}


def _given() -> Mapping[str, str]:
    text = os.environ.get(VARIABLES, "").strip()
    try:
        given = json.loads(text or "{}")
    except ValueError:
        given = None
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        message = 'must be a JSON object of texts, such as {"preshared_key_a": "..."}'
        raise InvalidInput.of_file(VARIABLES, message)
    return given
