"""The stacks as a matrix of GitHub Actions, one job a stack."""

from __future__ import annotations

import json
from collections.abc import Sequence

from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.estate_stacks import MATRIX_LIMIT, Stack


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


def github_output(stacks: Sequence[Stack]) -> str:
    """The line for ``$GITHUB_OUTPUT``: the stacks that jobs are made of, in order.

    Raises:
        InvalidInput: there are more than GitHub makes jobs of.
    """
    jobs = [
        {"stack": stack.name, "environment": stack.environment, "runner": stack.runner}
        for stack in stacks
        if stack.is_planned
    ]
    if len(jobs) > MATRIX_LIMIT:
        message = (
            f"GitHub makes {MATRIX_LIMIT} jobs of one matrix at most, and there are {len(jobs)} stacks; divide the "
            "estate between repositories, or plan it with Atlantis (hybrid stacks --format atlantis)"
        )
        raise InvalidInput([Problem.of_file("hybrid stacks", message)])
    return f"stacks={json.dumps(jobs)}"
