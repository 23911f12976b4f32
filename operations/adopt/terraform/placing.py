"""The draft put into the environment's file: what stands there stays, comments too, and counts more than a state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.reading.paths import dotted
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.gkectl.target import Target, as_they_are
from operations.adopt.terraform.draft import Draft, Keys
from operations.files.trial import load_with
from operations.files.yaml_entries import insert
from operations.files.yaml_text import block_lines

_SECTIONS: Final = tuple(Environment.model_fields)
"""Sections in the order in which a file has them."""


_NAMES: Final = "google.names"


@dataclass(frozen=True)
class Kept:
    """A value that stands in the file otherwise than in a state.

    Attributes:
        path: where it stands, with dots.
        there: what the file says, which stays.
        state: what a state says.
    """

    path: str
    there: Any
    state: Any


def placed(target: Target, draft: Draft) -> tuple[str, list[Kept]]:
    """The text of the environment's file with the draft in it, and what stood there otherwise.

    Raises:
        InvalidInput: the file is written so that nothing can be added to it.
    """
    text, kept = target.text, list[Kept]()
    for key in sorted(draft.data, key=_SECTIONS.index):
        try:
            if key not in target.source.data:
                before = _SECTIONS[: _SECTIONS.index(key)]
                text = insert(text, (), ["", *_lines({key: draft.data[key]}, ())], after=before)
            else:
                text = _merged(text, (key,), target.source.data[key], draft.data[key], kept)
        except ValueError as error:
            raise InvalidInput([target.problem(str(error), key)]) from None
    return text, kept


def _merged(
    text: str, at: tuple[str, ...], there: Mapping[str, Any], new: Mapping[str, Any], kept: list[Kept]
) -> str:
    for key, value in new.items():
        if key not in there:
            text = insert(text, at, _lines({key: value}, at))
        elif isinstance(value, dict) and isinstance(there[key], dict):
            text = _merged(text, (*at, key), there[key], value, kept)
        elif there[key] != value:
            kept.append(Kept(dotted((*at, key)), there[key], value))
    return text


def _lines(data: dict[str, Any], at: tuple[str, ...]) -> list[str]:
    """Lines of YAML that begin at the left margin."""
    indent = 2 * (len(at) + 1)
    return [line[indent:] for line in block_lines(data, at, {})]


def checked(target: Target, draft: Draft, text: str) -> Estate:
    """Check the environment's new text, and all environments with it, by all rules that there are.

    Returns:
        The estate as it will be.

    Raises:
        InvalidInput: a rule is broken; what comes from a state is said of the object that says it.
    """
    try:
        return load_with(target.folder, {target.path.name: text})
    except InvalidInput as error:
        raise InvalidInput(_by_object(error.problems, target, draft)) from None


def _by_object(problems: tuple[Problem, ...], target: Target, draft: Draft) -> Iterator[Problem]:
    said = {dotted(path): origins for path, origins in draft.origins.items() if origins}
    for problem in _without_consequences(problems, target):
        around = [at for at in said if _is_in(problem.path, at)]
        if problem.file != target.source.display:
            yield problem
        elif not around or _stands(target.source.data, problem.path):
            yield from as_they_are(target, [problem])
        else:
            origin = said[max(around, key=len)][0]
            yield Problem.of_file(str(origin), problem.message, problem.path)


def _without_consequences(problems: tuple[Problem, ...], target: Target) -> list[Problem]:
    """Without names that name nothing because what they name is refused, where anything else is wrong."""
    names = [
        one
        for one in problems
        if one.file == target.source.display
        and one.path.startswith(_NAMES)
        and not _stands(target.source.data, one.path)
    ]
    rest = [one for one in problems if one not in names]
    return rest or names


def _is_in(path: str, around: str) -> bool:
    return path == around or path.startswith((f"{around}.", f"{around}["))


def _stands(data: Any, path: str) -> bool:
    """Whether the file as it is says something at a path."""
    return path in {dotted(at) for at in _paths((), data)}


def _paths(at: Keys, value: Any) -> Iterator[Keys]:
    yield at
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in below:
        yield from _paths((*at, key), one)
