"""Which plans a review is of: files, or stacks that are planned here; and which are missing.

An environment may have companion stacks beside its own, `stacks.json` names them. Their plans count to the
environment; one that is not there is said, because nobody else would notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from estate.derived.stack_plan import environment_of, stack_plans
from estate.model.estate import Estate
from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.order import ORDER, entries
from operations.artifacts.stack_json import addresses, keeps_state_here, read_stack
from operations.located import as_given
from operations.project import STACK_FILE, stack_path
from operations.review.findings import Finding
from operations.review.review import NotReviewed
from operations.review.reviewer import plan_address
from operations.review.risks import Risks
from operations.review.rules import finding


@dataclass(frozen=True)
class Source:
    """One plan that is asked for.

    Attributes:
        stack: the stack that it is of.
        environment: whose the stack is.
        file: the plan; None for a stack that is planned here.
    """

    stack: str
    environment: str
    file: Path | None


@dataclass(frozen=True)
class Stacks:
    """The stacks of the estate, as the last synthesis left them.

    Attributes:
        reaches: by stack, what a plan of it has to reach.
        environments: by stack, whose it is.
        local: stacks whose state is on somebody's machine.
        by_hand: stacks that a person plans and applies, and no pipeline.
    """

    reaches: Mapping[str, Sequence[str]]
    environments: Mapping[str, str]
    local: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()

    def environment(self, stack: str) -> str:
        """Whose a stack is; also of a stack that was not synthesized here."""
        return self.environments.get(stack) or environment_of(stack)


def read_stacks(outdir: Path) -> Stacks:
    """Read which stacks there are; none where nothing was synthesized.

    Raises:
        InvalidInput: it cannot be read.
    """
    path = outdir / ORDER
    try:
        stacks: Mapping[str, Any] = json.loads(path.read_text("utf-8"))["stacks"]
        return Stacks(
            {name: stack["reaches"] for name, stack in stacks.items()},
            {name: stack["environment"] for name, stack in stacks.items()},
            frozenset(name for name in stacks if _is_local(outdir, name)),
            frozenset(name for name, stack in stacks.items() if stack.get("by_hand")),
        )
    except FileNotFoundError:
        return Stacks({}, {})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        message = "does not say which stacks there are; synthesize them anew"
        raise InvalidInput.of_file(path, message) from None


def stacks_of(estate: Estate) -> Stacks:
    """The stacks that environment files ask for: what others' synthesis says of whose a stack is, is not believed."""
    found = entries(stack_plans(estate))
    return Stacks(
        {name: one["reaches"] for name, one in found.items()},
        {name: one["environment"] for name, one in found.items()},
        frozenset(
            name
            for name, one in found.items()
            if estate.environments[one["environment"]].state.local is not None
        ),
        frozenset(name for name, one in found.items() if one.get("by_hand")),
    )


def gone(base: Path, stacks: Stacks) -> dict[str, str]:
    """Stacks of the base with something in them that nothing asks for any more, and whose each was.

    No plan says so: what they made stays as it is, and nobody looks at it again.

    Args:
        base: the stacks of the base branch.
        stacks: those of the estate; where nothing is synthesized, nobody can tell.

    Raises:
        InvalidInput: they cannot be read.
    """
    before = read_stacks(base).environments if stacks.environments else {}
    return {
        name: environment
        for name, environment in before.items()
        if name not in stacks.environments and _holds(base, name)
    }


def _holds(outdir: Path, stack: str) -> bool:
    file = stack_path(outdir, stack) / STACK_FILE
    return file.is_file() and any(addresses(read_stack(outdir, stack)))


def _is_local(outdir: Path, stack: str) -> bool:
    # Left out where only some environments were synthesized.
    file = stack_path(outdir, stack) / STACK_FILE
    return file.is_file() and keeps_state_here(read_stack(outdir, stack))


def sources(words: Sequence[str], outdir: Path, stacks: Stacks) -> list[Source]:
    """What the words of the command line name: NAME=FILE, a synthesized stack, or a file.

    Raises:
        InvalidInput: a word names nothing, or two plans have one name; everything at once.
    """
    found: list[Source] = []
    problems: list[Problem] = []
    for word in words:
        name, sign, file = word.partition("=")
        if sign:
            source = Source(name, stacks.environment(name), as_given(file))
        elif (stack_path(outdir, word) / STACK_FILE).is_file():
            source = Source(word, stacks.environment(word), None)
        elif (path := as_given(word)).exists():
            source = Source(path.stem, stacks.environment(path.stem), path)
        else:
            message = (
                f"is neither a plan nor a synthesized environment; make a plan, or run hybrid synth {word}"
            )
            problems.append(Problem.of_file(word, message))
            continue
        if not source.stack:
            problems.append(Problem.of_file(word, "has no name before the =; write NAME=FILE"))
        elif any(one.stack == source.stack for one in found):
            message = f"two plans are called {source.stack}; name them apart, as NAME=FILE"
            problems.append(Problem.of_file(source.stack, message))
        found.append(source)
    if problems:
        raise InvalidInput(problems)
    return found


def missing(planned: Sequence[Source], told: Sequence[str], stacks: Stacks) -> list[NotReviewed]:
    """Stacks without a plan: those that the caller names, and others of the same environments.

    Args:
        planned: plans that are there.
        told: stacks that could not be planned, as NAME=REASON.
        stacks: the stacks of the estate.

    Raises:
        InvalidInput: a stack that has a plan is said to have none.
    """
    there = {source.stack for source in planned}
    found: dict[str, NotReviewed] = {}
    for text in told:
        name, _, reason = text.partition("=")
        if name in stacks.by_hand:
            continue  # what is told of it is whether it changes
        if name in there:
            message = f"{name} has a plan and is said to have none; leave one of the two out"
            raise InvalidInput.of_file("--not-planned", message)
        found[name] = NotReviewed(name, stacks.environment(name), reason or "no reason given")
    environments = {source.environment for source in planned} | {one.environment for one in found.values()}
    for name, environment in stacks.environments.items():
        if environment in environments and name not in {*there, *found, *stacks.by_hand}:
            found[name] = NotReviewed(name, environment, _why(name, environment, stacks.reaches[name]))
    return list(found.values())


def _why(name: str, environment: str, reaches: Sequence[str]) -> str:
    if not reaches:
        return f"nobody gave its plan; review {name} as well"
    return (
        f"planning it needs {', '.join(reaches)}; review {name} as well, "
        f"where hybrid reach {environment} succeeds"
    )


def absent(
    missed: Sequence[NotReviewed], environment: str, risks: Risks, stacks: Stacks
) -> Iterator[Finding]:
    """What it means that an environment's stacks have no plan."""
    for one in missed:
        if one.environment == environment:
            rule, verdict = "not-planned", risks.fixed.not_planned
            if one.name != environment:
                rule, verdict = "companion-not-planned", risks.fixed.companion_not_planned
            elif one.name in stacks.local:
                rule, verdict = "local-not-planned", risks.fixed.local_not_planned
            yield finding(rule, verdict, plan_address(environment, one.name), one.reason)
