"""Whether the records of stateful addresses are those of the stacks: nothing lost, nothing new, nothing long gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from estate.derived.stack_plan import StackPlan
from estate.model.estate import Estate
from estate.reading.paths import shown
from operations.artifacts.stack_json import StackJson, addresses, protected_addresses
from operations.artifacts.stateful import read_record, record_path
from operations.artifacts.synthesis import losses


def record_findings(
    estate: Estate, folder: Path, stacks: Mapping[StackPlan, StackJson], *, kept: bool
) -> Iterator[str]:
    """Say what ``hybrid synth`` would refuse or write, and what it would never take out.

    Args:
        estate: as loaded from ``folder``.
        folder: the folder of the environment files.
        stacks: every stack of the estate.
        kept: whether records are kept already, so that one that is missing is missed.
    """
    yield from map(str, losses(estate, folder, stacks, list(estate.environments)))
    for plan, stack in stacks.items():
        path = record_path(folder, plan.name)
        recorded, protected = read_record(path), frozenset(protected_addresses(stack))
        if kept and (new := sorted(protected - recorded)):
            yield f"{shown(path)}: lacks {', '.join(new)}; hybrid synth records it, and the record is to be committed"
        if not estate.environments[plan.environment].deletion_protection:
            if recorded - protected:
                yield f"{shown(path)}: holds what deletion_protection: false lets go; hybrid synth empties it"
        elif bare := sorted((recorded & frozenset(addresses(stack))) - protected):
            yield f"{shown(path)}: holds {', '.join(bare)}, which nothing protects any more; take it out"


def has_records(folder: Path) -> bool:
    """Whether any stack's addresses are recorded; those that `hybrid init` begins with hold none."""
    return any(map(read_record, (folder / "stateful").glob("*.txt")))
