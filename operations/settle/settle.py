"""The flow of ``hybrid settle``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from estate.derived.stack_plan import environment_of
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.stateful import clusters_record_path, read_record, record_path, record_text
from operations.files.writing import write_files
from operations.files.yaml_entries import remove
from operations.files.yaml_text import read_exactly
from operations.refactoring.entries import refactoring_file
from operations.schema_line import schema_line
from operations.states.spent import SpentEntry, spent_entries, spent_releases
from operations.states.state import addresses_in_state, local_state, pull_state


def settle(
    folder: Path, name: str, state_text: str | None, stack: Path, binary: str, *, write: bool = True
) -> list[SpentEntry]:
    """Take the spent entries of one stack out of its refactoring file and shorten its record.

    Args:
        folder: the folder of the environment files.
        name: the stack whose entries they are; an environment's own stack has its name.
        state_text: the stack's state; pulled from its backend when absent.
        stack: the stack's folder, where ``terraform init`` has been run.
        binary: the Terraform or OpenTofu command.
        write: whether to take them out, rather than to say which they are.

    Returns:
        The entries that are spent.

    Raises:
        InvalidInput: the files are wrong, or the state cannot be had or is not this stack's.
    """
    estate = load_estate(folder, [environment_of(name)])
    state = _state(estate, name, state_text, stack, binary)
    refactoring = estate.refactoring(name)
    spent = [
        *spent_entries(refactoring, state),
        *spent_releases(refactoring, read_record(clusters_record_path(folder, environment_of(name)))),
    ]
    record = record_path(folder, name)
    recorded = read_record(record)
    if recorded and state is not None and not recorded & state:
        message = f"holds none of the addresses in {record}; is it the state of another stack?"
        raise InvalidInput.of_file("state", message)
    if spent and write:
        entries = refactoring_file(folder, name)
        shorter = recorded - {entry.leaves for entry in spent if entry.leaves}
        changes = [(record, record_text(shorter))] if shorter != recorded else []
        # The record first: a line of it whose entry is gone looks like a loss, an entry without a line like none.
        write_files([*changes, (entries, _without(entries, spent))], folder)
    return spent


def entries_left(folder: Path, name: str) -> int:
    """Number of a stack's entries that still have work to do.

    Raises:
        InvalidInput: the files are wrong.
    """
    entries = load_estate(folder, [environment_of(name)]).refactoring(name)
    return len(entries.import_) + len(entries.moved) + len(entries.removed) + len(entries.released)


def _state(estate: Estate, name: str, text: str | None, stack: Path, binary: str) -> frozenset[str] | None:
    if text is not None:
        return addresses_in_state(text, "state")
    if estate.environments[environment_of(name)].state.local:
        return local_state(name)
    return addresses_in_state(pull_state(stack, binary), "state")


def _without(path: Path, spent: Sequence[SpentEntry]) -> str:
    """The refactoring file without the spent entries and the comments that go with them."""
    text = read_exactly(path)
    for entry in sorted(spent, key=lambda e: -e.position):
        text = remove(text, entry.block, entry.position)
    # An empty file is refused, as the sign of a lost one; an empty mapping is a statement.
    return text or schema_line(path, "refactoring.json") + "{}\n"
