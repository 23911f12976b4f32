"""Recorded addresses that were drafted and never applied.

The state alone knows what was applied: an address that is recorded and not in it stands in no cloud, so nothing is
lost when the record forgets it. What is still in the environment's file is recorded again by the next synthesis.
Left out: guessing. Where no state can be had, nothing is forgotten before somebody says that there is none.
"""

from __future__ import annotations

from pathlib import Path

from estate.derived.stack_plan import environment_of
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.stateful import read_record, record_path, record_text
from operations.files.writing import write_files
from operations.states.state import addresses_in_state, local_state_path, local_state_text, pull_state


def forget_drafts(
    folder: Path, name: str, state_text: str | None, stack: Path, binary: str, *, write: bool = True
) -> list[str]:
    """Shorten a stack's record to what its state holds.

    Args:
        folder: the folder of the environment files.
        name: the stack; an environment's own stack has its name.
        state_text: the stack's state, nothing where it was never applied; pulled from its backend when absent.
        stack: the stack's folder, where ``terraform init`` has been run.
        binary: the Terraform or OpenTofu command.
        write: whether to shorten it, rather than to say by what.

    Returns:
        The addresses that were never applied, sorted.

    Raises:
        InvalidInput: the files are wrong, or the state cannot be had or is not this stack's.
    """
    estate = load_estate(folder, [environment_of(name)])
    record = record_path(folder, name)
    recorded = read_record(record)
    if state_text is None and estate.environments[environment_of(name)].state.local:
        state_text = _local(name)
    text = pull_state(stack, binary) if state_text is None else state_text
    # Terraform prints nothing where a backend has no state yet.
    applied = addresses_in_state(text, "state") if text.strip() else frozenset()
    if applied and not recorded & applied:
        message = f"holds none of the addresses in {record}; is it the state of another stack?"
        raise InvalidInput.of_file("state", message)
    if write and recorded - applied:
        write_files([(record, record_text(recorded & applied))], folder)
    return sorted(recorded - applied)


def _local(name: str) -> str:
    text = local_state_text(name)
    if text:
        return text
    message = (
        "is not there, which proves nothing: a local state lies on the machine that applied; run this there, or where "
        "nobody ever applied it, say so with --state /dev/null"
    )
    raise InvalidInput.of_file(str(local_state_path(name)), message)
