"""What the model refuses of a draft: listed with what is wrong, and left out, until it takes the rest.

Entities alone are left out, such as a subnet or a node pool; what refers to one follows it in the next round. Where
something is missing that no entity is, such as the number of a project, nothing is taken: a person says it in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from estate.model.estate import Estate
from estate.reading.paths import dotted
from estate.reading.problems import InvalidInput, Problem
from operations.adopt.gkectl.target import Target
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.placing import Kept, checked, placed
from operations.adopt.terraform.recognizers.google.follows import leave_out_apis, leave_out_people
from operations.cards.registry import CARDS
from operations.files.trial import load_with

_NAMES: Final = ("google", "names")
_ENTITIES: Final = (
    *(
        tuple(card.path.split("."))
        for card in CARDS
        if card.path.endswith(".*") and card.path != "google.service_projects.*"
    ),
    ("dns", "aws", "domains", "*"),
    ("dns", "onprem", "*"),
    ("google", "network", "firewall", "allows", "*"),
)
"""Forms of the paths of entities; a service project is none, whose clusters would go with it for want of a number."""


def fitted(target: Target, draft: Draft) -> tuple[str, list[Kept], Estate]:
    """The text of the environment's file with what of the draft the model takes.

    Returns:
        The text, what stood there otherwise, and the estate as it will be.

    Raises:
        InvalidInput: something is wrong that nothing can be left out for.
    """
    leave_out_people(draft, target.estate.organization)
    while True:
        text, kept = placed(target, draft)
        try:
            estate = load_with(target.folder, {target.path.name: text})
        except InvalidInput as error:
            refused = list(_refused(target, draft, error.problems))
            if not all(path for path, _ in refused):
                return text, kept, checked(target, draft, text)
            for path in dict.fromkeys(path for path, _ in refused):
                _leave_out(draft, path, [problem for at, problem in refused if at == path])
            continue
        if not leave_out_apis(draft, estate.environments[target.name]):
            return text, kept, estate


def _refused(target: Target, draft: Draft, problems: Sequence[Problem]) -> Iterator[tuple[Keys, Problem]]:
    """The entity that each problem is one of, () for a problem of anything else."""
    entities = [path for path in draft.origins if _is_entity(draft, target, path)]
    names = [(*_NAMES, what) for what in draft.at(*_NAMES) or {}]
    for problem in problems:
        ours = problem.file == target.source.display
        around = [path for path in (*entities, *names) if ours and _is_in(problem.path, dotted(path))]
        yield max(around, key=len, default=()), problem


def _is_entity(draft: Draft, target: Target, path: Keys) -> bool:
    """Whether a path is that of an entity which the draft says and the file does not."""
    there: object = target.source.data
    for key in path:
        there = there.get(key) if isinstance(there, dict) else None
    return (
        there is None
        and draft.at(*path) is not None
        and any(
            len(form) == len(path) and all(mine in {"*", key} for mine, key in zip(form, path, strict=True))
            for form in _ENTITIES
        )
    )


def _is_in(path: str, around: str) -> bool:
    return path == around or path.startswith((f"{around}.", f"{around}["))


def _leave_out(draft: Draft, path: Keys, problems: Sequence[Problem]) -> None:
    """Take an entity out with all that is in it, and list what it is made of; a name of something else goes silently."""
    del draft.at(*path[:-1])[path[-1]]
    words = "; ".join(f"{problem.path}: {problem.message}" for problem in problems)
    for at in [at for at in draft.origins if at[: len(path)] == path]:
        for origin in draft.origins.pop(at):
            draft.leave(
                origin,
                "",
                f"is refused as {words}",
                "change it where it stands and adopt again, or keep it in the other Terraform",
            )
