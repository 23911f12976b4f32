"""The flow of ``hybrid settle``."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from estate.model.estate import Estate
from estate.model.stack_plan import environment_of
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput, Problem
from operations.schema_line import schema_line
from operations.settle.spent import SpentEntry, spent_entries
from operations.settle.state import addresses_in_state, local_state, pull_state
from operations.synth.files import write_text
from operations.synth.stateful import read_record, record_path, write_record


def settle(folder: Path, name: str, state_text: str | None, stack: Path, binary: str) -> list[SpentEntry]:
    """Take the spent entries of one stack out of its refactoring file and shorten its record.

    Args:
        folder: the folder of the environment files.
        name: the stack whose entries they are; an environment's own stack has its name.
        state_text: the stack's state; pulled from its backend when absent.
        stack: the stack's folder, where ``terraform init`` has been run.
        binary: the Terraform or OpenTofu command.

    Returns:
        The entries taken out.

    Raises:
        InvalidInput: the files are wrong, or the state cannot be had or is not this stack's.
    """
    estate = load_estate(folder, [environment_of(name)])
    state = _state(estate, name, state_text, stack, binary)
    spent = spent_entries(estate.refactoring(name), state)
    record = record_path(folder, name)
    recorded = read_record(record)
    if recorded and state is not None and not recorded & state:
        message = f"holds none of the addresses in {record}; is it the state of another stack?"
        raise InvalidInput([Problem("state", 0, 0, "", message)])
    if spent:
        write_text(
            folder / "refactoring" / f"{name}.yaml",
            _without(folder / "refactoring" / f"{name}.yaml", spent),
        )
        write_record(record, recorded - {entry.leaves for entry in spent if entry.leaves})
    return spent


def _state(estate: Estate, name: str, text: str | None, stack: Path, binary: str) -> frozenset[str] | None:
    if text is not None:
        return addresses_in_state(text, "state")
    if estate.environments[environment_of(name)].state.local:
        return local_state(name)
    return addresses_in_state(pull_state(stack, binary), "state")


def _without(path: Path, spent: Sequence[SpentEntry]) -> str:
    """The refactoring file without the spent entries, its comments kept."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    document: Any = yaml.load(path.read_text("utf-8"))
    for entry in sorted(spent, key=lambda e: -e.position):
        del document[entry.block][entry.position]
        if not document[entry.block]:
            del document[entry.block]
    if not document:
        # An empty file is refused, as the sign of a lost one; an empty mapping is a statement.
        return schema_line(path, "refactoring.json") + "{}\n"
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()
