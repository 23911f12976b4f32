"""The import, moved and removed blocks of an environment's stack."""

from __future__ import annotations

from typing import Any

from cdktf import TerraformResource, TerraformStack

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
    if refactoring.kept:
        _keep(stack, refactoring)


def _keep(stack: TerraformStack, refactoring: Refactoring) -> None:
    """Have changes of attributes ignored, beside those that the construct has ignored: cdktf adds to a list."""
    made = {
        f"{one.terraform_resource_type}.{one.friendly_unique_id}": one
        for one in stack.node.find_all()
        if isinstance(one, TerraformResource)
    }
    for entry in refactoring.kept:
        # Whether there is such a resource is asked of what was synthesized.
        if one := made.get(entry.at):
            one.add_override("lifecycle.ignore_changes", list(entry.attributes))
