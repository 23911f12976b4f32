"""The stacks as a matrix of GitHub Actions, one job a stack."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from estate.reading.problems import InvalidInput
from operations.artifacts.estate_stacks import MATRIX_LIMIT, Stack
from operations.texts.markdown import markdown_table

if TYPE_CHECKING:
    from operations.heads.foreign import Judged


_TAKEN: Final = frozenset({"drift", "review"})
"""GitHub's environments that hold the keys of whoever reviews; what is applied runs in one of its environment's name."""


def stacks_json(stacks: Sequence[Stack]) -> str:
    """Everything about every stack."""
    return json.dumps(
        {
            "stacks": [
                {
                    "stack": stack.name,
                    "environment": stack.environment,
                    "after": list(stack.after),
                    "reaches": list(stack.reaches),
                    "runner": stack.runner,
                    "obstacle": stack.obstacle,
                }
                for stack in stacks
            ]
        },
        indent=2,
    )


def stacks_markdown(stacks: Sequence[Stack], foreign: Mapping[str, Judged]) -> str:
    """The stacks, and of a pull request's to what people have to agree before a plan has credentials; no values."""
    headers = ("stack", "applied after", "runner", "in a pipeline")
    rows = [
        (one.name, ", ".join(one.after), one.runner or "none", one.obstacle or "planned") for one in stacks
    ]
    lines = [markdown_table("Stacks", headers, rows)]
    for title, of in (
        ("Refused, whoever agrees", {name: one.refused for name, one in foreign.items()}),
        ("People have to agree", {name: () if one.refused else one.agreed for name, one in foreign.items()}),
    ):
        reasons = [(name, reason) for name, all_of in of.items() for reason in all_of]
        lines += ["", markdown_table(title, ("stack", "because"), reasons)] if reasons else []
    return "\n".join(lines)


def github_output(stacks: Sequence[Stack], needs_people: Mapping[str, bool] | None = None) -> str:
    """The line for ``$GITHUB_OUTPUT``: the stacks that jobs are made of, in order.

    Args:
        stacks: every stack, in order.
        needs_people: with a pull request's stacks, whether people have to agree before each is planned. ``environment``
            is then the GitHub environment that it is planned in, and ``agreed`` says which of the two that is.

    Raises:
        InvalidInput: there are more than GitHub makes jobs of, or an environment has a name of the pipeline's own.
    """
    jobs: list[dict[str, Any]] = [
        {"stack": stack.name, "environment": stack.environment, "runner": stack.runner}
        for stack in stacks
        if stack.is_planned
    ]
    if needs_people is not None:
        for job in jobs:
            agreed = needs_people[job["stack"]]
            job |= {"environment": f"{'agreed' if agreed else 'plan'}-{job['environment']}", "agreed": agreed}
    if taken := sorted({stack.environment for stack in stacks} & _TAKEN):
        message = (
            f"{' and '.join(taken)} is what the pipeline calls an environment of GitHub's that holds other keys; name the "
            "environment otherwise, or plan it with Atlantis (hybrid stacks --format atlantis)"
        )
        raise InvalidInput.of_file("hybrid stacks", message)
    if len(jobs) > MATRIX_LIMIT:
        message = (
            f"GitHub makes {MATRIX_LIMIT} jobs of one matrix at most, and there are {len(jobs)} stacks; divide the "
            "estate between repositories, or plan it with Atlantis (hybrid stacks --format atlantis)"
        )
        raise InvalidInput.of_file("hybrid stacks", message)
    return f"stacks={json.dumps(jobs)}"
