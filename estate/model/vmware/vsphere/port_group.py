"""A distributed port group: one VLAN of a distributed switch that exists.

Left out: the switch, its uplinks and policies, which the port group takes over from it; trunks and private
VLANs, which no node uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, StrictInt

from estate.model.base import Model
from estate.model.rules import Violation, rule
from estate.model.vmware.values import InventoryName

_FIRST_VLAN: Final = 1
_LAST_VLAN: Final = 4094


class PortGroupConfig(Model):
    """A distributed port group; its map key is its name, and clusters refer to it by that."""

    switch: InventoryName
    """Name of the distributed switch, which exists. Another one replaces the port group."""
    vlan_id: StrictInt
    """VLAN, 1 to 4094."""
    number_of_ports: Annotated[StrictInt, Field(ge=1, le=8192)] | None = None
    """Ports to begin with; vSphere adds to them. As many as vSphere chooses when absent."""

    @rule
    def _vlan_carries_one_network(self) -> Iterator[Violation]:
        """A port group is of one VLAN, 1 to 4094."""
        if _FIRST_VLAN <= self.vlan_id <= _LAST_VLAN:
            return
        meaning = {0: ", which is no VLAN at all", 4095: ", which hands every VLAN to the machine"}
        yield Violation(
            ("vlan_id",),
            f"must be {_FIRST_VLAN} to {_LAST_VLAN}, got {self.vlan_id}{meaning.get(self.vlan_id, '')}; "
            "ask the network team which VLAN it is",
        )
