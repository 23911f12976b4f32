"""The flow of ``hybrid adopt terraform``: from states to the environment's file, its imports, and what a plan would do.

Nothing is imported that the first apply would replace: with what is written here, it destroys nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from estate.derived.stack_plan import companions
from estate.model.estate import Estate
from estate.reading.problems import InvalidInput
from operations.adopt.gkectl.target import read_target
from operations.adopt.terraform.claims import claims
from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.entries import IMPORTED, entries
from operations.adopt.terraform.fitting import fitted
from operations.adopt.terraform.foreseeing import Fate, Foreseen, foresee
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.order import RECOGNIZERS
from operations.adopt.terraform.pairing import Pairs
from operations.adopt.terraform.placing import Kept
from operations.adopt.terraform.reading import read_states
from operations.adopt.terraform.recognizers.google.follows import begin
from operations.adopt.terraform.recognizers.google.left_over import LEFT_OVER
from operations.adopt.terraform.waiving import Judge, Waived, waived, waivers_file
from operations.adopt.told import Change
from operations.artifacts.building import build
from operations.artifacts.stack_json import StackJson, read_stack
from operations.console import progress
from operations.files.temporary import temporary_folder
from operations.files.trial import load_with
from operations.files.writing import write_files


@dataclass(frozen=True)
class Options:
    """What the command line says beside the states.

    Attributes:
        into: the environment.
        write: whether to write into the environment's files.
        folder: the folder of the environment files.
        judge: how policy is asked, for waivers of settings that are wrong and stay as they are; None asks nothing.
        removed: whether the other Terraform lets go by ``removed`` blocks rather than by commands on its state.
    """

    into: str
    write: bool = False
    folder: Path = Path("environments")
    judge: Judge | None = None
    removed: bool = False


@dataclass(frozen=True)
class Adopted:
    """The outcome.

    Attributes:
        environment: the environment.
        found: what was in the states.
        draft: what became of it.
        kept: what the file says otherwise.
        changes: the environment's files.
        foreseen: what becomes of every resource, by stack.
        waived: what policy finds, None where it was not asked.
    """

    environment: str
    found: Found
    draft: Draft
    kept: Sequence[Kept]
    changes: Sequence[Change]
    foreseen: dict[str, list[Foreseen]]
    waived: Waived | None = None

    def of(self, *fates: Fate) -> Iterator[Foreseen]:
        """The resources of some fates, by stack."""
        return (one for some in self.foreseen.values() for one in some if one.fate in fates)

    @property
    def taken(self) -> list[FoundObject]:
        """The objects that come in by an import."""
        return [one.found for one in self.of(*IMPORTED) if one.found]

    @property
    def not_recognized(self) -> list[FoundObject]:
        """The objects that became nothing and that nobody gave a reason for."""
        known = {one.found for one in self.of(*Fate)} | self.draft.left_whole
        return [one for one in self.found.objects if one not in known]


def adopt(paths: Sequence[Path], options: Options) -> Adopted:
    """Say in an environment's words what states hold and, when asked to, write it.

    Args:
        paths: the states.
        options: what else the command line says.

    Raises:
        InvalidInput: a state is none, the file cannot take it, or a rule is broken; nothing was written.
        OSError: the environment's files cannot be written; they are as they were.
    """
    found = read_states(paths)
    if not found.objects:
        raise InvalidInput.of_file(", ".join(map(str, paths)), "holds no object that Terraform manages")
    target = read_target(options.folder, options.into)
    draft = Draft(options.into, target.estate.organization.name)
    begin(draft, target.environment)
    for recognized in RECOGNIZERS:
        recognized.run(found, draft)
    text, kept, estate = fitted(target, draft)
    with progress(f"synthesizing {options.into} to compare it with the states"):
        stacks = _stacks(estate, options.into)
    rest = Found([one for one in found.objects if one not in draft.left_whole])
    foreseen = {
        name: list(foresee(Pairs(stack, rest, claims(stack, draft)))) for name, stack in stacks.items()
    }
    judgement = _judged(estate, stacks, foreseen, options)
    changes = [
        *entries(target, foreseen),
        *waivers_file(target.folder, judgement.waivers if judgement else ()),
        Change(target.path, target.text, text),
    ]
    load_with(
        target.folder, {str(one.path.relative_to(target.folder)): one.after for one in changes if one.after}
    )
    if options.write:
        # The import entries come first: without them a plan would make everything anew.
        write_files([(one.path, one.after) for one in changes if one.after], options.folder)
    adopted = Adopted(options.into, found, draft, kept, changes, foreseen, judgement)
    for left_over in adopted.not_recognized:
        if left_over.type in LEFT_OVER:
            draft.leave(left_over, "", *LEFT_OVER[left_over.type])
    return adopted


def _judged(
    estate: Estate, stacks: dict[str, StackJson], foreseen: dict[str, list[Foreseen]], options: Options
) -> Waived | None:
    if options.judge is None:
        return None
    with progress("asking policy and checkov"):
        return waived(estate, options.folder, stacks, foreseen, options.judge)


def _stacks(estate: Estate, environment: str) -> dict[str, StackJson]:
    """The environment's stack and its companions, as they would be."""
    names = [environment, *companions(estate.environments[environment])]
    with temporary_folder() as folder:
        build(estate, [environment], folder)
        return {name: read_stack(folder, name) for name in names}
