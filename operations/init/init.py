"""The flow of ``hybrid init``: write everything into a folder beside, check it there, then put it in its place.

The environment files come last, as a whole: until then there is no estate. Of the example only the files of its
folder go; whoever kills the command between the two finds them in git.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from estate.derived.stack_plan import stack_plans
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from operations.artifacts.stateful import record_path, record_text
from operations.files.alone import staging_folder
from operations.files.writing import write_files
from operations.init import repository
from operations.init.example import refuse_another
from operations.init.hosted import hosted, owners_of_checkout
from operations.init.texts import environment_text, organization_text, waivers_text
from operations.init.wishes import Wishes
from operations.project import ENVIRONMENTS, ROOT
from operations.schema_line import schema_line


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        root: the estate's root.
        files: every file by its path below the root, as text.
        placeholders: where values are missing, as file:line: what to put there.
    """

    root: Path
    files: tuple[str, ...]
    placeholders: tuple[str, ...]


def init(wishes: Wishes, root: Path, until: str) -> Made:
    """Make an estate in ``root``, which is another folder or a checkout with the untouched example.

    Args:
        wishes: what is wanted.
        root: the estate's root, absolute.
        until: last day of what is waived while state is local.

    Raises:
        InvalidInput: something stands there already; every file that does.
        OSError: something cannot be written.
    """
    elsewhere = root != ROOT
    files = _environment_files(wishes, root, until)
    own = hosted(wishes.owners) if elsewhere else owners_of_checkout(root, wishes.owners)
    once = repository.beside(wishes) | repository.workflows() | repository.schemas() if elsewhere else {}
    once |= own
    if elsewhere:
        _refuse_what_is_there(
            root, [str(ENVIRONMENTS), *(name for name in once if not name.startswith(".hybrid/"))]
        )
    else:
        refuse_another(root / ENVIRONMENTS, root / ".state")
    with staging_folder(root / ENVIRONMENTS) as staging:
        # Not within the staging folder itself, whose lock says that this command lives.
        write_files([(staging / name, text) for name, text in files.items()], staging / ENVIRONMENTS)
        estate = _recorded(staging / ENVIRONMENTS)
        others = once | repository.atlantis(estate, root, {})
        write_files([(root / name, text) for name, text in others.items()], root)
        if not elsewhere:
            (root / ENVIRONMENTS).rename(staging / "example")
        (staging / ENVIRONMENTS).rename(root / ENVIRONMENTS)
    return Made(root, (*files, *others), tuple(repository.placeholders(files | own)))


def _environment_files(wishes: Wishes, root: Path, until: str) -> dict[str, str]:
    texts = {
        "organization.yaml": ("organization.json", organization_text(wishes)),
        **{
            f"{name}.yaml": ("environment.json", environment_text(wishes, name))
            for name in wishes.environments
        },
        "policy/waivers.yaml": ("waivers.json", waivers_text(wishes, until)),
    }
    return {
        str(ENVIRONMENTS / name): schema_line(root / ENVIRONMENTS / name, schema, root) + text
        for name, (schema, text) in texts.items()
    }


def _recorded(folder: Path) -> Estate:
    """The estate, checked; each of its stacks gets a record of what is stateful, empty until it is synthesized."""
    estate = load_estate(folder)
    write_files(
        [(record_path(folder, stack), record_text(frozenset())) for stack in stack_plans(estate)], folder
    )
    return estate


def _refuse_what_is_there(root: Path, names: list[str]) -> None:
    there = [root / name for name in names if (root / name).exists()]
    message = "is there already, and init writes over nothing; name another folder with --into"
    if there:
        raise InvalidInput([Problem.of_file(shown(path), message) for path in there])
