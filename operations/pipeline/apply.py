"""Applying exactly the plan that was reviewed, or saying why not.

What is applied has to be what was sealed for review, made from the code that is here, and nothing that a fresh plan by
whoever applies would not do as well: whoever stole the key that seals gets nothing applied that the merged code does
not ask for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.stack_json import stack_folder
from operations.pipeline import fresh
from operations.pipeline.archive import Archive, NotAPlan, read_archive
from operations.pipeline.plan import stack_variables
from operations.plans.about import About, Request, digest
from operations.plans.keys import Opening
from operations.plans.opened import other_request
from operations.plans.repository import committed_tree
from operations.plans.sealed_plan import Opened, open_stored
from operations.plans.shown import shown
from operations.project import STACK_FILE
from operations.terraform.locks import LOCK
from operations.terraform.planning import initialize, plan_into, private_folder, shown_of
from operations.terraform.runner import Terraform, TerraformFailed

_CODE: Final = (".tf", ".tf.json", ".tofu", ".tofu.json")
"""Ends of the names of files that Terraform and OpenTofu read as code."""

_STALE = "Saved plan is stale"
_STALE_TOLD = "is stale: the state was changed after it was made"
_AGAIN = "nothing was applied; plan it again, and have it reviewed again"


@dataclass(frozen=True)
class Applying:
    """How to apply.

    Attributes:
        outdir: the folder that synthesis wrote to.
        binary: the Terraform or OpenTofu command.
        now: the time in UTC.
        keys: gives what applies an environment's plans.
        uncommitted: whether a plan from files that nobody has committed will do.
        request: the pull request that the plan has to be of.
    """

    outdir: Path
    binary: str
    now: datetime
    keys: Callable[[str], Opening]
    uncommitted: bool
    request: Request


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
    about, opened = open_stored(path, applying.keys, applying.now)
    stack = stack_folder(applying.outdir, name)
    try:
        archive = read_archive(opened.plan)
        messages = list(_refusals(name, about, archive, stack, applying))
    except NotAPlan as error:
        messages = [f"{error}; {_AGAIN}"]
    if not messages and about.terraform != (here := Terraform(applying.binary, stack).version()):
        messages = [f"was made by Terraform {about.terraform}, and {here} is here; {_AGAIN}"]
    if not messages and not about.changes and fresh.acts(opened.shown):
        messages = [f"says that it changes nothing, and shows changes; {_AGAIN}"]
    _refuse(path, messages)
    if about.changes:
        variables = stack_variables(name, (stack / STACK_FILE).read_bytes())
        _Run(Terraform(applying.binary, stack, variables), path, opened, archive).apply(tell)
    return about.changes


def _refuse(path: Path, messages: list[str]) -> None:
    if messages:
        # What a forger named may be anything.
        plain = ["".join(one if one.isprintable() else "?" for one in message) for message in messages]
        raise InvalidInput([Problem.of_file(path, message) for message in plain])


def _refusals(name: str, about: About, archive: Archive, stack: Path, applying: Applying) -> Iterator[str]:
    if about.stack != name:
        yield f"is a plan of {about.stack}, not of {name}"
        return
    if about.pull_request and not applying.request.number:
        yield f"was made for pull request {about.pull_request}; say --pull-request {about.pull_request} to apply that one"
    yield from other_request(about, applying.request)
    code = _code(stack)
    if digest(code[STACK_FILE]) != about.stack_sha256 or archive.configuration != code:
        yield f"was made from other code than what is synthesized now in {stack}{_strange(archive, code)}; {_AGAIN}"
    lock = stack / LOCK
    if lock.is_file() and digest(lock.read_bytes()) != about.lock_sha256:
        yield f"was made with other providers than {lock} names; {_AGAIN}"
    if not about.tree and not applying.uncommitted:
        yield "was made from files that were not committed, which nobody can have reviewed; say --uncommitted to try"
    elif about.tree and about.tree != (here := committed_tree()):
        what = f"tree {here[:12]}" if here else "files that are not committed"
        yield f"was made from tree {about.tree[:12]}, and here are {what}; {_AGAIN}"


def _code(stack: Path) -> dict[str, bytes]:
    """What Terraform reads here as code, which an archive keeps whole."""
    return {
        path.name: path.read_bytes()
        for path in stack.iterdir()
        if path.name.endswith(_CODE) and not path.name.startswith(".")
    }


def _strange(archive: Archive, code: dict[str, bytes]) -> str:
    strange = sorted(archive.configuration.keys() ^ code.keys())
    return f" (it differs in {strange[0]})" if strange else ""


@dataclass(frozen=True)
class _Run:
    """One apply, with Terraform in the stack's folder."""

    terraform: Terraform
    path: Path
    opened: Opened
    archive: Archive

    def apply(self, tell: Callable[[str], None]) -> None:
        lock = self.terraform.stack / LOCK
        if self.opened.lock and not lock.is_file():
            # The repository keeps none: the providers are those that planned.
            lock.write_bytes(self.opened.lock)
        with private_folder() as folder, private_folder() as other:
            plan = folder / "plan"
            plan.write_bytes(self.archive.written())
            try:
                initialize(self.terraform)
                stored = json.loads(shown_of(plan, self.terraform).read_bytes())
                _refuse(self.path, list(self._not_shown(stored)))
                made = plan_into(other, self.terraform, lock=True)
            except TerraformFailed as failure:
                message = (
                    f"cannot be applied: {failure}; nothing was applied; {' '.join(failure.text.split())}"
                )
                raise InvalidInput.of_file(self.path, message) from None
            now = json.loads(made.json.read_bytes())
            _refuse(self.path, [f"{message}; {_AGAIN}" for message in self._unlike(stored, now, made.stored)])
            for line in fresh.only_fresh(stored, now):
                tell(f"a fresh plan would also {line}; that was not reviewed, and is not done")
            self._apply(plan, stored, tell)

    def _not_shown(self, stored: dict[str, Any]) -> Iterator[str]:
        """Why the stored plan is not what was shown to whoever reviewed."""
        if shown(stored, self.opened.salt) != self.opened.shown:
            yield f"does something else than was shown for review; {_AGAIN}"
        if stored.get("errored") or not stored.get("applyable", True):
            yield f"is of a plan that failed, or that nothing can be applied of; {_AGAIN}"
        if not stored.get("complete", True):
            yield f"is not of the whole stack: it was limited by -target, or waits for something; {_AGAIN}"

    def _unlike(self, stored: dict[str, Any], now: dict[str, Any], made: Path) -> Iterator[str]:
        """Why the stored plan is not one that would be made here and now."""
        try:
            archive = read_archive(made.read_bytes())
            if fresh.is_stale(self.archive, archive):
                yield _STALE_TOLD
                return
            yield from fresh.refusals(stored, now)
            yield from fresh.untold_refusals(self.archive, archive)
        except NotAPlan as error:
            yield str(error)

    def _apply(self, plan: Path, stored: dict[str, Any], tell: Callable[[str], None]) -> None:
        # What the plan was given: an error of an API may quote one.
        given = (one.get("value") for one in (stored.get("variables") or {}).values())
        secrets = tuple(value for value in given if isinstance(value, str))
        try:
            replace(self.terraform, secrets=secrets).apply(plan, tell)
        except TerraformFailed as failure:
            if _STALE in failure.titles:
                raise InvalidInput.of_file(self.path, f"{_STALE_TOLD}; {_AGAIN}") from None
            raise ApplyFailed(f"{failure}\n{failure.text}") from None
