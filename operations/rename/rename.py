"""The flow of ``hybrid rename``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from estate.derived.stack_plan import environment_of
from estate.model.rules import Path as ValuePath
from estate.reading.estate_loader import load_estate
from estate.reading.paths import first_few
from estate.reading.problems import InvalidInput
from operations.artifacts.stack_json import StackJson
from operations.artifacts.stateful import entries_out_of_step, lost_addresses, read_record, record_path
from operations.files.trial import load_with
from operations.files.writing import write_files
from operations.files.yaml_values import add_first
from operations.refactoring.entries import refactoring_file
from operations.rename.entries import with_moves, with_waivers
from operations.rename.manifests import in_the_cluster
from operations.rename.references import renamed_text
from operations.rename.stacks import Comparison, Difference, Synthesized, compare, synthesized
from operations.rename.target import Target, find_target

_NAME: Final = "name"
"""The key that keeps what is otherwise made of the map key; every entity that has a name has it."""

_SHORT_NAME: Final = "short_name"
"""The key that keeps what the names of an entity's parts are made of, where its own name does not."""

Stacks = Mapping[str, StackJson]


@dataclass(frozen=True)
class Renamed:
    """What a rename comes to.

    Attributes:
        target: what was renamed.
        touched: where else in the file the new key stands.
        kept: what is written so that it stays called so, by key; nothing when nothing had to be.
        comparison: what a plan shows: addresses that move, outputs that change.
        files: the files, in the order they are written in.
        written: whether they are written.
        in_the_cluster: what is done beside Terraform, a line each.
    """

    target: Target
    touched: tuple[ValuePath, ...]
    kept: dict[str, str]
    comparison: Comparison
    files: tuple[Path, ...]
    written: bool
    in_the_cluster: tuple[str, ...] = ()


def rename(folder: Path, words: str, new: str, *, write: bool = True) -> Renamed:
    """Give an entry of a map another key, so that Terraform's plan stays empty.

    Args:
        folder: the folder of the environment files.
        words: what to rename, as ENV:PATH or organization:PATH.
        new: the key to come.
        write: whether to write the files; all of them or none.

    Raises:
        InvalidInput: the files or words are wrong, or the plan would not be empty; nothing was written.
        OSError: a file cannot be written; all are as they were.
    """
    estate = load_estate(folder)
    target = find_target(folder, list(estate.environments), words, new)
    try:
        text, touched = renamed_text(target)
    except ValueError as error:
        raise InvalidInput([target.problem(f"cannot be edited: {error}")]) from None
    kept, text, after, comparison = _pinned(folder, target, text, synthesized(estate))
    # The file itself last: moved entries without their move are refused, a move without its entries makes things anew.
    texts = {
        refactoring_file(folder, stack): with_moves(folder, stack, estate.refactoring(stack), moves)
        for stack, moves in comparison.moves.items()
    }
    texts |= with_waivers(folder, comparison.moves) | {target.file: text}
    _check(folder, texts, after)
    if write:
        write_files(texts.items(), folder)
    order = tuple(in_the_cluster(estate, target))
    return Renamed(
        target, tuple(touched), kept, comparison, tuple(texts), written=write, in_the_cluster=order
    )


def _pinned(
    folder: Path, target: Target, text: str, before: Synthesized
) -> tuple[dict[str, str], str, Stacks, Comparison]:
    """The names that keep everything as it is, the text with them, and the stacks that it makes, compared.

    Raises:
        InvalidInput: something else than addresses changes, and nothing in the model keeps it.
    """
    after = synthesized(load_with(folder, {target.file.name: text}), before).stacks
    comparison = compare(before.stacks, after, target.old, target.new)
    if not comparison.changes_objects:
        return {}, text, after, comparison
    for pins in _pins(target, comparison):
        pinned = text
        for field, name in pins.items():
            pinned = add_first(pinned, target.new_path, field, name)
        try:
            after = synthesized(load_with(folder, {target.file.name: pinned}), before).stacks
        except InvalidInput:
            continue  # a name that the model does not take there
        kept = compare(before.stacks, after, target.old, target.new)
        if not kept.changes_objects:
            return pins, pinned, after, kept
    raise InvalidInput([target.problem(_why(comparison))])


def _pins(target: Target, comparison: Comparison) -> Iterator[dict[str, str]]:
    """What may keep everything as it is, by key and in the order in which it is put first in the entry."""
    free = [field for field in (_SHORT_NAME, _NAME) if field in target.fields and field not in target.entry]
    old: dict[str, str] = dict.fromkeys(free, target.old)
    if _NAME in free:
        yield from ({**old, _NAME: name} for name in dict.fromkeys(_names(target, comparison)))
    elif free:
        yield old


def _names(target: Target, comparison: Comparison) -> Iterator[str]:
    """What may be the name: that of the nearest object, or the key itself where the model wants that part only."""
    yield from (
        one.before
        for one in sorted(comparison.differences, key=_distance)
        if one.is_resource and one.path[-1] == _NAME and isinstance(one.before, str)
    )
    yield target.old


def _distance(difference: Difference) -> tuple[int, bool]:
    """How far from the entity something stands; its main resource is called Resource."""
    return difference.construct.count("/"), not difference.construct.endswith("/Resource")


def _why(comparison: Comparison) -> str:
    changes = [str(one) for one in comparison.differences if one.is_resource]
    lost = f"; without a counterpart: {first_few(comparison.unmatched, 3)}" if comparison.unmatched else ""
    return (
        "cannot be renamed without changing what stands, because its key is part of it and its model has no key "
        f"that keeps it: {first_few(changes, 3, '; ')}{lost}"
    )


def _check(folder: Path, texts: Mapping[Path, str], stacks: Stacks) -> None:
    """Check everything that synth checks, with the files as they will be and the stacks that they make."""
    estate = load_with(folder, {str(path.relative_to(folder)): text for path, text in texts.items()})
    problems = []
    for name, stack in stacks.items():
        refactoring = estate.refactoring(name)
        if estate.environments[environment_of(name)].deletion_protection:
            recorded = read_record(record_path(folder, name))
            problems += list(lost_addresses(name, recorded, stack, refactoring))
        problems += list(entries_out_of_step(name, folder, stack, refactoring))
    if problems:
        raise InvalidInput(problems)
