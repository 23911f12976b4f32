"""The import, moved and removed blocks of an environment's stack."""

from __future__ import annotations

from typing import Any

from cdktf import TerraformStack

from estate.model.refactoring import Refactoring


def define_refactoring_blocks(stack: TerraformStack, refactoring: Refactoring) -> None:
    """Write the entries as Terraform blocks.

    As overrides, because cdktf's own import and move methods start the Terraform binary at synth.
    """
    blocks: dict[str, list[dict[str, Any]]] = {
        "import": [{"to": entry.to, "id": entry.id} for entry in refactoring.import_],
        "moved": [{"from": entry.from_, "to": entry.to} for entry in refactoring.moved],
        "removed": [
            {"from": entry.from_, "lifecycle": [{"destroy": entry.destroy}]} for entry in refactoring.removed
        ],
    }
    for name, entries in blocks.items():
        if entries:
            stack.add_override(name, entries)
