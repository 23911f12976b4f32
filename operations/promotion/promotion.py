"""The flow of ``hybrid promotion``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.paths import did_you_mean, quoted
from estate.reading.problems import InvalidInput, Problem
from operations.allowances.acknowledgements import Acknowledgement, load_acknowledgements
from operations.heads.approvals import Approvals
from operations.heads.brought import Brought, counting_acknowledgements
from operations.heads.estate import load_head
from operations.heads.head import Head
from operations.project import OUTDIR, stack_path
from operations.promotion.base import estate_at
from operations.promotion.compare import Estates, findings
from operations.promotion.contents import Contents, contents
from operations.promotion.gate import FILE, Verdict, judge
from operations.promotion.state import running
from operations.states.state import given_state, local_state_text, pull_state


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        folder: the folder of the environment files.
        today: the day in UTC, for expiries.
        base: the commit whose files count as applied; the states count when absent.
        states: files with a state, by environment; the others are pulled.
        acknowledgements: the file of acknowledgements; the one in its place, if any, when absent.
        outdir: where the stacks stand that Terraform pulls states from.
        binary: the Terraform or OpenTofu command.
        head: a pull request's head, which is looked at instead of the folder, and who approved it.
    """

    folder: Path
    today: date
    base: str | None = None
    states: Mapping[str, Path] = field(default_factory=dict)
    acknowledgements: Path | None = None
    outdir: Path = OUTDIR
    binary: str = "terraform"
    head: tuple[Head, Approvals] | None = None


def promotion(request: Request) -> tuple[Estates, Verdict]:
    """Compare every environment with the one before it.

    Raises:
        InvalidInput: a file is wrong, or what runs cannot be found out.
    """
    estate = before = load_estate(request.folder)
    brought: tuple[Brought, ...] = ()
    if request.head:
        estate = load_head(request.head[0])
        words, brought = counting_acknowledgements(request.folder, FILE, *request.head)
    else:
        words = _words(request)
    order = in_turn(list(before.environments), list(estate.environments))
    declared = {name: contents(estate, name) for name in order}
    runs = _applied(request, order) if request.base else _by_states(request, before)
    estates = Estates(order, declared, {name: runs.get(name, Contents()) for name in order})
    return estates, judge(list(findings(estates)), words, request.today, brought)


def in_turn(base: Sequence[str], head: Sequence[str]) -> list[str]:
    """The head's environments in the base's order; one that is new comes behind what comes before it in the head's."""
    order = [name for name in base if name in head]
    for position, name in enumerate(head):
        if name not in order:
            order.insert(order.index(head[position - 1]) + 1 if position else 0, name)
    return order


def _words(request: Request) -> tuple[Acknowledgement, ...]:
    path = request.acknowledgements
    return load_acknowledgements(path or request.folder / FILE, may_be_absent=path is None)


def _applied(request: Request, order: list[str]) -> dict[str, Contents]:
    base = estate_at(request.folder, request.base or "")
    return {name: contents(base, name) if name in base.environments else Contents() for name in order}


def _by_states(request: Request, estate: Estate) -> dict[str, Contents]:
    problems: list[Problem] = []
    for name in request.states:
        if name not in estate.environments:
            meant = did_you_mean(name, estate.environments)
            problems.append(Problem.of_file("--state", f"is no environment {quoted(name)}{meant}", name))
    found = {}
    for name in estate.environments:
        try:
            text = _state_text(request, estate, name)
            found[name] = running(text, f"state of {name}", estate, name)
        except InvalidInput as error:
            problems += [Problem.of_file(f"state of {name}", one.message, one.path) for one in error.problems]
    if problems:
        raise InvalidInput(problems)
    return found


def _state_text(request: Request, estate: Estate, name: str) -> str:
    if name in request.states:
        return given_state(request.states[name])
    if estate.environments[name].state.local:
        return local_state_text(name)
    return pull_state(stack_path(request.outdir, name), request.binary)
