"""The plans that a pipeline made, opened and given to the review and to the drift report.

A stack without a plan is never passed over: it is named with the reason, and when there should be one, that
is a failure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.estate_stacks import Stack
from operations.plans.about import About, Request, digest
from operations.plans.keys import Opening
from operations.plans.repository import committed_tree
from operations.plans.sealed_plan import SUFFIX, open_shown, read_about
from operations.project import STACK_FILE, stack_path

_OTHER_STACK = "was planned from other code than what is looked at here; synthesize and plan it again"
_FAILED = "it could not be planned; the log of its job says why"


@dataclass(frozen=True)
class Opened:
    """Plans that were opened, and what is missing.

    Attributes:
        plans: stacks and the JSON of their plans without a secret, in the order in which they are applied.
        not_planned: stacks without a plan and why, those that should have one included.
        missing: stacks that should have a plan.
    """

    plans: tuple[tuple[About, bytes], ...]
    not_planned: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def open_plans(
    sources: Sequence[Path],
    stacks: Sequence[Stack],
    keys: Callable[[str], Opening],
    now: datetime,
    request: Request,
    tree: str | None = None,
    outdir: Path | None = None,
) -> Opened:
    """Open what is shown of sealed plans.

    Args:
        sources: sealed plans; of a folder all, and then every stack that a pipeline plans has to be there.
        stacks: the estate's stacks, in order.
        keys: gives what reviews an environment's plans.
        now: the time in UTC.
        request: the pull request that they have to be of, as far as that is said.
        tree: the git tree that they have to be made from; what is checked out here when absent.
        outdir: the synthesized stacks that they have to be made from, which are looked at beside them.

    Raises:
        InvalidInput: a plan cannot be opened, was made from another state of the repository or for another pull
            request; all at once.
    """
    problems: list[Problem] = []
    opened: dict[str, tuple[About, bytes]] = {}
    tree = committed_tree() if tree is None else tree
    for file in (file for source in sources for file in _files(source)):
        try:
            about, text = open_shown(file, keys, now)
        except InvalidInput as error:
            problems += error.problems
            continue
        problems += [Problem.of_file(about.stack, message) for message in _others(about, tree, request)]
        # A stack that is not there is told by the review.
        code = outdir and stack_path(outdir, about.stack) / STACK_FILE
        if code and code.is_file() and about.stack_sha256 != digest(code.read_bytes()):
            problems.append(Problem.of_file(about.stack, _OTHER_STACK))
        if about.stack in opened:
            problems.append(Problem.of_file(file, f"is a second plan of {about.stack}; remove one"))
        opened[about.stack] = about, text
    if problems:
        raise InvalidInput(list(dict.fromkeys(problems)))
    if len({about.request for about, _ in opened.values()}) > 1:
        raise InvalidInput.of_file(sources[0], "holds plans of more than one pull request")
    order = [stack.name for stack in stacks]
    plans = sorted(opened.values(), key=lambda one: (*order, one[0].stack).index(one[0].stack))
    whole = any(_is_folder(source) for source in sources)
    missing = [stack.name for stack in stacks if whole and stack.is_planned and stack.name not in opened]
    obstacles = [
        (stack.name, stack.obstacle) for stack in stacks if not stack.is_planned and stack.name not in opened
    ]
    not_planned = (*((name, _FAILED) for name in missing), *(obstacles if whole else ()))
    return Opened(tuple(plans), not_planned, tuple(missing))


def _others(about: About, tree: str, request: Request) -> Iterator[str]:
    """Why a plan is of something else than what is reviewed."""
    if about.tree != tree:
        yield "was made from another state of the repository than this; plan it again"
    yield from other_request(about, request)


def stacks_with_changes(stacks: Sequence[Stack], folder: Path) -> list[Stack]:
    """The stacks whose plans in ``folder`` say that there is something to do.

    What the plans say is not authenticated here; whoever applies one does that.

    Raises:
        InvalidInput: a stack that a pipeline plans has no plan; it would be left out without a word.
    """
    changes = {about.stack: about.changes for about in map(read_about, _files(folder))}
    if problems := missing_plans([one.name for one in stacks if one.is_planned and one.name not in changes]):
        raise InvalidInput(problems)
    return [stack for stack in stacks if changes.get(stack.name)]


def missing_plans(names: Sequence[str]) -> list[Problem]:
    """A problem for each stack that has no plan and should have one."""
    message = "has no plan among these, and should have one; the log of its job says why"
    return [Problem.of_file(name, message) for name in names]


def other_request(about: About, request: Request) -> Iterator[str]:
    """Why a plan is of another pull request, as far as that is said."""
    if request.number and about.pull_request != request.number:
        made = f"for pull request {about.pull_request}" if about.pull_request else "for no pull request"
        yield f"was made {made}, not for {request.number}; take the plan of that one's last review"
    for what, mine, theirs in (("head", request.head, about.head), ("base", request.base, about.base)):
        if mine and mine != theirs:
            made = f"of {what} {theirs[:12]}" if theirs else f"of no {what}"
            yield f"was made {made}, not of {mine[:12]}; take the plan of the last review"


def _files(source: Path) -> list[Path]:
    """The plan, or all of a folder; one that is empty or not there is what is left when no stack could be planned."""
    return sorted(source.glob(f"*{SUFFIX}")) if _is_folder(source) else [source]


def _is_folder(source: Path) -> bool:
    return source.suffix != SUFFIX and not source.is_file()
