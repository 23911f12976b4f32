"""Which machines of ours are kept on different physical hosts.

Left out: nodes of the clusters, for which the product makes such rules itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StrictBool

from estate.model.base import Key, Model
from estate.model.key_of import KeyOf
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule


class AntiAffinityRuleConfig(Model):
    """A DRS anti-affinity rule."""

    workstations: Annotated[
        tuple[Annotated[Key, KeyOf("vmware.vsphere.workstations")], ...], Field(min_length=2)
    ]
    """Two or more workstations of this section."""
    mandatory: StrictBool = False
    """Whether vSphere rather leaves a machine off than runs two of them on one host; not when absent."""

    @rule
    def _each_stands_once(self) -> Iterator[Violation]:
        """Each machine that is kept apart stands once."""
        yield from stands_once("workstations", self.workstations)
