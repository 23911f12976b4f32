"""The environment files and the stacks of a head, read by the base's code."""

from __future__ import annotations

import json

from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.order import ORDER
from operations.heads.head import Head
from operations.project import STACK_FILE, stack_path


def load_head(head: Head) -> Estate:
    """Load the environment files of a head with the model of the base.

    Raises:
        InvalidInput: they are wrong, or the model of the base does not know what they say.
    """
    try:
        return load_estate(head.folder)
    except InvalidInput as error:
        message = (
            "does not load with the model of the base, which judges it; merge a change of the model first, and what "
            "makes use of it afterwards"
        )
        raise InvalidInput([Problem.of_file(head.folder, message), *error.problems]) from None


def refuse_other_stacks(head: Head, estate: Estate) -> None:
    """Refuse stacks of a head that are not those that its environment files ask for.

    Raises:
        InvalidInput: a stack is missing, is too many, or can be read in two ways.
    """
    asked, there = set(stack_plans(estate)), _listed(head)
    problems = [
        *(_refuse(head, f"holds no stack {name}, which the files ask for") for name in sorted(asked - there)),
        *(
            _refuse(head, f"holds a stack {name}, which the files do not ask for")
            for name in sorted(there - asked)
        ),
        *(
            _refuse(head, f"{name} can be read in several ways or in none")
            for name in sorted(asked & there)
            if not _can_be_read(head, name)
        ),
    ]
    if problems:
        raise InvalidInput(problems)


def _listed(head: Head) -> set[str]:
    try:
        return {
            name
            for name in json.loads((head.outdir / ORDER).read_text("utf-8"))["order"]
            if _is_there(head, name)
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise InvalidInput([_refuse(head, f"holds no {ORDER} that synthesis writes")]) from None


def _is_there(head: Head, name: str) -> bool:
    return (stack_path(head.outdir, name) / STACK_FILE).is_file()


def _can_be_read(head: Head, name: str) -> bool:
    try:
        head.code.stack(name)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(head: Head, message: str) -> Problem:
    return Problem.of_file(head.outdir, f"{message}; synthesize the head anew")
