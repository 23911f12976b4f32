"""A Terraform plan, read as a person reads it: what changes, how, and in which of its attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Plan:
    """A plan in the form of ``terraform show -json``."""

    json: dict[str, Any]

    @property
    def actions(self) -> dict[str, tuple[str, ...]]:
        """What happens to each resource that changes."""
        actions = {change["address"]: tuple(change["change"]["actions"]) for change in self._changes}
        return {
            address: action for address, action in actions.items() if action not in {("no-op",), ("read",)}
        }

    @property
    def moves(self) -> dict[str, str]:
        """The new address of each resource that moves, by the old one."""
        return {
            change["previous_address"]: change["address"]
            for change in self._changes
            if "previous_address" in change
        }

    @property
    def imports(self) -> dict[str, str]:
        """The id of each object that is taken into the state, by its address there."""
        changes = ((change["address"], change["change"].get("importing")) for change in self._changes)
        return {address: importing["id"] for address, importing in changes if importing}

    def changed_attributes(self, address: str) -> set[str]:
        """The attributes of one resource that change."""
        change = next(change["change"] for change in self._changes if change["address"] == address)
        before, after = change["before"], change["after"]
        return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}

    @property
    def _changes(self) -> list[dict[str, Any]]:
        changes: list[dict[str, Any]] = self.json.get("resource_changes", [])
        return changes
