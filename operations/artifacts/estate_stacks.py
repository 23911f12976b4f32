"""The stacks that synthesis wrote, in the order in which they are applied, and where each can be planned.

Read from ``stacks.json`` and the stacks themselves, so that a pipeline needs no environment file for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from estate.derived.stack_plan import BOOTSTRAP_SUFFIX, stack_plans
from estate.model.estate import Estate
from estate.reading.paths import first_few, quoted
from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.order import ORDER, entries
from operations.artifacts.stack_json import keeps_state_here
from operations.project import STACK_FILE, stack_path

HOSTED = "ubuntu-24.04"
"""Label of the runners that GitHub hosts; the release is named, so that nothing changes under a plan."""

MATRIX_LIMIT = 256
"""Jobs that GitHub makes of one matrix at most."""

ANY = "*"
"""Stands for every stack that needs a runner of its own."""

BY_HAND = "a person plans and applies it, because no identity of a pipeline may change what it stands on"
"""Why a pipeline does not plan what an environment stands on."""

_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True)
class Stack:
    """One stack.

    Attributes:
        name: the stack, and its folder.
        environment: whose it is.
        after: stacks that are applied before it.
        reaches: what a plan reaches and not every machine can.
        runner: label of the runner that can plan it, None where there is none.
        obstacle: why a pipeline cannot plan it, "" when it can.
    """

    name: str
    environment: str
    after: tuple[str, ...]
    reaches: tuple[str, ...]
    runner: str | None
    obstacle: str

    @property
    def is_planned(self) -> bool:
        """Whether a pipeline plans it."""
        return not self.obstacle


def read_stacks(outdir: Path, runners: Mapping[str, str]) -> list[Stack]:
    """Read every stack of the estate, in order.

    Args:
        outdir: the folder that synthesis wrote to.
        runners: labels of runners inside private networks, by stack, or by :data:`ANY` for the others.

    Raises:
        InvalidInput: there is no such output, it is not synthesis', or a runner is for no stack.
    """
    order = _read(outdir / ORDER)
    try:
        # They become paths, and names of jobs and of GitHub environments.
        if strange := [name for name in order["order"] if not _NAME.fullmatch(name)]:
            raise InvalidInput.of_file(
                outdir / ORDER, f"names {first_few(list(map(quoted, strange)), 5)}, which is no stack"
            )
        stacks = [
            _stack(
                name,
                order["stacks"][name],
                runners,
                is_local=keeps_state_here(_read(stack_path(outdir, name) / STACK_FILE)),
            )
            for name in order["order"]
            if (stack_path(outdir, name) / STACK_FILE).is_file()
        ]
        missing = [name for name in order["order"] if name not in {stack.name for stack in stacks}]
    except (KeyError, TypeError):
        raise InvalidInput.of_file(outdir / ORDER, "is not what synthesis writes; run hybrid synth") from None
    if missing:
        raise InvalidInput.of_file(
            outdir, f"holds no stack {', '.join(missing)}; run hybrid synth for all environments"
        )
    refuse_unknown_runners(stacks, runners)
    return stacks


def refuse_unknown_runners(stacks: Sequence[Stack], runners: Mapping[str, str]) -> None:
    """Refuse runners for stacks that there are not.

    Raises:
        InvalidInput: there is such a one.
    """
    unknown = sorted(runners.keys() - {ANY} - {stack.name for stack in stacks})
    if unknown:
        known = ", ".join(stack.name for stack in stacks)
        raise InvalidInput(
            [Problem.of_file("--runner", f"{name} is no stack (there are: {known})") for name in unknown]
        )


def refuse_by_hand(names: Sequence[str]) -> None:
    """Refuse stacks that a person plans and applies, by their names alone.

    Raises:
        InvalidInput: there is such a one.
    """
    problems = [
        Problem.of_file(
            name, f"{BY_HAND}; run cdktf diff {name} and cdktf deploy {name} with rights of your own"
        )
        for name in names
        if name.endswith(BOOTSTRAP_SUFFIX)
    ]
    if problems:
        raise InvalidInput(problems)


def parse_runners(words: Sequence[str]) -> Mapping[str, str]:
    """Read ``LABEL`` or ``STACK=LABEL``.

    Raises:
        InvalidInput: a word names nothing, or says a second thing about the same stack.
    """
    runners: dict[str, str] = {}
    for word in words:
        name, equals, label = word.partition("=")
        name, label = (name, label) if equals else (ANY, name)
        if not name or not label or name in runners:
            message = f"must be LABEL or STACK=LABEL, once for each stack, got {word}"
            raise InvalidInput.of_file("--runner", message)
        runners[name] = label
    return runners


def foreseen_stacks(estate: Estate, runners: Mapping[str, str]) -> list[Stack]:
    """Every stack of the estate as :func:`read_stacks` would have it after synthesis."""
    plans = stack_plans(estate)
    return [
        _stack(
            name,
            entry,
            runners,
            is_local=estate.environments[plans[name].environment].state.local is not None,
        )
        for name, entry in entries(plans).items()
    ]


def _stack(name: str, entry: Mapping[str, Any], runners: Mapping[str, str], *, is_local: bool) -> Stack:
    reaches = tuple(entry["reaches"])
    runner = runners.get(name, runners.get(ANY)) if reaches else HOSTED
    obstacle = ""
    if entry.get("by_hand"):
        obstacle = BY_HAND
    elif is_local:
        obstacle = "its state is on somebody's machine; give it a bucket (state: gcs or s3)"
    elif runner is None:
        obstacle = f"no runner reaches {', '.join(reaches)}; name one in the variable HYBRID_RUNNERS, or plan it there"
    return Stack(name, entry["environment"], tuple(entry["after"]), reaches, runner, obstacle)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InvalidInput.of_file(path, "is not there; run hybrid synth") from None
    except ValueError:
        raise InvalidInput.of_file(path, "is not JSON; run hybrid synth") from None
