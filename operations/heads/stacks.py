"""The stacks of a head beside those of its base: which there are, what is foreign in each, a copy to plan in.

A plan runs in a copy of what was looked at, because Terraform takes whatever else lies beside a stack: other files of
code, variables, modules and programs that it would take for providers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from estate.derived.stack_plan import environment_of, stack_plans
from estate.model.estate import Estate
from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.estate_stacks import Stack, foreseen_stacks, read_stacks, refuse_unknown_runners
from operations.artifacts.stack_json import keeps_state_here, read_stack
from operations.artifacts.synthesis import losses
from operations.files.writing import write_files
from operations.heads.estate import load_head, refuse_other_stacks
from operations.heads.foreign import Judged, judge
from operations.heads.head import Head
from operations.heads.known import known
from operations.heads.stack_text import ASSETS, Object
from operations.heads.unusual import Usual
from operations.project import STACK_FILE, stack_path
from operations.terraform.locks import kept_lock, lay_lock
from operations.terraform.planning import private_folder


@dataclass(frozen=True)
class Sides:
    """Both sides.

    Attributes:
        head: the pull request's.
        folder: the base's environment files.
        outdir: the base's stacks.
    """

    head: Head
    folder: Path
    outdir: Path


def head_stacks(head: Head, runners: Mapping[str, str]) -> list[Stack]:
    """The stacks that the environment files of a head ask for, in order, read by the base's model.

    What the head says of itself in ``stacks.json`` decides nothing here: neither what is planned, nor on which runner.

    Args:
        head: the head.
        runners: labels of runners inside private networks, by stack.

    Raises:
        InvalidInput: its files are wrong, its stacks are others than they ask for, say otherwise where their state
            lies or lost what is recorded, or a runner is for none of them.
    """
    estate = load_head(head)
    refuse_other_stacks(head, estate)
    stacks = foreseen_stacks(estate, runners)
    refuse_unknown_runners(stacks, runners)
    _refuse_elsewhere(head, estate, stacks)
    _refuse_losses(head, estate)
    return stacks


def _refuse_elsewhere(head: Head, estate: Estate, stacks: Sequence[Stack]) -> None:
    """Refuse a stack whose state lies on somebody's machine, or not, against what its file says."""
    problems = []
    for one in stacks:
        is_local = estate.environments[one.environment].state.local is not None
        if keeps_state_here(head.code.stack(one.name)) is not is_local:
            path = stack_path(head.outdir, one.name) / STACK_FILE
            message = f"says otherwise than {one.environment}.yaml whether its state lies on somebody's machine; synthesize the head anew"
            problems.append(Problem.of_file(path, message))
    if problems:
        raise InvalidInput(problems)


def _refuse_losses(head: Head, estate: Estate) -> None:
    """Refuse what synthesis refuses of records and entries, which the head's own need not have done."""
    code = {plan: head.code.stack(name) for name, plan in stack_plans(estate).items()}
    if problems := losses(estate, head.folder, code, list(estate.environments)):
        raise InvalidInput(problems)


def foreign(sides: Sides, names: Sequence[str]) -> dict[str, Judged]:
    """What is foreign in each of some stacks.

    Raises:
        InvalidInput: the base is not synthesized, or the head has no such stack.
    """
    base = {stack.name: read_stack(sides.outdir, stack.name) for stack in read_stacks(sides.outdir, {})}
    usual = {
        environment: Usual(
            [stack for name, stack in base.items() if environment_of(name) == environment], known()
        )
        for environment in dict.fromkeys(map(environment_of, names))
    }
    return {name: _judged(sides, name, base.get(name), usual[environment_of(name)]) for name in names}


@contextmanager
def safe_copy(sides: Sides, names: Sequence[str], *, agreed: bool) -> Iterator[Path]:
    """A folder as synthesis would write it, with these stacks alone; gone afterwards.

    Args:
        sides: head and base.
        names: the stacks.
        agreed: whether people agreed to what is not as in the base.

    Raises:
        InvalidInput: something in them is not planned with credentials, or needs people to agree; all of it.
    """
    problems = [
        *(
            Problem.of_file(name, message)
            for name, judged in foreign(sides, names).items()
            for message in _reasons(name, judged, agreed=agreed)
        )
    ]
    if problems:
        raise InvalidInput(problems)
    with private_folder() as outdir:
        for name in names:
            _copy(sides, name, outdir)
        yield outdir


def _reasons(name: str, judged: Judged, *, agreed: bool) -> Iterator[str]:
    for reason in judged.refused:
        yield f"is not planned with credentials: {reason}; take it out, or merge what knows it first"
    for reason in () if agreed else judged.agreed:
        where = f"agreed-{environment_of(name)}"
        yield f"is planned only where people agreed: {reason}; plan it in {where}, with --agreed"


def _judged(sides: Sides, name: str, base: Object | None, usual: Usual) -> Judged:
    try:
        head = sides.head.code.stack(name)
    except (ValueError, RecursionError) as error:
        return Judged((f"it can be read in several ways or in none: {error}",), ())
    found = judge(head, base, usual)
    return Judged(found.refused, (*found.agreed, *(_beside(sides, name) if base is not None else ())))


def _beside(sides: Sides, name: str) -> Iterator[str]:
    here, there = (kept_lock(folder, name) for folder in (sides.head.folder, sides.folder))
    if _bytes(here) != _bytes(there):
        yield "its provider lock is not that of the base"
    if _assets(sides.head.outdir, name).items() - _assets(sides.outdir, name).items():
        yield f"it brings {ASSETS} that the base does not have"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _assets(outdir: Path, name: str) -> dict[str, bytes]:
    stack = stack_path(outdir, name)
    files = sorted(path for path in (stack / ASSETS).rglob("*") if path.is_file())
    return {path.relative_to(stack).as_posix(): path.read_bytes() for path in files}


def _copy(sides: Sides, name: str, outdir: Path) -> None:
    code = sides.head.code.text(name)
    # An archive may leave out what the base has as well.
    assets = {**_assets(sides.outdir, name), **_assets(sides.head.outdir, name)}
    stack = stack_path(outdir, name)
    write_files(
        [(stack / STACK_FILE, code), *((stack / path, data) for path, data in assets.items())], outdir
    )
    lay_lock(sides.head.folder, outdir, name)
